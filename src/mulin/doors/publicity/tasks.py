"""Setting a pile of paper: batch by batch in child processes, then joined. Taken up again, it goes on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mulin.doors.publicity.actions import JOB
from mulin.doors.publicity.plan import Order, batches
from mulin.kernel import paper
from mulin.kernel.jobs import Progress, job
from mulin.kernel.refusals import Invalid
from mulin.posts.face import User, Who

PLAN = "plan.json"


@job(JOB, gettext_lazy("Signboards or contact cards of the grids"))
def print_publicity(progress: Progress, **facts: Any) -> None:
    """As whoever ordered may print it at this moment."""
    order = Order(**facts)
    target = progress.file(f"{order.what}-{order.area}.pdf")
    plan = _plan(order, progress, target.parent)
    progress.total = sum(count for _template, count in plan)
    parts = [target.parent / f"part-{number:04d}.pdf" for number in range(len(plan))]
    for number, (template, count) in enumerate(plan):
        if number < int(progress.cursor or 0):
            continue
        made = paper.pdf(template, json.loads(_data(parts[number]).read_bytes()), language=order.language)
        parts[number].write_bytes(made)
        progress.step(count, cursor=str(number + 1))
    if not target.exists():  # else its worker died after the whole was there
        paper.join(parts, target)
    _tidy(parts)
    progress.say(_say(order) % {"n": progress.total})


def _plan(order: Order, progress: Progress, folder: Path) -> list[tuple[str, int]]:
    """What each batch sets, written down whole before the first is set: a worker that comes later does the same."""
    written = folder / PLAN
    if not written.exists():
        user = User.objects.get(pk=str(progress.owner))
        plan = []
        with translation.override(order.language):
            for number, batch in enumerate(batches(order, Who.of(user, progress.now))):
                data = json.dumps(batch.data, ensure_ascii=False, default=str)
                (folder / f"part-{number:04d}.json").write_text(data, encoding="utf-8")
                plan.append((batch.template, batch.count))
        if not plan:
            raise Invalid(_("There is nothing to print here."), code="nothing")
        written.write_text(json.dumps(plan), encoding="utf-8")
    return [(template, count) for template, count in json.loads(written.read_bytes())]


def _data(part: Path) -> Path:
    return part.with_suffix(".json")


def _tidy(parts: Sequence[Path]) -> None:
    """Only the whole is kept."""
    for part in parts:
        part.unlink(missing_ok=True)
        _data(part).unlink(missing_ok=True)


def _say(order: Order) -> str:
    return _("Signboards: %(n)d.") if order.what == "signboards" else _("Cards: %(n)d.")
