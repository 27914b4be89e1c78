"""The forms of matters. What a move asks for comes from the table; the actions check it again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mulin.kernel.refusals import Refusal
from mulin.kernel.worktime import Unit
from mulin.matters.actions.options import Choice, parse_choice
from mulin.matters.labels import ASKS, OUTCOMES, PURPOSES, RATINGS
from mulin.matters.rules.moves import Ask, Move, Outcome
from mulin.matters.rules.step import Given

WORDS_LIMIT = 2000


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


def add_refusal(form: forms.Form, refusal: Refusal) -> None:
    """Show a refusal where it belongs: at its field, else above the form."""
    field = refusal.field if refusal.field in form.fields else None
    form.add_error(field, str(refusal.message))


def words_field(
    label: Any, *, required: bool, help_text: Any = "", limit: int = WORDS_LIMIT
) -> forms.CharField:
    rows = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, required=required, max_length=limit, widget=rows, help_text=help_text)


class MoveForm(forms.Form):
    """What one move asks for, and the version of the matter that the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, move: Move, *args: Any, seats: Sequence[Choice] = (), **options: Any) -> None:
        options.setdefault("auto_id", f"{move.code}_%s")
        super().__init__(*args, **options)
        self.move = move
        self.kept = ""
        for ask in move.asks:
            self.fields[str(ask)] = _field(ask, required=ask in move.needs, seats=seats)

    def given(self) -> Given:
        data = self.cleaned_data
        solved = data.get("solved", "")
        return Given(
            note=data.get("note", ""),
            reason=data.get("reason", ""),
            seat=parse_choice(data["seat"]) if data.get("seat") else None,
            outcome=Outcome(data["outcome"]) if data.get("outcome") else None,
            rating=int(data["rating"]) if data.get("rating") else None,
            solved=None if solved == "" else solved == "yes",
            amount=data.get("amount"),
            until=data.get("until"),
            other=data.get("other", ""),
        )

    def typed(self) -> str:
        """The words somebody has put in, whether the form is right or not: they are never lost."""
        typed = (self.data.get("reason", "").strip(), self.data.get("note", "").strip())
        return self.kept or "\n".join(filter(None, typed))


def _field(ask: Ask, *, required: bool, seats: Sequence[Choice]) -> forms.Field:
    label: Any = ASKS[ask]
    if ask is Ask.SEAT:
        empty = gettext_lazy("Choose…") if required else gettext_lazy("I handle it myself")
        return forms.ChoiceField(label=label, required=required, choices=[("", empty), *grouped(seats)])
    if ask is Ask.OUTCOME:
        return _radio(label, OUTCOMES.items(), required=required, initial=str(Outcome.SOLVED))
    if ask is Ask.RATING:
        return _radio(label, RATINGS.items(), required=required)
    if ask is Ask.SOLVED:
        answers = [("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]
        return _radio(label, answers, required=required)
    if ask is Ask.AMOUNT:
        return forms.IntegerField(label=label, required=required, min_value=1, max_value=365)
    if ask is Ask.UNTIL:
        return forms.DateField(label=label, required=required, widget=forms.DateInput(attrs={"type": "date"}))
    if ask is Ask.OTHER:
        return forms.CharField(label=label, required=required, max_length=40)
    if ask is Ask.PHOTOS:
        return PhotosField(label=label, required=False)
    return words_field(label, required=required, help_text=_help(ask))


def _help(ask: Ask) -> Any:
    if ask is Ask.REASON:
        return gettext_lazy("The reporter reads this.")
    return gettext_lazy("Only colleagues read this.")


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


class NoteForm(forms.Form):
    """Words for colleagues, or for the reporter."""

    text = words_field(gettext_lazy("Note"), required=True)
    for_reporter = forms.BooleanField(label=gettext_lazy("Show this to the reporter"), required=False)


class RevealForm(forms.Form):
    """Why somebody needs to see how to reach the reporter."""

    purpose = forms.ChoiceField(
        label=gettext_lazy("Why do you need it?"), choices=[("", gettext_lazy("Choose…")), *PURPOSES.items()]
    )


class TypeWordsForm(forms.Form):
    """The words of an entry of the matter list."""

    name = forms.CharField(label=gettext_lazy("Name (Chinese)"), max_length=60)
    name_en = forms.CharField(label=gettext_lazy("Name (English)"), max_length=120, required=False)
    hint = forms.CharField(label=gettext_lazy("What it covers (Chinese)"), max_length=400, required=False)
    hint_en = forms.CharField(label=gettext_lazy("What it covers (English)"), max_length=400, required=False)
    filing = words_field(gettext_lazy("When it is filed (Chinese)"), required=False, limit=400)
    filing_en = words_field(gettext_lazy("When it is filed (English)"), required=False, limit=400)
    closing = words_field(gettext_lazy("When it is closed (Chinese)"), required=False, limit=400)
    closing_en = words_field(gettext_lazy("When it is closed (English)"), required=False, limit=400)
    public = forms.BooleanField(label=gettext_lazy("Shown on the public map"), required=False)


class LimitForm(forms.Form):
    """One limit: how many of what."""

    amount = forms.IntegerField(label=gettext_lazy("How many"), min_value=1, max_value=365)
    unit = forms.ChoiceField(
        label=gettext_lazy("Of what"),
        choices=[
            (Unit.WORKDAY.value, gettext_lazy("working days")),
            (Unit.WORKHOUR.value, gettext_lazy("working hours")),
            (Unit.WORKMINUTE.value, gettext_lazy("working minutes")),
            (Unit.HOUR.value, gettext_lazy("hours, round the clock")),
        ],
    )
