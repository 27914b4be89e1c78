"""A text as it would read for a matter that does not exist."""

from __future__ import annotations

from django.utils.translation import override

from mulin.channels.rules.texts import fill
from mulin.channels.texts import CHINESE
from mulin.matters.face import OUTCOMES, RATINGS, Outcome, State, state_label

_CHINESE = {
    "title": "楼道的灯坏了三天", "type": "公共照明", "who": "网格员，光明北网格", "place": "光明北网格",
    "due": "3月20日 18:00", "promise": "3月25日 18:00",
}  # fmt: skip
_ENGLISH = {
    "title": "The lamp in the stairwell is broken", "type": "Street and stair lighting",
    "who": "Grid worker, Guangming North grid", "place": "Guangming North grid",
    "due": "20 March, 18:00", "promise": "25 March, 18:00",
}  # fmt: skip


def sample(text: str, language: str) -> str:
    """Filled in with invented values."""
    with override(language):
        values = {
            "number": "26-001385-0",
            "other": "26-001386-8",
            "count": "3",
            "state": state_label(State.HANDLING),
            "outcome": str(OUTCOMES[Outcome.SOLVED]),
            "rating": str(RATINGS[4]),
        }
    return fill(text, values | (_CHINESE if language == CHINESE else _ENGLISH))
