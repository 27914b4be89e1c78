"""Errors as problem+json (RFC 9457), in the language the program asks for."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

import orjson
from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from mulin.kernel.refusals import Refusal, TooMany

TYPE = "application/problem+json"


def problem(status: int, code: str, detail: str, **more: Any) -> HttpResponse:
    """The one shape of every error. `code` is stable; `detail` is for people."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail,
        **{name: value for name, value in more.items() if value},
    }
    return HttpResponse(orjson.dumps(body), content_type=TYPE, status=status)


def of_refusal(error: Refusal) -> HttpResponse:
    response = problem(error.status, error.code, str(error.message), field=error.field)
    if isinstance(error, TooMany):
        response["Retry-After"] = str(error.retry_after)
    if error.status == HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = "Bearer"
    return response


def install(api: NinjaAPI) -> None:
    """Turn every error of an operation into a problem."""
    api.add_exception_handler(Refusal, lambda _request, error: of_refusal(error))  # type: ignore[arg-type]  # Ninja types handlers for Exception only
    api.add_exception_handler(ValidationError, _unreadable)
    api.add_exception_handler(HttpError, _http)
    api.add_exception_handler(Http404, _missing)
    api.add_exception_handler(AuthenticationError, _nobody)
    for unreadable in (BadRequest, SuspiciousOperation, UnreadablePostError):
        api.add_exception_handler(unreadable, _http)
    api.add_exception_handler(RequestDataTooBig, _too_large)


def _unreadable(_request: HttpRequest, error: ValidationError | type[ValidationError]) -> HttpResponse:
    errors: Sequence[dict[str, Any]] = getattr(error, "errors", ())
    fields = [{"field": _field(each), "detail": each.get("msg", "")} for each in errors]
    first = str(fields[0]["field"]) if fields else ""
    return problem(
        422, "unreadable", _("Something in what was sent is missing or not readable."), field=first, errors=fields
    )  # fmt: skip


def _field(error: dict[str, Any]) -> str:
    """The path of the field, without the kind of parameter and its name in our code."""
    return ".".join(str(part) for part in error.get("loc", ())[2:]) or str((error.get("loc") or ("",))[-1])


def _http(_request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    return unreadable(getattr(error, "status_code", 400))


def unreadable(status: int = 400) -> HttpResponse:
    return problem(status, "unreadable", _("This request could not be understood."))


def _too_large(_request: HttpRequest, _error: RequestDataTooBig | type[RequestDataTooBig]) -> HttpResponse:
    return too_large()


def too_large() -> HttpResponse:
    return problem(413, "too_large", _("This is too large: at most 1 MB of text is taken."))


def _missing(_request: HttpRequest, _error: Http404 | type[Http404]) -> HttpResponse:
    return problem(404, "not_found", _("There is no such thing here, or it is not yours to see."))


def _nobody(_request: HttpRequest, _error: AuthenticationError | type[AuthenticationError]) -> HttpResponse:
    response = problem(401, "not_signed_in", _("Send a token: Authorization: Bearer mulin_…"))
    response["WWW-Authenticate"] = "Bearer"
    return response
