"""Tags of the desk's lists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.safestring import SafeString

from mulin.look.templatetags.look import state_badge
from mulin.matters.face import Matter, state_label

register = template.Library()


@register.simple_tag
def matter_state(matter: Matter) -> SafeString:
    """`{% matter_state matter %}`: its state in words, with the colour of its kind."""
    return state_badge(matter.state, str(matter.kind), state_label(matter.state))  # type: ignore[arg-type]  # the kinds of the rules are among those of the look


@register.filter
def at_key(names: Mapping[Any, str] | None, key: Any) -> str:
    """`{{ holders|at_key:matter.turn_id }}`."""
    return (names or {}).get(key, "")
