"""Whether what was settled in the grid is checked goes by what there is to doubt about it."""

from __future__ import annotations

import pytest

from mulin.matters.actions import cases
from mulin.matters.face import Given as Filled
from mulin.matters.face import Matter, act, make_safe, settle, whereabouts
from tests.matters.world import NOW, ReporterGiven, a_kind, a_matter, do, the, the_building
from tests.portal.pictures import a_photo

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]


@pytest.fixture(autouse=True)
def drawn_at_thirty_percent(settings: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a fifth is checked: one without a photo (22 %) is not drawn, one with more doubt is."""
    settings.MULIN_MICRO_CHECK_SHARE = 0.2  # type: ignore[attr-defined]  # pytest-django's settings
    monkeypatch.setattr(cases, "draw", lambda _matter: 0.3)


def handed_in(matter: Matter, photos: bool = False) -> Matter:
    who, shown = the("worker"), make_safe([a_photo()]) if photos else ()
    return act(matter, "hand_in", given=Filled(reason="修好了。"), by=who, now=who.now, photos=shown)


def filed() -> Matter:
    return do(a_matter().matter, "file", "worker")


def test_an_ordinary_one_closes_by_itself() -> None:
    assert handed_in(filed()).turn is None


def test_a_dangerous_kind_without_a_photo_is_checked() -> None:
    matter = filed()
    type(matter.type).objects.filter(pk=matter.type_id).update(danger="119")
    checked = handed_in(matter)
    assert checked.turn
    assert checked.turn.role == "grid_head"


def test_with_a_photo_there_is_less_to_doubt() -> None:
    matter = filed()
    Matter.objects.filter(pk=matter.pk).update(recurrence=1)
    assert handed_in(matter, photos=True).turn is None
    other = filed()
    Matter.objects.filter(pk=other.pk).update(recurrence=1)
    assert handed_in(other).turn


@pytest.mark.parametrize(("own", "checked"), [(True, True), (False, False)])
def test_settled_on_the_spot_by_whoever_found_it(own: bool, checked: bool) -> None:
    kind = a_kind()
    where = whereabouts(kind, area=the_building())
    reporter = None if own else ReporterGiven.with_contact("王女士", "15400001234")
    matter = settle(
        kind, text="路灯不亮。", done="换了灯泡。", where=where, by=the("worker"), now=NOW, reporter=reporter
    ).matter
    assert (matter.turn is not None) is checked
