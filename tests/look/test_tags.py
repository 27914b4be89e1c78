"""The component tags say what they are told, safely, in both languages, and without a built front end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from mulin.look import assets, timewords

NOW = datetime(2026, 5, 4, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Whatever language a page of the test before was in."""
    with translation.override("en"):
        yield


def rendered(source: str, **context: Any) -> str:
    return Template("{% load look %}" + source).render(Context({"now": NOW, **context}))


class Ask(forms.Form):
    title = forms.CharField(label="Title", help_text="In short.")
    public = forms.ChoiceField(widget=forms.RadioSelect, choices=[("y", "Yes"), ("n", "No")], required=False)


class TestBadges:
    def test_a_state_has_colour_icon_and_word(self) -> None:
        html = rendered('{% state_badge "filed" "open" "Filed" %}')
        assert "state-open" in html
        assert "#circle-dot" in html
        assert "<span>Filed</span>" in html

    def test_words_are_escaped(self) -> None:
        assert "<b>" not in rendered('{% state_badge "x" "open" words %}', words="<b>")

    @pytest.mark.parametrize(
        ("after", "kind"),
        [(timedelta(days=1), "open"), (timedelta(hours=1), "near"), (-timedelta(hours=1), "late")],
    )
    def test_a_clock_knows_how_late_it_is(self, after: timedelta, kind: str) -> None:
        assert f"due-{kind}" in rendered("{% due at %}", at=NOW + after)

    def test_a_stopped_clock_does_not_run_on(self) -> None:
        html = rendered("{% due at stopped=True %}", at=NOW - timedelta(days=1))
        assert "due-waiting" in html
        assert "data-relative" not in html

    def test_no_time_no_clock(self) -> None:
        assert rendered("{% due at %}{% moment at %}", at=None) == ""


class TestTimes:
    @pytest.mark.parametrize(
        ("seconds", "english", "chinese"),
        [
            (3 * 3600, "in 3 hours", "3小时后"),
            (3595, "in 1 hour", "1小时后"),
            (-60, "1 minute ago", "1分钟前"),
            (-3 * 86400, "3 days ago", "3天前"),
            (20, "now", "刚刚"),
        ],
    )
    def test_are_said_relative_in_both_languages(self, seconds: int, english: str, chinese: str) -> None:
        at = NOW + timedelta(seconds=seconds)
        assert timewords.relative(at, NOW) == english
        with translation.override("zh-hans"):
            assert timewords.relative(at, NOW) == chinese

    def test_exact_ones_are_local_with_the_weekday(self) -> None:
        assert timewords.exact(NOW) == "Monday, 4 May 2026, 10:00"
        with translation.override("zh-hans"):
            assert timewords.exact(NOW) == "2026年5月4日 星期一 10:00"

    def test_spans_have_two_units_at_most(self) -> None:
        assert timewords.span(timedelta(days=2, hours=4, minutes=9)) == "2 d 4 h"
        assert timewords.span(timedelta()) == "0 min"


class TestForms:
    def test_a_field_joins_label_help_and_error(self) -> None:
        form = Ask({"title": ""})
        html = rendered("{% error_summary form %}{% field form.title %}", form=form)
        assert 'href="#id_title"' in html
        assert 'aria-describedby="id_title_help id_title_error"' in html
        assert 'aria-invalid="true"' in html
        assert '<label class="form-label" for="id_title">' in html

    def test_radios_are_a_fieldset_with_a_legend(self) -> None:
        html = rendered("{% field form.public %}", form=Ask())
        assert "<legend" in html
        assert html.count('type="radio"') == 2

    def test_further_names_become_attributes(self) -> None:
        html = rendered('{% field form.title data_place="1" %}', form=Ask())
        assert 'data-place="1"' in html


class TestActions:
    def test_every_move_is_a_form_that_works_without_script(self) -> None:
        first = {"key": "file", "label": "File", "url": "/m/1/file", "shortcut": "f"}
        more = [{"key": "return", "label": "Return", "url": "/m/1/return", "form": Ask(auto_id="r_%s")}]
        html = rendered("{% action_panel first more %}", first=first, more=more, csrf_token="token")
        assert html.count('method="post"') == 2
        assert html.count('name="csrfmiddlewaretoken"') == 2
        assert 'data-key="f"' in html
        assert "<details" in html


class TestBlocks:
    def test_a_card_escapes_its_title_and_keeps_its_content(self) -> None:
        html = rendered('{% card title=words id="x" hx_get="/y" %}<p>In</p>{% endcard %}', words="<i>")
        assert "&lt;i&gt;" in html
        assert "<p>In</p>" in html
        assert 'hx-get="/y"' in html

    def test_a_map_carries_its_words_and_its_stand_in(self) -> None:
        html = rendered('{% map_island "pick" label="Map" fallback="address" lon="#lon" %}')
        assert 'data-map="pick"' in html
        assert 'data-map-fallback="address"' in html
        assert "&quot;tapToPlace&quot;" in html


def test_the_towns_tiles_reach_every_map(settings: Any) -> None:
    assert "data-tiles" not in rendered('{% map_island "browse" %}')
    settings.MULIN_TILES = "https://tiles.example/{z}/{x}/{y}.png"
    settings.MULIN_TILES_DATUM = "gcj02"
    html = rendered('{% map_island "browse" %}')
    assert 'data-tiles="https://tiles.example/{z}/{x}/{y}.png"' in html
    assert 'data-tiles-datum="gcj02"' in html


def test_a_long_rail_has_a_fold_with_what_a_phone_has_no_room_for() -> None:
    nav = [{"url": f"/{name}/", "label": name, "icon": "home", "active": name == "f"} for name in "abcdefg"]
    html = rendered('{% include "look/parts/rail.html" %}', nav=nav)
    bar, fold = html.split("<details", 1)
    assert [f'href="/{name}/"' in bar for name in "abcdefg"] == [True] * 7
    assert [f'href="/{name}/"' in fold for name in "abcdefg"] == [False] * 4 + [True] * 3
    assert fold.split("</summary>")[0].count("active") == 1, "the fold says that one is in it"
    assert "<details" not in rendered('{% include "look/parts/rail.html" %}', nav=nav[:5])


def test_an_island_that_is_surely_wanted_brings_its_styles(monkeypatch: pytest.MonkeyPatch) -> None:
    built = {
        "src/a.ts": {"file": "a.js", "css": ["a.css"], "imports": ["_b.js"]},
        "_b.js": {"file": "b.js", "css": ["b.css"]},
    }
    monkeypatch.setattr(assets, "manifest", lambda: built)
    html = rendered('{% look_preload "src/a.ts" %}')
    assert [line.split("dist/")[-1] for line in html.splitlines()] == ['a.css">', 'b.js">', 'a.js">']


def test_without_a_build_pages_still_come(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "MANIFEST_PATH", assets.MANIFEST_PATH.with_name("nothing.json"))
    html = rendered('{% look_styles "desk" %}{% look_script "desk" %}{% icon "x" %}')
    assert "not built" in html
    assert '<use href="#x">' in html


def test_what_never_changes_is_written_once_for_each_language() -> None:
    written = '{% unchanging "look/parts/keys_dialog.html" %}'
    assert "Single keys are on" in rendered(written)
    with translation.override("zh-hans"):
        assert "Single keys are on" not in rendered(written)
    assert "Single keys are on" in rendered(written)
