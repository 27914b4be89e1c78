"""Forms of what is pinned to the map. What can be is decided by the actions; here is only what they ask."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mulin.doors.desk.calendar_forms import DateInput
from mulin.kernel.refusals import Invalid, TooLarge
from mulin.places.face import (
    NAME_LIMIT,
    Landmark,
    LandmarkGiven,
    LandmarkKind,
    Panorama,
    PanoramaGiven,
    place_at,
)
from mulin.posts.face import Permission, Scope, Who, may


class PinForm(forms.Form):
    """A name in both languages, and a point."""

    name = forms.CharField(label=_("Name"), max_length=NAME_LIMIT)
    name_en = forms.CharField(label=_("English name"), max_length=NAME_LIMIT, required=False)
    lon = forms.FloatField(label=_("Longitude"), min_value=-180, max_value=180)
    lat = forms.FloatField(label=_("Latitude"), min_value=-90, max_value=90)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("lon", "lat"):
            self.fields[name].widget.attrs["step"] = "any"


class LandmarkForm(PinForm):
    """A public place."""

    kind = forms.ChoiceField(label=_("What kind of place"), choices=LandmarkKind)
    note = forms.CharField(label=_("Hours, and what else to know"), max_length=200, required=False)
    note_en = forms.CharField(label=_("The same in English"), max_length=200, required=False)

    field_order = ("name", "name_en", "kind", "note", "note_en", "lon", "lat")

    def given(self) -> LandmarkGiven:
        return LandmarkGiven(**self.cleaned_data)

    @staticmethod
    def initial_of(landmark: Landmark) -> dict[str, Any]:
        return {name: getattr(landmark, name) for name in LandmarkForm.field_order}


class PanoramaForm(PinForm):
    """A panorama that is there already."""

    heading = forms.IntegerField(
        label=_("Which way its middle looks"), min_value=0, max_value=359, initial=0, required=False,
        help_text=_("In degrees: 0 is north, 90 east, 180 south, 270 west."),
    )  # fmt: skip
    taken_on = forms.DateField(label=_("Taken on"), required=False, widget=DateInput())

    field_order: tuple[str, ...] = ("name", "name_en", "heading", "taken_on", "lon", "lat")

    def given(self) -> PanoramaGiven:
        words = {name: value for name, value in self.cleaned_data.items() if name != "picture"}
        return PanoramaGiven(**words | {"heading": words["heading"] or 0})

    @staticmethod
    def initial_of(panorama: Panorama) -> dict[str, Any]:
        return {name: getattr(panorama, name) for name in PanoramaForm.field_order}


class NewPanoramaForm(PanoramaForm):
    """A panorama with its picture."""

    picture = forms.FileField(
        label=_("Picture"),
        help_text=_("A JPEG all around, exactly twice as wide as high, as a panorama camera makes it."),
    )
    picture.widget.attrs["accept"] = "image/jpeg"

    field_order = ("picture", *PanoramaForm.field_order)


def pinned(form: PinForm, who: Who, act: Callable[[], None]) -> bool:
    """Do it where the form is right and its point lies where `who` may; else the form says what is wrong."""
    if not form.is_valid():
        return False
    try:
        check_point(who, form.cleaned_data["lon"], form.cleaned_data["lat"])
        act()
    except (Invalid, TooLarge) as refusal:
        field = refusal.field if refusal.field in form.fields else None
        form.add_error(field or ("picture" if "picture" in form.fields else None), str(refusal))
        return False
    return True


def check_point(who: Who, lon: float, lat: float) -> None:
    """Refuse a point outside of the area in which they put things on the map."""
    if not may(who, Permission.PLACE_PICTURE, Scope(paths=(place_at(lon, lat),))):
        raise Invalid(_("This point lies outside of your area."), code="not_your_area", field="lon")
