"""The code lists of compared lists."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Says(TextChoices):
    """What it means to stand on the list."""

    TODO = "todo", _("Whoever stands on it is still to be reached")
    DONE = "done", _("Whoever stands on it is done; everybody else who lives here is outstanding")


class ListStage(TextChoices):
    """Where a list stands."""

    DRAFT = "draft", pgettext_lazy("list", "uploaded")
    RUNNING = "running", pgettext_lazy("list", "being compared")
    READY = "ready", pgettext_lazy("list", "compared")
    ERASED = "erased", pgettext_lazy("list", "erased")


class Outcome(TextChoices):
    """What became of a row."""

    DONE = "done", pgettext_lazy("row", "done")
    OUTSTANDING = "outstanding", pgettext_lazy("row", "outstanding")
    UNKNOWN = "unknown", pgettext_lazy("row", "not in the registry")
    AMBIGUOUS = "ambiguous", pgettext_lazy("row", "not certain who it is")
    GONE = "gone", pgettext_lazy("row", "no longer lives here")
    TWICE = "twice", pgettext_lazy("row", "stands there twice")


class How(TextChoices):
    """By what somebody was found, or why not."""

    DOCUMENT = "document", _("by the document number")
    PHONE = "phone", _("by the phone")
    NAME = "name", _("by name and date of birth")
    REGISTRY = "registry", _("from the registry: not on the list")
    NAME_DIFFERS = "differs", _("the number belongs to another name")
    SEVERAL = "several", _("several people fit")
    MALFORMED = "malformed", _("the document number has a wrong check digit")
    EMPTY = "empty", _("nothing in the row says who it is")
    NOBODY = "nobody", _("nobody fits")
