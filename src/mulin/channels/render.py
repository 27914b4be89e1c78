"""A word in both languages: labels, codes and dates; never who raised it, never what they wrote."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from mulin.channels.rules.texts import fields_in, fill
from mulin.channels.texts import DIGEST, LANGUAGES, Texts, kinds
from mulin.matters.face import OUTCOMES, RATINGS, Outcome, State, Word, state_label
from mulin.places.face import Level


def town_of(word: Word) -> str:
    return word.about.place[: Level.TOWN]


def rendered(word: Word, texts: Texts) -> dict[str, str]:
    """The text by language, with everything filled in but the title."""
    return {language: _in(language, word, texts) for language in LANGUAGES}


def _in(language: str, word: Word, texts: Texts) -> str:
    with override(language):
        text = texts.of(town_of(word), word.kind, language)
        return fill(text, {name: FIELDS[name](word) for name in fields_in(text) if name in FIELDS})


def digest(count: int) -> dict[str, str]:
    """What stands over several messages that are shown as one."""
    return {language: fill(text, {"count": str(count)}) for language, text in kinds()[DIGEST].texts.items()}


def _state(word: Word) -> str:
    """Where it stood after the act."""
    state = str(word.facts.get("to", word.about.state))
    return state_label(state if state in set(State) else word.about.state, resident=word.reporter is not None)


def _rating(facts: Mapping[str, object]) -> str:
    rating = facts.get("rating")
    return str(RATINGS[rating]) if isinstance(rating, int) and rating in RATINGS else "–"


def _date(value: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(value)) if value else None
    except ValueError:
        return None


def moment(at: datetime | None) -> str:
    """A date as one says it, in the town's time."""
    if at is None:
        return _("not set")
    return date_format(timezone.localtime(at), _("j F, H:i"))


# What each field says, in the active language; asked only where a text names it. There is none for a person.
FIELDS: Mapping[str, Callable[[Word], str]] = {
    "number": lambda word: word.matter.number,
    "type": lambda word: word.matter.type.label,
    "state": _state,
    "who": lambda word: word.holder.label if word.holder else pgettext("who has it", "nobody"),
    "place": lambda word: word.matter.taken_by.label,
    "due": lambda word: moment(_date(word.facts.get("due"))),
    "promise": lambda word: moment(word.about.promise_at),
    "outcome": lambda word: str(OUTCOMES[Outcome(word.about.outcome)]) if word.about.outcome else "–",
    "rating": lambda word: _rating(word.facts),
    "other": lambda word: word.about.joined_to.number if word.about.joined_to else "–",
}
