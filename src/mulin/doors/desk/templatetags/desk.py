"""Tags of the desk's lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from mulin.look.templatetags.look import due, state_badge, svg
from mulin.matters.face import Matter, state_label
from mulin.posts.face import Seat

register = template.Library()

NO_MARKS = mark_safe("")
NOTHING = mark_safe('<span class="muted">–</span>')
_ROW = """
    <tr class="row-link" data-row>
      <td class="cell-main" data-label="{}"><a href="{}">{}</a>
        <div class="muted fw-normal">{} · {}{}</div></td>
      <td data-label="{}">{}</td>
      <td data-label="{}">{}</td>
      <td data-label="{}">{}</td>
      <td data-label="{}">{}</td>
    </tr>"""


def _state(matter: Matter) -> SafeString:
    """Its state in words, with the colour of its kind."""
    return state_badge(matter.state, str(matter.kind), state_label(matter.state))  # type: ignore[arg-type]  # the kinds of the rules are among those of the look


@register.simple_tag(takes_context=True)
def matter_rows(context: Context, rows: Sequence[Matter]) -> SafeString:
    """`{% matter_rows rows %}`: the lines of a list, with `holders` and `filters` of the page where it has them.

    Put together here: through the nodes of a template, fifty lines cost more than everything else on the page.
    """
    show = getattr(context.get("filters"), "show", "")
    name = "matter-follow-up" if show == "follow_up" else "matter"
    matter, state, kind, turn, limit = (escape(words) for words in _columns())
    holders = context.get("holders")
    seats = {each.turn_id: each.turn for each in rows}  # few, and each is named in many lines
    with_whom = {id: _with_whom(seat, holders) for id, seat in seats.items()}
    return format_html_join(
        "",
        _ROW,
        (
            (
                matter, _address(name, each.number), each.title,
                each.number, each.address or each.taken_by.label, _marks(each),
                state, _state(each),
                kind, each.type_label,
                turn, with_whom[each.turn_id],
                limit, due(context, each.due_at, near=each.rung) if each.due_at else NOTHING,
            )
            for each in rows
        ),
    )  # fmt: skip


def _columns() -> tuple[str, ...]:
    """What the head of the table says; small screens say it in each cell."""
    return _("Matter"), _("State"), _("Kind"), _("With whom"), _("Due")


@lru_cache(maxsize=4096)
def _address(name: str, number: str) -> str:
    return reverse(name, args=[number])


def _marks(matter: Matter) -> SafeString:
    """What is out of the ordinary about it, each with an icon: mostly nothing."""
    found = list(_marked(matter))
    return format_html_join("", ' · <span class="tag{}">{}{}</span>', found) if found else NO_MARKS


def _marked(matter: Matter) -> Iterator[tuple[str, SafeString, str]]:
    if matter.urgent:
        yield "", svg("urgent"), _("Urgent")
    if matter.kind in ("open", "waiting"):
        if matter.supervise_count:
            yield " kind-late", svg("eye-check"), _("Supervised")
        if matter.urge_count:
            yield " kind-near", svg("bell-ringing"), _("Urged")
    if matter.voices > 1:
        spoken = '{}<span class="visually-hidden"> {}</span>'
        yield "", svg("users"), format_html(spoken, matter.voices, _("raised it"))
    if matter.again_label:
        yield " kind-near", svg("repeat"), matter.again_label


def _with_whom(seat: Seat | None, holders: Mapping[Any, str] | None) -> SafeString:
    """The seat that has the turn, and under it who sits there; a page that did not look says nothing of that."""
    if seat is None:
        return NOTHING
    if holders is None:
        return format_html("{}", seat.label)
    there = holders.get(seat.pk) or format_html('<span class="tag">{}{}</span>', svg("user-off"), _("vacant"))
    return format_html('{}<div class="muted">{}</div>', seat.label, there)
