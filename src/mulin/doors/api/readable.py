"""What a program sends, read strictly: JSON as the standard has it, and no character that no text has.

And what it is told: the same JSON, Chinese as it is.
"""

from __future__ import annotations

from typing import Any

import orjson
from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from ninja.errors import HttpError
from ninja.parser import Parser
from ninja.renderers import BaseRenderer

NUL = "\0"  # PostgreSQL keeps no such character; SQLite would, and then could not be moved


class StrictParser(Parser):
    """Refuses NaN, text that is not Unicode and the character NUL, wherever they stand, with 400."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        sent: dict[str, Any] = orjson.loads(request.body)
        if b"\\u0000" in request.body and _has_nul(sent):
            raise HttpError(400, "NUL")
        return sent

    def parse_querydict(
        self, data: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest
    ) -> dict[str, Any]:
        if any(NUL in str(value) for _name, values in data.lists() for value in values):
            raise HttpError(400, "NUL")
        return super().parse_querydict(data, list_fields, request)


def _has_nul(sent: Any) -> bool:
    if isinstance(sent, dict):
        return any(NUL in name or _has_nul(value) for name, value in sent.items())
    if isinstance(sent, list):
        return any(_has_nul(each) for each in sent)
    return isinstance(sent, str) and NUL in sent


class PlainRenderer(BaseRenderer):
    """JSON in UTF-8."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, **more: Any) -> bytes:  # noqa: ARG002 - Ninja's signature
        return orjson.dumps(data, default=str)
