"""The same `Idempotency-Key` again gets the first answer and does nothing; concurrent ones act once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import cast

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from mulin.doors.api.models import FirstAnswer
from mulin.doors.api.problems import problem
from mulin.kernel import crypto
from mulin.posts.gate import Asked

HEADER = "Idempotency-Key"
LONGEST = 200
KEPT = timedelta(days=1)
PREFIX = "/api/"


class IdempotencyMiddleware:
    """Wraps each POST with a key into one transaction with the record of its answer.

    An answer of 400 or more is not kept and everything it did is rolled back, so that a corrected request may use
    the same key again.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = request.headers.get(HEADER, "")
        if request.method != "POST" or not key or not request.path.startswith(PREFIX):
            return self.get_response(request)
        if len(key) > LONGEST or not key.isprintable():
            return problem(400, "key", _("An Idempotency-Key has at most 200 printable characters."))
        return self._once(request, key)

    def _once(self, request: HttpRequest, key: str) -> HttpResponse:
        scope = f"{request.headers.get('Authorization', '')}|{request.path}|{key}"
        hidden, asked = crypto.blind(scope, context="api.key"), _digest(request)
        first = FirstAnswer.objects.filter(key=hidden).first()
        if first:
            return replay(first, asked)
        now = cast(Asked, request).who.now
        try:
            return self._first(request, hidden, asked, now)
        except _Taken:
            return replay(FirstAnswer.objects.get(key=hidden), asked)

    def _first(self, request: HttpRequest, key: str, asked: str, now: datetime) -> HttpResponse:
        """Claim the key, act, keep the answer: one transaction, so that whoever comes second waits for it."""
        with transaction.atomic():
            row = FirstAnswer(key=key, asked=asked, at=now)
            try:
                with transaction.atomic():
                    row.save(force_insert=True)
            except IntegrityError:
                raise _Taken from None
            response = self.get_response(request)
            if response.status_code >= 400:
                transaction.set_rollback(True)
                return response
            _keep(row, response)
        return response


class _Taken(Exception):
    """Somebody with the same key was first, and is done by now."""


def _keep(row: FirstAnswer, response: HttpResponse) -> None:
    row.status = response.status_code
    row.kind = response.get("Content-Type", "")
    row.body = response.content.decode()
    row.save(update_fields=["status", "kind", "body"])


def replay(first: FirstAnswer, asked: str) -> HttpResponse:
    """The first answer again; a key that was used for something else is refused."""
    if first.asked != asked:
        return problem(422, "key_reused", _("This Idempotency-Key was used for another request."))
    response = HttpResponse(first.body, content_type=first.kind, status=first.status or 200)
    response["Idempotent-Replay"] = "true"
    return response


def _digest(request: HttpRequest) -> str:
    """What was asked; of an upload only its form, since the boundary between its parts differs each time."""
    if request.content_type == "multipart/form-data":
        return hashlib.sha256(request.path.encode()).hexdigest()
    return hashlib.sha256(request.path.encode() + b"\0" + request.body).hexdigest()


def sweep(now: datetime) -> int:
    """Forget answers older than a day."""
    return FirstAnswer.objects.filter(at__lt=now - KEPT).delete()[0]
