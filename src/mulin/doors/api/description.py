"""How the API describes itself: what Django Ninja does not know of is added here, once for all operations."""

from __future__ import annotations

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from mulin.doors.api.idempotency import HEADER, LONGEST
from mulin.doors.api.problems import TYPE

IDEMPOTENCY_KEY = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "description": "The same key again, within a day, gets the first answer and does nothing.",
    "schema": {"type": "string", "maxLength": LONGEST, "pattern": "^[ -~]*$"},
}


class DescribedAPI(NinjaAPI):
    """Says that failures are problem+json, and that every POST takes a key. Made once: it never changes."""

    _made: OpenAPISchema | None = None

    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        if self._made is None:
            self._made = self._make(**kwargs)
        return self._made

    def _make(self, **kwargs: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**kwargs)
        for operations in schema["paths"].values():
            for method, operation in operations.items():
                _tell_failures(operation["responses"])
                if method == "post":
                    operation.setdefault("parameters", []).append(IDEMPOTENCY_KEY)
        return schema


def _tell_failures(responses: dict[Any, dict[str, Any]]) -> None:
    for status, response in responses.items():
        if int(status) >= 400 and "content" in response:
            response["content"] = {TYPE: next(iter(response["content"].values()))}
