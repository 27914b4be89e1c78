"""The operations on people, posts and organisations for programs: the same actions and query sets as the pages."""

from typing import Annotated, Any, cast
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest
from ninja import Field, Router, Status

from mulin.kernel.refusals import Invalid, NotYours
from mulin.kernel.shapes import Problem
from mulin.places.face import Area
from mulin.posts import actions, shapes
from mulin.posts.endpoints_leave import router as leaves
from mulin.posts.endpoints_residents import router as residents
from mulin.posts.endpoints_signing import router as signing
from mulin.posts.endpoints_staff import router as staff
from mulin.posts.forms import NO_SUCH_PLACE, areas_of
from mulin.posts.gate import needs, signed_in, who_asks
from mulin.posts.models import Duty, Organisation, Post, Seat, Token, User
from mulin.posts.queries.dossier import with_holders, with_posts
from mulin.posts.queries.filters import key_of, read_key
from mulin.posts.rules import ROLES, Permission
from mulin.posts.views.base import one
from mulin.posts.views.seats import needs_any

__all__ = ["leaves", "residents", "router", "signing", "staff"]

router = Router()
PAGE, MOST = 50, 200
FAILS: dict[int, Any] = dict.fromkeys((400, 401, 403, 404, 409, 413, 422, 429), Problem)
Limited = Annotated[int, Field(ge=1, le=MOST)]
Word = Annotated[str, Field(max_length=200)]


@router.get("/me", response={200: shapes.MeOut, **FAILS})
@signed_in
def me(request: HttpRequest) -> Any:
    """Who you are, the posts you hold now, and what you may do anywhere."""
    who = who_asks(request)
    user = cast(User, who.user)
    return shapes.MeOut.of(who, user, [str(each) for each in Permission if who.has(each)])


@router.get("/roles", response={200: list[shapes.RoleOut], **FAILS})
@needs(Permission.ROLE_READ)
def roles(request: HttpRequest) -> Any:
    """The table of roles."""
    return [shapes.RoleOut.of(line) for line in ROLES.values()]


@router.get("/people", response={200: shapes.PeopleOut, **FAILS})
@needs(Permission.PERSON_READ)
def people(request: HttpRequest, q: Word = "", after: Word = "", limit: Limited = PAGE) -> Any:
    """Whoever works in your area, by name."""
    who = who_asks(request)
    found = User.objects.visible_to(who).active().named(q).select_related("home").defer("home__border")
    rows = list(found.page(read_key(after))[: limit + 1])
    items = [shapes.PersonOut.of(user, posts) for user, posts in with_posts(rows[:limit], who.now)]
    return {"items": items, "next": key_of(rows[limit - 1]) if len(rows) > limit else None}


@router.post("/people", response={201: shapes.PersonOut, **FAILS})
@needs(Permission.PERSON_MANAGE)
def person_add(request: HttpRequest, given: shapes.PersonIn) -> Any:
    """Open an account."""
    who = who_asks(request)
    home = _area(request, given.home, Permission.PERSON_MANAGE, "home")
    return Status(
        201, _person(actions.add_person(**{**given.dict(), "home": home}, by=who, now=who.now), request)
    )


@router.get("/people/{id}", response={200: shapes.PersonOut, **FAILS})
@needs(Permission.PERSON_READ)
def person(request: HttpRequest, id: UUID) -> Any:
    """One person, with the posts they hold now."""
    return _person(_find_person(request, id), request)


@router.patch("/people/{id}", response={200: shapes.PersonOut, **FAILS})
@needs(Permission.PERSON_MANAGE)
def person_change(request: HttpRequest, id: UUID, given: shapes.PersonPatch) -> Any:
    """Correct what is kept about a person."""
    who, changes = who_asks(request), given.dict(exclude_none=True)
    if "home" in changes:
        changes["home"] = _area(request, changes["home"], Permission.PERSON_MANAGE, "home")
    return _person(actions.change_person(_find_person(request, id), by=who, now=who.now, **changes), request)


@router.post("/people/{id}/password", response={200: shapes.PersonOut, **FAILS})
@needs(Permission.PERSON_READ)
def person_password(request: HttpRequest, id: UUID, given: shapes.PasswordIn) -> Any:
    """Give somebody a first password, which they must change."""
    who = who_asks(request)
    user = actions.set_password(_find_person(request, id), password=given.password, by=who, now=who.now)
    return _person(user, request)


@router.post("/people/{id}/phone", response={200: shapes.PhoneOut, **FAILS})
@needs(Permission.PERSON_REVEAL)
def person_phone(request: HttpRequest, id: UUID, given: shapes.PurposeIn) -> Any:
    """Show a phone number, and write down what for."""
    who = who_asks(request)
    phone = actions.reveal_phone(_find_person(request, id), purpose=given.purpose, by=who, now=who.now)
    return {"phone": phone}


@router.post("/people/{id}/close", response={200: shapes.PersonOut, **FAILS})
@needs(Permission.PERSON_MANAGE)
def person_close(request: HttpRequest, id: UUID) -> Any:
    """Close an account; its posts, duties and tokens end with it."""
    who = who_asks(request)
    return _person(actions.deactivate(_find_person(request, id), by=who, now=who.now), request)


@router.post("/people/{id}/open", response={200: shapes.PersonOut, **FAILS})
@needs(Permission.PERSON_MANAGE)
def person_open(request: HttpRequest, id: UUID) -> Any:
    """Open a closed account again."""
    who = who_asks(request)
    return _person(actions.reactivate(_find_person(request, id), by=who, now=who.now), request)


@router.post("/people/{id}/unlock", response={200: shapes.PersonOut, **FAILS})
@needs(Permission.LOCKOUT_LIFT)
def person_unlock(request: HttpRequest, id: UUID) -> Any:
    """Let somebody sign in again at once after too many tries."""
    who, user = who_asks(request), _find_person(request, id)
    actions.lift_lockout(user, by=who, now=who.now)
    return _person(user, request)


@router.post("/people/{id}/posts", response={201: shapes.PostOut, **FAILS})
@needs(Permission.POST_READ)
def post_add(request: HttpRequest, id: UUID, given: shapes.PostIn) -> Any:
    """Appoint somebody. Who may fill which role stands in the table of roles."""
    needs_any(request)
    who, asked = who_asks(request), given.dict()
    asked["area"] = _area(request, given.area, Permission.POST_READ, "area") if given.area else None
    asked["organisation"] = _body(request, given.organisation) if given.organisation else None
    if given.deputy_for:
        asked["deputy_for"] = one(Post.objects.visible_to(who).with_all(), given.deputy_for)
    return Status(
        201, shapes.PostOut.of(actions.appoint(_find_person(request, id), **asked, by=who, now=who.now))
    )


@router.post("/posts/{id}/end", response={200: shapes.PostOut, **FAILS})
@needs(Permission.POST_READ)
def post_end(request: HttpRequest, id: UUID, given: shapes.EndIn) -> Any:
    """End a post, at once or at a later instant."""
    needs_any(request)
    who = who_asks(request)
    post = one(Post.objects.visible_to(who).with_all(), id)
    return shapes.PostOut.of(actions.end_post(post, at=given.at, by=who, now=who.now))


@router.get("/people/{id}/duties", response={200: list[shapes.DutyOut], **FAILS})
@needs(Permission.PERSON_READ)
def duties(request: HttpRequest, id: UUID) -> Any:
    """What somebody answers for now, the first 200."""
    who, user = who_asks(request), _find_person(request, id)
    running = Duty.objects.filter(user=user).open_at(who.now).select_related("area").defer("area__border")
    return [shapes.DutyOut.of(duty) for duty in running.order_by("from_at", "id")[:MOST]]


@router.post("/people/{id}/duties", response={201: shapes.DutyOut, **FAILS})
@needs(Permission.DUTY_ASSIGN)
def duty_add(request: HttpRequest, id: UUID, given: shapes.DutyIn) -> Any:
    """Let somebody answer for an area."""
    who = who_asks(request)
    area = _area(request, given.area, Permission.DUTY_ASSIGN, "area")
    duty = actions.assign_duty(_find_person(request, id), area=area, by=who, now=who.now)
    return Status(201, shapes.DutyOut.of(duty))


@router.post("/duties/{id}/end", response={200: shapes.DutyOut, **FAILS})
@needs(Permission.DUTY_ASSIGN)
def duty_end(request: HttpRequest, id: UUID) -> Any:
    """End a duty at once."""
    who = who_asks(request)
    duty = one(Duty.objects.visible_to(who).select_related("area", "user"), id)
    return shapes.DutyOut.of(actions.end_duty(duty, by=who, now=who.now))


@router.get("/seats", response={200: list[shapes.SeatOut], **FAILS})
@needs(Permission.POST_READ)
def seats(request: HttpRequest, area: shapes.Path = "", role: Word = "", vacant: bool = False) -> Any:
    """Seats at an area and in it, the first 200; `vacant` leaves out those that are held."""
    who = who_asks(request)
    found = Seat.objects.visible_to(who).exclude(area=None).at_places()
    found = found.in_areas([area]) if area else found
    found = found.filter(role=role) if role in ROLES else found
    found = found.vacant_at(who.now) if vacant else found
    rows = list(found.order_by("area__path", "role")[:MOST])
    return [shapes.SeatOut.of(seat, holders) for seat, holders in with_holders(rows, who.now)]


@router.get("/organisations", response={200: shapes.OrganisationsOut, **FAILS})
@needs(Permission.ORGANISATION_READ)
def organisations(request: HttpRequest, q: Word = "", after: Word = "", limit: Limited = PAGE) -> Any:
    """Open bodies of your area, by name."""
    found = Organisation.objects.visible_to(who_asks(request)).open().named(q).with_services()
    rows = list(found.page(read_key(after))[: limit + 1])
    items = [_body_out(body) for body in rows[:limit]]
    return {"items": items, "next": key_of(rows[limit - 1]) if len(rows) > limit else None}


@router.post("/organisations", response={201: shapes.OrganisationOut, **FAILS})
@needs(Permission.ORGANISATION_MANAGE)
def organisation_add(request: HttpRequest, given: shapes.OrganisationIn) -> Any:
    """Add a body."""
    who, manage = who_asks(request), Permission.ORGANISATION_MANAGE
    places = {"home": _area(request, given.home, manage, "home"), "serves": _areas(request, given.serves)}
    return Status(201, _fresh(actions.add_organisation(**{**given.dict(), **places}, by=who, now=who.now)))


@router.get("/organisations/{id}", response={200: shapes.OrganisationOut, **FAILS})
@needs(Permission.ORGANISATION_READ)
def organisation(request: HttpRequest, id: UUID) -> Any:
    """One body."""
    return _fresh(_body(request, id))


@router.get("/organisations/{id}/seats", response={200: list[shapes.SeatOut], **FAILS})
@needs(Permission.ORGANISATION_READ)
def organisation_seats(request: HttpRequest, id: UUID) -> Any:
    """The seats at a body, with who sits there."""
    rows = Seat.objects.filter(organisation=_body(request, id)).at_places().order_by("role")
    return [
        shapes.SeatOut.of(seat, holders) for seat, holders in with_holders(list(rows), who_asks(request).now)
    ]


@router.patch("/organisations/{id}", response={200: shapes.OrganisationOut, **FAILS})
@needs(Permission.ORGANISATION_MANAGE)
def organisation_change(request: HttpRequest, id: UUID, given: shapes.OrganisationPatch) -> Any:
    """Correct what is kept about a body, and say which areas it serves."""
    who, body, changes = who_asks(request), _body(request, id), given.dict(exclude_none=True)
    if "home" in changes:
        changes["home"] = _area(request, changes["home"], Permission.ORGANISATION_MANAGE, "home")
    with transaction.atomic():
        serves = changes.pop("serves", None)
        body = actions.change_organisation(body, by=who, now=who.now, **changes)
        if serves is not None:
            actions.set_serves(body, areas=_areas(request, serves), by=who, now=who.now)
    return _fresh(body)


@router.post("/organisations/{id}/close", response={200: shapes.OrganisationOut, **FAILS})
@needs(Permission.ORGANISATION_MANAGE)
def organisation_close(request: HttpRequest, id: UUID) -> Any:
    """Close a body; its posts end with it."""
    who = who_asks(request)
    return _fresh(actions.close_organisation(_body(request, id), by=who, now=who.now))


@router.get("/tokens", response={200: list[shapes.TokenOut], **FAILS})
@needs(Permission.TOKEN_OWN)
def tokens(request: HttpRequest) -> Any:
    """Your tokens. They are made at the desk, by a person."""
    return [shapes.TokenOut.of(token) for token in Token.objects.own(who_asks(request))[:MOST]]


@router.post("/tokens/{id}/revoke", response={200: shapes.TokenOut, **FAILS})
@needs(Permission.TOKEN_OWN)
def token_revoke(request: HttpRequest, id: UUID) -> Any:
    """Make a token of yours worthless at once."""
    who = who_asks(request)
    token = one(Token.objects.own(who).select_related("user"), id)
    return shapes.TokenOut.of(actions.revoke_token(token, by=who, now=who.now))


def _find_person(request: HttpRequest, id: UUID) -> User:
    found = User.objects.visible_to(who_asks(request)).select_related("home").defer("home__border")
    return one(found, id)


def _person(user: User, request: HttpRequest) -> shapes.PersonOut:
    ((_same, posts),) = with_posts([user], who_asks(request).now)
    return shapes.PersonOut.of(user, posts)


def _area(request: HttpRequest, path: str, permission: Permission, field: str) -> Area:
    area = areas_of(who_asks(request), permission).filter(path=path).first()
    if area is None:
        raise Invalid(NO_SUCH_PLACE, code="unknown_area", field=field)
    return area


def _areas(request: HttpRequest, paths: list[str]) -> list[Area]:
    """By their codes, in one statement; one that is not known refuses them all."""
    found = list(areas_of(who_asks(request), Permission.ORGANISATION_MANAGE).filter(path__in=paths))
    if len(found) != len(set(paths)):
        raise Invalid(NO_SUCH_PLACE, code="unknown_area", field="serves")
    return found


def _body(request: HttpRequest, id: UUID) -> Organisation:
    return one(
        Organisation.objects.visible_to(who_asks(request)).select_related("home").defer("home__border"), id
    )


def _fresh(body: Organisation) -> shapes.OrganisationOut:
    found = Organisation.objects.with_services().filter(pk=body.pk).first()
    if found is None:
        raise NotYours
    return _body_out(found)


def _body_out(body: Organisation) -> shapes.OrganisationOut:
    return shapes.OrganisationOut.of(body, [row.area for row in body.services.all()])
