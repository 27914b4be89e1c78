"""The same `Idempotency-Key` again gets the first answer and does nothing; concurrent ones act once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from mulin.doors.api.edge import PREFIX
from mulin.doors.api.models import FirstAnswer
from mulin.doors.api.problems import of_refusal, problem, too_large
from mulin.doors.api.tokens import owner
from mulin.kernel import crypto, lasting
from mulin.kernel.db import rows
from mulin.kernel.refusals import Refusal
from mulin.kernel.unreadable import Unreadable
from mulin.matters.face import prepare_number
from mulin.posts.face import Who, gate_at

HEADER = "Idempotency-Key"
LONGEST = 200
KEPT = timedelta(days=1)


class IdempotencyMiddleware:
    """Wraps each POST with a key into one transaction with the record of its answer.

    An answer of 400 or more is not kept and everything it did is rolled back, so that a corrected request may use
    the same key again; but for what lasts: allowances, and that somebody was asked for (`kernel.lasting`). Whose
    token is worth nothing now gets no answer of before, and leaves no trace here.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = request.headers.get(HEADER, "")
        if request.method != "POST" or not key or not request.path.startswith(PREFIX):
            return self.get_response(request)
        if len(key) > LONGEST or not key.isprintable():
            return problem(400, "key", _("An Idempotency-Key has at most 200 printable characters."))
        who = owner(request)
        if who is None or who.user is None:
            return self.get_response(request)
        scope = f"{request.headers['Authorization']}|{request.path}|{key}"
        return self._once(request, who, crypto.blind_all(scope, context="api.key"))

    def _once(self, request: HttpRequest, who: Who, names: list[str]) -> HttpResponse:
        """`names`: the key by each key of the ring, since it may have been used before a new one was made."""
        try:
            asked = _digest(request)
        except RequestDataTooBig:
            return too_large()
        key, older = names[0], names[1:]
        used = FirstAnswer.objects.filter(key__in=older).first() if older else None
        if used is not None:
            return replay(used, request, who, asked)
        prepare_number(who.now)
        try:
            return self._first(request, key, asked, who.now)
        except _Taken:
            return replay(FirstAnswer.objects.get(key=key), request, who, asked)

    def _first(self, request: HttpRequest, key: str, asked: str, now: datetime) -> HttpResponse:
        """Claim the key, act, keep the answer: one transaction, so that whoever comes second waits for it."""
        with lasting.gathered() as tried:
            response = self._claimed(request, FirstAnswer(key=key, asked=asked, at=now))
        if response.status_code >= 400:
            lasting.do_again(tried)  # no refusal gives an allowance back
        return response

    def _claimed(self, request: HttpRequest, row: FirstAnswer) -> HttpResponse:
        with transaction.atomic():
            if not rows.claim(row):
                raise _Taken
            response = self.get_response(request)
            if response.status_code >= 400:
                transaction.set_rollback(True)
            else:
                _keep(row, response)
        return response


class _Taken(Exception):
    """Somebody with the same key was first, and is done by now."""


def _keep(row: FirstAnswer, response: HttpResponse) -> None:
    row.status = response.status_code
    row.kind = response.get("Content-Type", "")
    row.body = response.content.decode()
    rows.change(FirstAnswer, {"id": row.pk}, {"status": row.status, "kind": row.kind, "body": row.body})


def replay(first: FirstAnswer, request: HttpRequest, who: Who, asked: str) -> HttpResponse:
    """The first answer again, for whoever might still ask; a key that was used for something else is refused."""
    if first.asked != asked:
        return problem(422, "key_reused", _("This Idempotency-Key was used for another request."))
    try:
        _check(request, who)
    except Refusal as refusal:
        return of_refusal(refusal)
    if isinstance(first.body, Unreadable):
        message = _(
            "This was done, but its answer cannot be read any more. Look for what it made before you ask anew."
        )
        return problem(409, "answer_lost", message)
    response = HttpResponse(first.body, content_type=first.kind, status=first.status or 200)
    response["Idempotent-Replay"] = "true"
    return response


def _check(request: HttpRequest, who: Who) -> None:
    """What the operation itself would ask: a post that ended takes effect on answers of before as well."""
    try:
        gate = gate_at(resolve(request.path_info).func, "POST")
    except Resolver404:
        return
    if gate:
        gate.check(who)


def _digest(request: HttpRequest) -> str:
    """What was asked; of an upload its fields and files, since the boundary between them differs each time."""
    digest = hashlib.sha256(request.path.encode())
    if request.content_type != "multipart/form-data":
        digest.update(b"\0" + request.body)
        return digest.hexdigest()
    for name, values in sorted(request.POST.lists()):
        digest.update(repr((name, values)).encode())
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            digest.update(repr((name, _hash(file))).encode())
    return digest.hexdigest()


def _hash(file: UploadedFile[Any]) -> str:
    content = hashlib.sha256()
    for chunk in file.chunks():
        content.update(chunk)
    file.seek(0)
    return content.hexdigest()


def sweep(now: datetime) -> int:
    """Forget answers older than a day."""
    return FirstAnswer.objects.filter(at__lt=now - KEPT).delete()[0]
