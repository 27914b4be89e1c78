"""Default is no: every view and every API operation says who may come in, or the application does not start.

    @needs(Permission.PERSON_READ)          whoever has it anywhere; the view then asks about the one thing
    @signed_in                              whoever has an account
    @open_to_all("Residents report here.")  everybody, and why

Not yours: 404, raised by fetching through `visible_to`. Yours but not allowed: 403, raised by `require`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.translation import gettext_lazy as _

from mulin.kernel.refusals import NotAllowed, Refusal
from mulin.posts.context import WhoMiddleware as WhoMiddleware
from mulin.posts.rules import Permission, known
from mulin.posts.rules.signing import roles_asked
from mulin.posts.who import Who

P = ParamSpec("P")
R = TypeVar("R")
View = Callable[Concatenate[HttpRequest, P], R]
MARK = "mulin_gate"


class NotSignedIn(Refusal):
    """Nobody is signed in: a page leads to the sign-in page and back, the API answers 401."""

    status = 401
    default_code = "not_signed_in"
    default_message = _("Please sign in first.")


class PasswordFirst(NotAllowed):
    """The password was given by somebody else and must be changed before anything else."""

    default_code = "change_password"
    default_message = _("Please choose a password of your own first.")


class SecondStepFirst(NotAllowed):
    """Their post asks for a second step, and they have none yet."""

    default_code = "second_step"
    default_message = _("Your post asks for a second step when you sign in. Please set one up first.")


class Asked(HttpRequest):
    """A request behind the gate. (Only a type: `request.who` is put there by the middleware.)"""

    who: Who


@dataclass(frozen=True)
class Gate:
    """What a view declares. Without permissions and not `public`, being signed in is enough."""

    permissions: tuple[Permission, ...] = ()
    public: bool = False
    why: str = ""
    before_password: bool = False  # open to those who must still choose a password, or set up a second step

    def check(self, who: Who) -> None:
        """Refuse whoever may not come in."""
        if self.public:
            return
        if not who.is_signed_in:
            raise NotSignedIn
        if who.user and who.user.must_change_password and not self.before_password:
            raise PasswordFirst
        if who.in_one_step and not self.before_password and asks_for_second(who):
            raise SecondStepFirst
        if not all(who.has(permission) for permission in self.permissions):
            raise NotAllowed


def asks_for_second(who: Who) -> bool:
    """Whether one of their posts asks for a second step, by the town's setting."""
    asked = () if settings.MULIN_DEMO else roles_asked(settings.MULIN_SECOND_FACTOR)
    return bool(asked) and any(seat.role in asked for seat in who.seats)


def needs(*permissions: Permission) -> Callable[[View[P, R]], View[P, R]]:
    """Whoever has all of these somewhere comes in."""
    if not permissions:
        raise TypeError("say which permission")
    return _guarded(Gate(tuple(known(permission) for permission in permissions)))


def open_to_all(why: str) -> Callable[[View[P, R]], View[P, R]]:
    """Everybody comes in, and this is why."""
    if not why:
        raise TypeError("say why this is open to everybody")
    return _guarded(Gate(public=True, why=why))


def signed_in(view: View[P, R]) -> View[P, R]:
    """Whoever has an account comes in."""
    return _guarded(Gate())(view)


def signed_in_before_password(view: View[P, R]) -> View[P, R]:
    """Whoever has an account comes in, also before they have chosen a password of their own."""
    return _guarded(Gate(before_password=True))(view)


def _guarded(gate: Gate) -> Callable[[View[P, R]], View[P, R]]:
    def decorate(view: View[P, R]) -> View[P, R]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> R:
            gate.check(who_asks(request))
            return view(request, *args, **kwargs)

        setattr(guarded, MARK, gate)
        return cast("View[P, R]", guarded)

    return decorate


def who_asks(request: HttpRequest) -> Who:
    """The `Who` of this request."""
    return cast(Asked, request).who


def undeclared(urlconf: str | None = None) -> list[str]:
    """Routes whose view, or one of whose API operations, says nothing about who may come in."""
    return [f"{route} ({_name(view)})" for route, view in declared_views(urlconf) if gate_of(view) is None]


def declared_views(urlconf: str | None = None) -> Iterator[tuple[str, Any]]:
    """Every route with its view; for an API path each of its operations."""
    for route, view in _routes(get_resolver(urlconf).url_patterns, ""):
        operations = _operations(view)
        if operations is None:
            yield route, view
        else:
            for method, function in operations:
                yield f"{method} {route}", function


def gate_at(view: Any, method: str) -> Gate | None:
    """What the view behind a route declares for a method: of an API path, its operation."""
    operations = _operations(view)
    if operations is None:
        return gate_of(view)
    return next((gate_of(function) for each, function in operations if each == method), None)


def gate_of(view: Any) -> Gate | None:
    """What a view declares: on itself, on its class, on what a partial calls, or in the list of others' views."""
    for each in (view, getattr(view, "view_class", None), getattr(view, "func", None)):
        if hasattr(each, MARK):
            return cast(Gate, getattr(each, MARK))
        why = NOT_OURS.get(_name(each)) if each else None
        if why:
            return Gate(public=True, why=why)
    return None


NOT_OURS = {
    "mulin.look.views.theme": "Whoever reads chooses light or dark.",
    "mulin.look.views.text": "Whoever reads chooses the size of the text.",
    "mulin.look.views.gallery": "Invented samples of every component; not in a town's own installation.",
    "mulin.look.views.sample": "Invented places for the gallery; not in a town's own installation.",
    "django.views.i18n.set_language": "Whoever reads chooses the language.",
    "ninja.openapi.views.openapi_json": "What the API can do is no secret; it holds no data.",
    "ninja.openapi.views.default_home": "Says that there is an API, no more.",
    "django.contrib.staticfiles.views.serve": "Style sheets and scripts.",
}
"""Views of rooms below and of the packages we use, which cannot declare anything, and why they stand open."""


def _routes(patterns: Iterable[URLPattern | URLResolver], prefix: str) -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, route)
        else:
            yield route, pattern.callback


def _operations(view: Any) -> list[tuple[str, Any]] | None:
    """The operations behind a view of Django Ninja, which answers several methods on one path."""
    for cell in getattr(view, "__closure__", None) or ():
        operations = getattr(cell.cell_contents, "operations", None)
        if isinstance(operations, list):
            return [(method, each.view_func) for each in operations for method in sorted(each.methods)]
    return None


def _name(view: Any) -> str:
    inner = getattr(view, "func", view)
    return f"{getattr(inner, '__module__', '')}.{getattr(inner, '__qualname__', type(inner).__name__)}"


def check_every_view_declares(**kwargs: Any) -> list[CheckMessage]:  # noqa: ARG001 - Django's signature
    """A system check: fails at start where a view says nothing."""
    hint = "Put @needs(Permission.X), @signed_in or @open_to_all(why) on it (mulin.posts.gate)."
    urlconf = getattr(settings, "ROOT_URLCONF", None)
    return [
        Error(f"{route} declares no permission.", hint=hint, id="posts.E001") for route in undeclared(urlconf)
    ]
