"""The fields of a move's form, made from what the table says that it asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mulin.matters.actions.options import Choice
from mulin.matters.actions.splitting import MOST_PORTIONS
from mulin.matters.labels import OUTCOMES, RATINGS
from mulin.matters.listwords import limit_words, unit_words
from mulin.matters.move_words import asked, help_of
from mulin.matters.offering import Offering
from mulin.matters.rules.case import Portion
from mulin.matters.rules.moves import Ask, Move, Outcome

WORDS_LIMIT = 2000
ASSIST_AT_MOST = 365


class PhotoInput(forms.FileInput):
    """Several photos at once, with previews where scripts run."""

    template_name = "matters/widgets/photo_input.html"
    allow_multiple_selected = True

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return super().get_context(name, value, attrs) | {"limit": settings.MULIN_PHOTOS_PER_REPORT}


class PhotosField(forms.FileField):
    """A list of uploaded files; whether they are photos is decided by decoding them."""

    widget = PhotoInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        given = data if isinstance(data, (list, tuple)) else [data]
        return [file for each in given if (file := super(PhotosField, self).clean(each, initial))]


def words_field(
    label: Any, *, required: bool, help_text: Any = "", limit: int = WORDS_LIMIT
) -> forms.CharField:
    rows = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, required=required, max_length=limit, widget=rows, help_text=help_text)


Fields = dict[str, forms.Field]


def fields_of(move: Move, ask: Ask, offering: Offering) -> Fields:
    """The fields for one thing that the move asks: mostly one."""
    required = ask in move.needs
    if ask is Ask.PORTIONS:
        return _portions(offering)
    if ask in _MAKERS:
        return {str(ask): _MAKERS[ask](move, required, offering)}
    return {str(ask): words_field(asked(move, ask), required=required, help_text=help_of(move, ask))}


def _seat(move: Move, required: bool, offering: Offering) -> forms.Field:
    empty = gettext_lazy("Choose…") if required else gettext_lazy("I handle it myself")
    seats = offering.seats(move)
    options = grouped(seats) if any(not seat.fits for seat in seats) else [(s.value, s.label) for s in seats]
    return forms.ChoiceField(label=asked(move, Ask.SEAT), required=required, choices=[("", empty), *options])


def _outcome(move: Move, required: bool, _offering: Offering) -> forms.Field:
    first = str(Outcome.SOLVED)
    return _radio(asked(move, Ask.OUTCOME), OUTCOMES.items(), required=required, initial=first)


def _rating(move: Move, required: bool, _offering: Offering) -> forms.Field:
    return _radio(asked(move, Ask.RATING), RATINGS.items(), required=required)


def _solved(move: Move, required: bool, _offering: Offering) -> forms.Field:
    answers = [("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]
    return _radio(asked(move, Ask.SOLVED), answers, required=required)


def _photos(move: Move, _required: bool, _offering: Offering) -> forms.Field:
    return PhotosField(label=asked(move, Ask.PHOTOS), required=False)


def _amount(move: Move, required: bool, offering: Offering) -> forms.Field:
    """In the unit of the limit of handling, which is said; time on top never exceeds the limit itself."""
    limit = offering.limit
    label = _("%(what)s, in %(unit)s") % {"what": asked(move, Ask.AMOUNT), "unit": unit_words(limit.unit)}
    if required:
        help_text = _("At most %(limit)s.") % {"limit": limit_words(limit)}
        return forms.IntegerField(label=label, min_value=1, max_value=limit.amount, help_text=help_text)
    help_text = _("Left empty: as the matter list says.")
    return forms.IntegerField(
        label=label, required=False, min_value=1, max_value=ASSIST_AT_MOST, help_text=help_text
    )


def _until(move: Move, required: bool, offering: Offering) -> forms.Field:
    first, last = offering.tomorrow.isoformat(), offering.last_day.isoformat()
    widget = forms.DateInput(attrs={"type": "date", "min": first, "max": last}, format="%Y-%m-%d")
    return forms.DateField(label=asked(move, Ask.UNTIL), required=required, widget=widget)


def _other(move: Move, required: bool, offering: Offering) -> forms.Field:
    """The number; what is near by and of the same kind is offered."""
    return forms.CharField(
        label=asked(move, Ask.OTHER), required=required, max_length=40, widget=NumberInput(offering)
    )


class NumberInput(forms.TextInput):
    """A number, with the open matters near by to choose from."""

    template_name = "matters/widgets/number_input.html"

    def __init__(self, offering: Offering) -> None:
        super().__init__(attrs={"autocomplete": "off"})
        self.offering = offering

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        found = super().get_context(name, value, attrs) | {"others": self.offering.others}
        found["near"] = f"{found['widget']['attrs'].get('id', name)}_near"
        if self.offering.others:
            found["widget"]["attrs"]["list"] = found["near"]
        return found


def _kind(move: Move, required: bool, offering: Offering) -> forms.Field:
    return _select(
        asked(move, Ask.KIND), offering.kinds, required=required, initial=offering.matter.type.code
    )


def _place(move: Move, required: bool, offering: Offering) -> forms.Field:
    stays = ("", gettext_lazy("Where it is now"))
    return _select(asked(move, Ask.PLACE), [stays, *offering.places], required=required, initial="")


def _portions(offering: Offering) -> Fields:
    """As many pairs of kind and words as a matter may be split into; the first one is required."""
    made: Fields = {}
    for n in range(1, MOST_PORTIONS + 1):
        choices = [("", gettext_lazy("Choose…")), *offering.kinds]
        made[f"portion{n}_kind"] = _select(
            _("Kind of thing %(n)d") % {"n": n}, choices, required=n == 1, initial=""
        )
        made[f"portion{n}_text"] = words_field(
            _("What thing %(n)d is") % {"n": n},
            required=n == 1,
            help_text=_("Whoever handles it reads this."),
        )
    return made


def portions_of(data: Mapping[str, Any]) -> tuple[Portion, ...]:
    """The pairs of which something was filled in; a half one is refused by the action."""
    pairs = [
        (data.get(f"portion{n}_kind", ""), data.get(f"portion{n}_text", ""))
        for n in range(1, MOST_PORTIONS + 1)
    ]
    return tuple(Portion(kind, text) for kind, text in pairs if kind or text)


_MAKERS: dict[Ask, Callable[[Move, bool, Offering], forms.Field]] = {
    Ask.SEAT: _seat,
    Ask.OUTCOME: _outcome,
    Ask.RATING: _rating,
    Ask.SOLVED: _solved,
    Ask.PHOTOS: _photos,
    Ask.AMOUNT: _amount,
    Ask.UNTIL: _until,
    Ask.OTHER: _other,
    Ask.KIND: _kind,
    Ask.PLACE: _place,
}


def _select(label: Any, choices: Sequence[Any], *, required: bool, initial: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=required, initial=initial)


def _radio(
    label: Any, choices: Iterable[tuple[Any, Any]], *, required: bool, initial: str | None = None
) -> forms.ChoiceField:
    options = [(str(value), words) for value, words in choices]
    return forms.ChoiceField(
        label=label, choices=options, required=required, widget=forms.RadioSelect, initial=initial
    )


def grouped(seats: Sequence[Choice]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The usual handlers of this kind first, then the others."""
    fitting = [(seat.value, seat.label) for seat in seats if seat.fits]
    others = [(seat.value, seat.label) for seat in seats if not seat.fits]
    groups = [(_("Usually handle this"), fitting), (_("Others that serve this place"), others)]
    return [(name, options) for name, options in groups if options]
