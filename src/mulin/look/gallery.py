"""Invented samples for the gallery: one of every component, none of it from a real place."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext, gettext_lazy

from mulin.look.gallery_map import areas, buildings, matters, nearest
from mulin.look.shapes import Action, Chip, Event, NavItem, Photo, Row, Step

GEOJSON: dict[str, Callable[[], dict[str, Any]]] = {
    "areas": areas,
    "buildings": buildings,
    "matters": matters,
    "nearest": nearest,
}


class SampleForm(forms.Form):
    """One of every kind of field."""

    title = forms.CharField(
        label=gettext_lazy("What is the matter?"), help_text=gettext_lazy("In your own words.")
    )
    text = forms.CharField(
        label=gettext_lazy("Tell us more"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=[("lamp", gettext_lazy("Street lamp")), ("rubbish", gettext_lazy("Rubbish")), ("other", "…")],
    )
    public = forms.ChoiceField(
        label=gettext_lazy("Who may see it?"),
        widget=forms.RadioSelect,
        choices=[("all", gettext_lazy("Everybody")), ("staff", gettext_lazy("Only those who handle it"))],
    )
    reach = forms.BooleanField(label=gettext_lazy("Send me word when something happens"), required=False)
    photos = forms.FileField(label=gettext_lazy("Photos"), required=False)


class ReasonForm(forms.Form):
    """What most moves ask for."""

    reason = forms.CharField(label=gettext_lazy("Why?"), widget=forms.Textarea(attrs={"rows": 2}))


def _nav() -> list[NavItem]:
    return [
        {"url": "#queue", "label": gettext("Queue"), "icon": "inbox", "active": True, "count": 7},
        {"url": "#map", "label": gettext("Map"), "icon": "map-2"},
        {"url": "#search", "label": gettext("Search"), "icon": "search"},
        {"url": "#list", "label": gettext("Matter list"), "icon": "list-details"},
        {"url": "#places", "label": gettext("Places"), "icon": "building-community"},
        {"url": "#people", "label": gettext("People"), "icon": "users"},
    ]


def _states() -> list[tuple[str, str, str]]:
    return [
        ("filed", "open", gettext("Filed")),
        ("handling", "near", gettext("In hand")),
        ("dispatched", "late", gettext("Dispatched")),
        ("on_hold", "waiting", gettext("On hold")),
        ("closed", "done", gettext("Closed")),
        ("declined", "void", gettext("Not filed")),
    ]


def _steps(now: datetime) -> list[Step]:
    day = timedelta(days=1)
    return [
        {"key": "report", "label": gettext("Report"), "status": "done", "at": now - 2 * day, "who": "王*"},
        {
            "key": "file",
            "label": gettext("File"),
            "status": "done",
            "at": now - 2 * day + day / 24,
            "spent": day / 24,
        },
        {
            "key": "dispatch",
            "label": gettext("Dispatch"),
            "status": "done",
            "at": now - day,
            "spent": day / 3,
        },
        {
            "key": "handle",
            "label": gettext("Handle"),
            "status": "now",
            "due": now + day / 30,
            "who": gettext("Property company"),
        },
        {"key": "check", "label": gettext("Check"), "status": "todo"},
        {"key": "assess", "label": gettext("Assess"), "status": "todo"},
    ]


def _events(now: datetime) -> list[Event]:
    return [
        {
            "title": gettext("Dispatched"),
            "at": now - timedelta(hours=5),
            "icon": "send",
            "kind": "open",
            "who": gettext("Town operator"),
            "text": gettext("Please look at the cable as well: it failed twice this year."),
        },
        {
            "title": gettext("Note"),
            "at": now - timedelta(days=1),
            "icon": "note",
            "who": gettext("Grid head"),
            "text": gettext("The key of the switch box is at the gate."),
            "internal": True,
        },
        {
            "title": gettext("Reported"),
            "at": now - timedelta(days=2),
            "icon": "message-report",
            "kind": "done",
        },
    ]


def _actions() -> tuple[Action, list[Action]]:
    first: Action = {
        "key": "hand_in",
        "label": gettext("Hand in"),
        "url": "#",
        "icon": "checks",
        "shortcut": "h",
        "form": ReasonForm(auto_id="first_%s"),
        "help": gettext("Say what was done; a photo helps the one who checks."),
    }
    more: list[Action] = [
        {"key": "return", "label": gettext("Return"), "url": "#", "icon": "arrow-back-up", "shortcut": "r"},
        {
            "key": "hold",
            "label": gettext("Put on hold"),
            "url": "#",
            "icon": "player-pause",
            "form": ReasonForm(auto_id="hold_%s"),
        },
        {
            "key": "withdraw",
            "label": gettext("Withdraw"),
            "url": "#",
            "icon": "trash",
            "danger": True,
            "confirm": gettext("This cannot be undone. The reporter will be told."),
        },
    ]
    return first, more


def _chips() -> list[Chip]:
    return [
        {"label": gettext("Waits for me"), "url": "#", "active": True, "count": 7},
        {"label": gettext("Late"), "url": "#", "count": 2, "icon": "alert-triangle"},
        {"label": gettext("This week"), "url": "#"},
    ]


def _matters(now: datetime) -> list[dict[str, Any]]:
    titles = [
        gettext("Street lamp out at the corner"),
        gettext("Rubbish not collected behind building 12 since Monday"),
        gettext("Noise from the square at night"),
        gettext("Lift stands still"),
        gettext("Fence mended"),
        gettext("Dog without a lead"),
    ]
    hours = (9, 1, -3, 30, -50, 5)
    return [
        {
            "number": f"2611-40{index}7-{index}",
            "title": title,
            "state": state,
            "place": gettext("Grid 3, building %(n)s") % {"n": index + 4},
            "due": now + timedelta(hours=hours[index]),
            "stopped": state[1] == "waiting",
            "over": state[1] in {"done", "void"},
        }
        for index, (title, state) in enumerate(zip(titles, _states(), strict=True))
    ]


def _rows() -> list[Row]:
    return [
        {"key": gettext("Number"), "value": "2611-4027-2"},
        {"key": gettext("Place"), "value": gettext("Longshan Road Street, grid 3, building 6")},
        {"key": gettext("Phone"), "value": "138****2211", "help": gettext("Masked; showing it asks why.")},
    ]


def _photos() -> list[Photo]:
    # The smallest picture there is: the gallery carries no photos.
    dot = "data:image/gif;base64,R0lGODlhAQABAIABAKm5uQAAACH5BAEAAAEALAAAAAABAAEAAAICRAEAOw=="
    return [
        {"url": dot, "thumb": dot, "alt": gettext("The lamp, unlit"), "caption": gettext("Before")},
        {"url": dot, "thumb": dot, "alt": gettext("The lamp, lit"), "caption": gettext("After")},
    ]


def context(request: HttpRequest, now: datetime) -> dict[str, Any]:
    """Everything that the gallery shows."""
    first, more = _actions()
    bad = SampleForm({"title": "", "kind": "lamp"}, auto_id="bad_%s")
    bad.is_valid()
    return {
        "now": now,
        "nav": _nav(),
        "search_url": request.path,
        "town": gettext("Longshan Road Street"),
        "hotline": "0632-12345",
        "inbox_url": "#",
        "inbox_count": 2,
        "footer_links": [
            {"url": "#", "label": gettext("Privacy")},
            {"url": "#", "label": gettext("Accessibility")},
        ],
        "states": _states(),
        "steps": _steps(now),
        "events": _events(now),
        "first": first,
        "more": more,
        "filters": _chips(),
        "matters": _matters(now),
        "rows": _rows(),
        "photos": _photos(),
        "form": SampleForm(),
        "bad_form": bad,
        "page": {"next_url": "#", "previous_url": "#"},
    }
