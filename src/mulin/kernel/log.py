"""Logs without personal data: of an error its kind and its way through the code, never its words.

PostgreSQL quotes the row that broke a rule ("Key (phone)=(…) already exists"), and others quote what was typed.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from types import TracebackType

from pythonjsonlogger.json import JsonFormatter

_Caught = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def where(error: BaseException) -> str:
    """The kind of an error and its way through the code; the same of those that led to it, first of all."""
    return "\n".join(
        "".join([*traceback.format_tb(each.__traceback__), type(each).__qualname__])
        for each in reversed(list(_chain(error)))
    )


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        yield link
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)


class WordlessFormatter(logging.Formatter):
    """Writes errors as `where` tells them."""

    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None  # another handler may have kept the words there
        text = super().format(record)
        record.exc_text = None
        return text

    def formatException(self, ei: _Caught) -> str:
        return where(ei[1]) if ei[1] is not None else ""


KEPT = frozenset({"asctime", "levelname", "name", "message", "exc_info", "status_code"})


class WordlessJson(JsonFormatter):
    """The same as a line of JSON, for programs. What a library hangs onto a record (a request, say) is left out."""

    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None
        text = super().format(record)
        record.exc_text = None
        return text

    def formatException(self, ei: _Caught) -> str:
        return where(ei[1]) if ei[1] is not None else ""

    def process_log_record(self, log_data: dict[str, object]) -> dict[str, object]:
        return {name: value for name, value in log_data.items() if name in KEPT}
