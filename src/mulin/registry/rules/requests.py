"""What somebody may ask about their own data, and the flow of such a request as one table. Pure; takes `now`.

Buttons, operations, checks and tests are made from `STEPS`. A request is answered, with reasons, by its day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mulin.kernel.refusals import Conflict, Invalid
from mulin.posts.face import Permission
from mulin.registry.codes_asked import Ground, RequestAsk, RequestStage, Side

S, A = RequestStage, RequestAsk
OPEN: tuple[RequestStage, ...] = (S.ASKED, S.IN_HAND)
SOON = timedelta(days=3)  # so long before its day a request is said to be near it


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the flow: from where, to where (None: it stays), by whom, and what must be said."""

    code: str
    label: str | Promise
    starts: tuple[RequestStage, ...]
    to: RequestStage | None
    side: Side
    entry: str
    permission: Permission | None = None
    needs: tuple[RequestAsk, ...] = ()
    once: bool = False  # more time is asked for one time only
    told: bool = False  # whoever asked gets word of it


STEPS: tuple[Step, ...] = (
    Step("take", pgettext_lazy("request", "Look into it"), (S.ASKED,), S.IN_HAND, Side.STAFF, "request.taken",
         Permission.REGISTRY_ANSWER),
    Step("grant", pgettext_lazy("request", "Grant it"), OPEN, S.GRANTED, Side.STAFF, "request.granted",
         Permission.REGISTRY_ANSWER, needs=(A.ANSWER,), told=True),
    Step("refuse", pgettext_lazy("request", "Refuse it"), OPEN, S.REFUSED, Side.STAFF, "request.refused",
         Permission.REGISTRY_ANSWER, needs=(A.GROUND, A.ANSWER), told=True),
    Step("extend", pgettext_lazy("request", "Take more time"), OPEN, None, Side.STAFF, "request.extended",
         Permission.REGISTRY_ANSWER, needs=(A.ANSWER,), once=True, told=True),
    Step("withdraw", pgettext_lazy("request", "Take it back"), OPEN, S.WITHDRAWN, Side.RESIDENT,
         "request.withdrawn"),
)  # fmt: skip
BY_CODE: Mapping[str, Step] = {step.code: step for step in STEPS}


def steps_from(stage: str, side: Side, *, extended: bool) -> tuple[Step, ...]:
    """What may be done now, and by this side."""
    return tuple(
        step for step in STEPS if stage in step.starts and step.side is side and not (step.once and extended)
    )


def check_step(code: str, stage: str, *, extended: bool, given: Mapping[str, str]) -> Step:
    """The step of this name, if it may be taken from here with what is said; else Invalid or Conflict."""
    step = BY_CODE.get(code)
    if step is None:
        raise Invalid(_("There is no such step."), code="step", field="step")
    if stage not in step.starts:
        raise Conflict(_("This request has gone on meanwhile."))
    if step.once and extended:
        raise Conflict(_("More time was taken once already."), code="once")
    for ask in step.needs:
        if not given.get(ask.value, "").strip():
            raise Invalid(_MISSING[ask], code="required", field=ask.value)
    if A.GROUND in step.needs and given["ground"] not in Ground.values:
        raise Invalid(_MISSING[A.GROUND], code="ground", field="ground")
    return step


_MISSING: Mapping[RequestAsk, str | Promise] = {
    RequestAsk.ANSWER: _("Say it to whoever asked, with the reasons."),
    RequestAsk.GROUND: _("Choose by what right it is refused."),
}


def urgency(due_at: datetime, now: datetime) -> str:
    """In the kinds of the look: open, near its day, late."""
    if now >= due_at:
        return "late"
    return "near" if now >= due_at - SOON else "open"
