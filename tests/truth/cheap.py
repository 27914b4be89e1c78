"""What eight thousand requests need not do again and again."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import client
from django.utils.translation import get_language


def set_each_refusal_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A third are refused: the page that says so is set once for each person, door and reason."""
    kept: dict[tuple[object, ...], bytes] = {}

    def once(request: HttpRequest, template: str, context: dict[str, Any], status: int) -> HttpResponse:
        user = getattr(request, "user", None)
        key = (user and user.pk, get_language(), template, *context.values())
        if key not in kept:
            kept[key] = render(request, template, context, status=status).content
        return HttpResponse(kept[key], status=status)

    monkeypatch.setattr("mulin.doors.refusals.render", once)


def remember_no_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    """The client copies the context of every template, for tests that ask for it."""
    monkeypatch.setattr(client, "store_rendered_templates", lambda *_given, **_more: None)
