"""The code lists of visits and campaigns."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Stage(TextChoices):
    """Where a visit stands."""

    PLANNED = "planned", pgettext_lazy("visit", "planned")
    DONE = "done", pgettext_lazy("visit", "visited")
    MISSED = "missed", _("nobody home")
    CANCELLED = "cancelled", pgettext_lazy("visit", "called off")


class Why(TextChoices):
    """Why one goes there. A care need is no reason that is written down: whoever may not read the need reads this."""

    ROUND = "round", _("regular round")
    STALE = "stale", _("not confirmed for long")
    FOLLOW_UP = "follow_up", _("as agreed last time")
    ASKED = "asked", _("they asked for it")
    CAMPAIGN = "campaign", _("a campaign")
    NEW = "new", _("newly moved in")


class Way(TextChoices):
    """How they were spoken to."""

    DOOR = "door", _("at the door")
    PHONE = "phone", _("by phone")
    OFFICE = "office", _("at the office")


class Network(TextChoices):
    """The five networks that share the grids (五网合一), and the street itself."""

    PARTY = "party", _("Party building")
    LIVELIHOOD = "livelihood", _("People's livelihood")
    EPIDEMIC = "epidemic", _("Epidemic prevention")
    PEACE = "peace", _("Peace and safety")
    CIVILITY = "civility", _("Civility")
    STREET = "street", _("The street as a whole")


class Whom(TextChoices):
    """What a campaign counts: one task for each."""

    GRIDS = "grids", _("each grid")
    HOUSEHOLDS = "households", _("each household")
    MERCHANTS = "merchants", _("each merchant")


class DoneBy(TextChoices):
    """How a task of a campaign is settled."""

    TICK = "tick", _("by a tick")
    VISIT = "visit", _("by a visit")


class TaskStage(TextChoices):
    """Where a task stands."""

    OPEN = "open", pgettext_lazy("task", "to do")
    DONE = "done", pgettext_lazy("task", "done")
    SPARED = "spared", pgettext_lazy("task", "not needed here")


class CampaignStage(TextChoices):
    """Where a campaign stands."""

    RUNNING = "running", pgettext_lazy("campaign", "under way")
    CLOSED = "closed", pgettext_lazy("campaign", "closed")
