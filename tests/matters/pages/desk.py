"""People at the desk, through the browser's door: who signs in, opens a matter, makes a move."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from mulin.matters.actions.options import Choosing
from mulin.matters.face import Matter, MatterType
from mulin.matters.rules.moves import Ask, Move, find
from mulin.places.face import Level
from mulin.posts.face import Post, User
from tests.matters.world import ReporterGiven, a_matter, do, seat_of, the_grid
from tests.support.clock import IN_TWO_WEEKS

Answer = Any
"""The test client's own kind of response, for which its stubs have no public name."""

CONTACT = ReporterGiven.with_contact("王秀英", "13812342211")


def at_desk(username: str, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(User.objects.get(username=username))
    client.cookies["language"] = language
    return client


def open_page(username: str, matter: Matter, language: str = "en") -> Answer:
    return at_desk(username, language).get(reverse("matter", args=[matter.number]))


def send(client: Client, matter: Matter, code: str, **fields: Any) -> Answer:
    """Press the button with the form filled in as the page had it."""
    data = {"version": matter.version} | fields
    return client.post(reverse("matter-do", args=[matter.number, code]), data)


def filled(matter: Matter, code: str) -> dict[str, str]:
    """What somebody careful would fill in for this move."""
    move = find(code, matter.state, matter.held_level)
    assert move
    answers: Mapping[Ask, Callable[[], str]] = {
        Ask.NOTE: lambda: "给同事的话",
        Ask.REASON: lambda: "给居民的话",
        Ask.SEAT: lambda: Choosing(matter).of(move)[0].value,
        Ask.OUTCOME: lambda: "solved",
        Ask.RATING: lambda: "5",
        Ask.SOLVED: lambda: "yes",
        Ask.AMOUNT: lambda: "1",
        Ask.UNTIL: lambda: IN_TWO_WEEKS.isoformat(),
        Ask.OTHER: lambda: a_matter(start=Level.TOWN).matter.number,
        Ask.KIND: lambda: another_kind(matter),
    }
    fields = {str(ask): answers[ask]() for ask in move.asks if ask in answers}
    if Ask.PORTIONS in move.asks:
        fields |= {"portion1_kind": matter.type.code, "portion1_text": "井盖也坏了"}
    return fields


def another_kind(matter: Matter) -> str:
    """The code of another entry that starts at the same level."""
    same = MatterType.objects.listed().filter(
        family="base", urgent=False, start_level=matter.type.start_level
    )
    return str(same.exclude(pk=matter.type_id)[0].code)


def words_of(response: Answer) -> str:
    return str(response.content.decode())


def colleague_elsewhere(role: str = "grid_worker") -> str:
    """Somebody with the same role in another grid."""
    posts = Post.objects.filter(seat__role=role).exclude(seat__area__grid_kind="overlay")
    here = Post.objects.filter(seat__area=the_grid()).values("user")
    return str(posts.exclude(user__in=here).order_by("user__username")[0].user.username)


def holder(matter: Matter) -> str:
    """Somebody who sits on the seat whose turn it is."""
    posts = Post.objects.open_at(matter.state_at).filter(seat=matter.turn)
    handled = matter.parts.exclude(person=None).values("person")
    if matter.state == "handled":
        posts = posts.exclude(user__in=handled)
    return str(posts.order_by("from_at", "user__username")[0].user.username)


# How each state is reached in the town's circulation, and in the grid's.
_TOWN = {
    "reported": (),
    "filed": (("file", "operator"),),
    "dispatched": (("dispatch", "operator"),),
    "handling": (("accept", "handler"),),
    "handled": (("hand_in", "handler"),),
    "closed": (("confirm", "worker"),),
    "assessed": (("rate", "instructor"),),
}
_GRID = {
    "reported": (),
    "handling": (("file", "worker"),),
    "handled": (("hand_in", "worker"),),
    "closed": (("confirm", "head"),),
}


def brought_to(state: str, *, grid: bool = False, **report: Any) -> Matter:
    """A matter that somebody of the staff raised, walked to this state by the right people."""
    matter = a_matter(start=Level.GRID if grid else Level.TOWN, **report).matter
    for name, steps in (_GRID if grid else _TOWN).items():
        for code, username in steps:
            more: dict[str, Any] = {"seat": seat_of("handler")} if code == "dispatch" else {}
            matter = do(matter, code, username, **more)
        if name == state:
            return matter
    raise AssertionError(f"no way to {state}")


def a_photo(name: str = "photo.jpg", size: tuple[int, int] = (64, 48)) -> SimpleUploadedFile:
    made = BytesIO()
    Image.new("RGB", size, (90, 120, 140)).save(made, "JPEG")
    return SimpleUploadedFile(name, made.getvalue(), content_type="image/jpeg")


def row_of(matter: Matter, code: str) -> Move:
    move = find(code, matter.state, matter.held_level)
    assert move
    return move
