"""A program at the API, with somebody's token."""

from __future__ import annotations

from typing import Any

import orjson
from django.test import Client

from mulin.posts.face import Token, make_token
from tests.matters.world import NOW, the

ROOT = "/api/v1"


class Program:
    """Calls operations as the named one of the cast; without a name, as nobody."""

    def __init__(self, username: str = "", language: str = "en") -> None:
        self.http = Client(raise_request_exception=True)
        self.headers = {"Accept-Language": language}
        self.token: Token | None = None
        if username:
            self.token, text = make_token(name="test", by=the(username), now=NOW)
            self.headers["Authorization"] = f"Bearer {text}"

    def get(self, path: str, **query: Any) -> Any:
        return self.http.get(f"{ROOT}{path}", query, headers=self.headers)

    def post(self, path: str, body: Any = None, key: str = "") -> Any:
        return self.send("POST", path, body, key)

    def upload(self, path: str, *files: Any, key: str = "", field: str = "photos") -> Any:
        headers = self.headers | ({"Idempotency-Key": key} if key else {})
        return self.http.post(f"{ROOT}{path}", {field: list(files)}, headers=headers)

    def send(self, method: str, path: str, body: Any = None, key: str = "") -> Any:
        headers = self.headers | ({"Idempotency-Key": key} if key else {})
        return self.http.generic(
            method, f"{ROOT}{path}", orjson.dumps(body or {}), content_type="application/json", headers=headers
        )  # fmt: skip


def said(response: Any) -> Any:
    return orjson.loads(response.content)
