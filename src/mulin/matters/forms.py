"""The forms of matters. What a move asks for comes from the table; the actions check it again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy

from mulin.kernel.refusals import Refusal
from mulin.matters.actions.options import parse_choice
from mulin.matters.actions.splitting import MOST_PORTIONS
from mulin.matters.labels import ANSWERS, PURPOSES
from mulin.matters.listwords import UNITS
from mulin.matters.move_fields import PhotosField, fields_of, portions_of, words_field
from mulin.matters.offering import Offering
from mulin.matters.rules.moves import Move, Outcome
from mulin.matters.rules.step import Given

__all__ = ["MoveForm", "NoteForm", "PhotosField", "RevealForm", "add_refusal", "words_field"]


def add_refusal(form: forms.Form, refusal: Refusal) -> None:
    """Show a refusal where it belongs: at its field, else above the form."""
    field = refusal.field if refusal.field in form.fields else None
    form.add_error(field, str(refusal.message))


class MoveForm(forms.Form):
    """What one move asks for, and the version of the matter that the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, move: Move, *args: Any, offering: Offering, **options: Any) -> None:
        options.setdefault("auto_id", f"{move.code}_%s")
        super().__init__(*args, **options)
        self.move = move
        self.kept = ""
        for ask in move.asks:
            self.fields |= fields_of(move, ask, offering)

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
            portions=portions_of(data),
            kind=data.get("kind", ""),
            place=data.get("place", ""),
        )

    @property
    def portions(self) -> list[tuple[BoundField, BoundField, bool]]:
        """Kind and text of each thing that is split off; two stand open, and those in which something is."""
        pairs = [(f"portion{n}_kind", f"portion{n}_text") for n in range(1, MOST_PORTIONS + 1)]
        return [
            (self[kind], self[text], n < 2 or bool(self[kind].value() or self[text].value()))
            for n, (kind, text) in enumerate(pairs)
            if kind in self.fields
        ]

    def typed(self) -> str:
        """The words somebody has put in, whether the form is right or not: they are never lost."""
        typed = (self.data.get("reason", "").strip(), self.data.get("note", "").strip())
        return self.kept or "\n".join(filter(None, typed))


class NoteForm(forms.Form):
    """Words for colleagues, or for the reporter."""

    text = words_field(gettext_lazy("Note"), required=True)
    for_reporter = forms.BooleanField(label=gettext_lazy("Show this to the reporter"), required=False)


class RevealForm(forms.Form):
    """Why somebody needs to see how to reach the reporter."""

    purpose = forms.ChoiceField(
        label=gettext_lazy("Why do you need it?"), choices=[("", gettext_lazy("Choose…")), *PURPOSES.items()]
    )


class NotReachedForm(forms.Form):
    """Nobody answered; a word on it for whoever tries next."""

    note = words_field(gettext_lazy("Note for colleagues"), required=False)


class RecheckForm(forms.Form):
    """What somebody found who looked again."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Is it solved?"), choices=list(ANSWERS.items()), widget=forms.RadioSelect
    )
    note = words_field(
        gettext_lazy("What did you find?"),
        required=False,
        help_text=gettext_lazy(
            "Only colleagues read this. Please say it where it is not solved, or cannot be told."
        ),
    )
    photos = PhotosField(label=gettext_lazy("Photos"), required=False)


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
    not_to_grids = forms.BooleanField(
        label=gettext_lazy("May not be given to grids"),
        required=False,
        help_text=gettext_lazy("It then starts at the community, or above."),
    )

    def values(self) -> dict[str, Any]:
        """As the action takes them."""
        given = dict(self.cleaned_data)
        return {**given, "to_grids": not given.pop("not_to_grids", False)}


class TemporaryForm(forms.Form):
    """An entry for a time only."""

    group = forms.ChoiceField(label=gettext_lazy("Group of the list"))
    name = forms.CharField(label=gettext_lazy("Name (Chinese)"), max_length=60)
    name_en = forms.CharField(label=gettext_lazy("Name (English)"), max_length=120, required=False)
    hint = forms.CharField(label=gettext_lazy("What it covers (Chinese)"), max_length=400, required=False)
    hint_en = forms.CharField(label=gettext_lazy("What it covers (English)"), max_length=400, required=False)
    consented_by = forms.CharField(
        label=gettext_lazy("Who consented"), max_length=200,
        help_text=gettext_lazy("The body of the grids at this level, with the date or number of its consent."),
    )  # fmt: skip
    until = forms.DateField(
        label=gettext_lazy("Until"), widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy("The last day on which it can be chosen."),
    )  # fmt: skip
    not_to_grids = forms.BooleanField(label=gettext_lazy("May not be given to grids"), required=False)

    def __init__(self, groups: list[tuple[str, str]], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        group = self.fields["group"]
        assert isinstance(group, forms.ChoiceField)  # noqa: S101 - declared above
        group.choices = [("", gettext_lazy("Choose…")), *groups]


class ExtendForm(forms.Form):
    """Another end of what is for a time, with whoever consented to it."""

    until = forms.DateField(label=gettext_lazy("Until"), widget=forms.DateInput(attrs={"type": "date"}))
    consented_by = forms.CharField(label=gettext_lazy("Who consented"), max_length=200)


class LimitForm(forms.Form):
    """One limit: how many of what."""

    amount = forms.IntegerField(label=gettext_lazy("How many"), min_value=1, max_value=365)
    unit = forms.ChoiceField(
        label=gettext_lazy("Of what"),
        choices=[(unit.value, words) for unit, words in UNITS.items()],
    )
