"""What must be true of any history, however it was made."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from uuid import UUID

from mulin.journal.face import Entry, facts_of
from mulin.matters.face import Part, PartKind, Reporter, ReporterKind
from mulin.posts.face import Post

BY_TURN = {
    "matter.filed", "matter.declined", "matter.passed_up", "matter.passed_down", "matter.dispatched",
    "matter.accepted", "matter.returned", "matter.handed_in", "matter.confirmed", "matter.sent_back",
    "matter.settled",
}  # fmt: skip
CHECKS, FILES = {"matter.confirmed", "matter.sent_back"}, {"matter.filed", "matter.declined"}


def check(now: datetime) -> None:
    """No act before its predecessor or after today, none by somebody without a post, no handler who checks."""
    entries = list(Entry.objects.filter(subject_kind="matter").order_by("subject", "seq"))
    posts = _posts()
    handled = _handled()
    own = {r.matter_id: r.user_id for r in Reporter.objects.filter(kind=ReporterKind.STAFF, first=True)}
    before: Entry | None = None
    for entry in entries:
        assert entry.at <= now
        if before is not None and before.subject == entry.subject:
            assert before.at < entry.at, entry.text
        if entry.by:
            assert any(begun <= entry.at < (ended or now) for begun, ended in posts[entry.by]), entry.text
        if entry.code in BY_TURN:
            assert entry.seat, entry.text
        if entry.code in CHECKS:
            assert entry.by not in handled[entry.subject, entry.at], entry.text
        if entry.code in FILES:
            assert entry.by != own.get(entry.subject), entry.text
        if entry.code == "matter.closed_unchecked":
            assert before is not None
            assert facts_of(before)["due"] == entry.at.isoformat(), "closed by the system when it was due"
        before = entry


def _posts() -> dict[UUID, list[tuple[datetime, datetime | None]]]:
    found: dict[UUID, list[tuple[datetime, datetime | None]]] = defaultdict(list)
    for user, begun, ended in Post.objects.values_list("user", "from_at", "to_at"):
        found[user].append((begun, ended))
    return found


class _handled:
    """Who had handled a matter before an instant."""

    def __init__(self) -> None:
        self._parts: dict[UUID, list[tuple[datetime, UUID]]] = defaultdict(list)
        for part in Part.objects.filter(kind=PartKind.LEAD).exclude(person=None):
            if part.person_id:
                self._parts[part.matter_id].append((part.from_at, part.person_id))

    def __getitem__(self, key: tuple[UUID, datetime]) -> set[UUID]:
        matter, at = key
        return {person for begun, person in self._parts[matter] if begun < at}
