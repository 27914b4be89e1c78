"""What a public place is, and what a panorama must be: pure."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class LandmarkKind(TextChoices):
    """Places that everybody may know and use. The first group is what a town looks for in an emergency."""

    POLICE = "police", _("police station")
    FIRE = "fire", _("fire station, hydrant or extinguishers")
    CLINIC = "clinic", _("hospital or clinic")
    DEFIBRILLATOR = "aed", _("defibrillator (AED)")
    SHELTER = "shelter", _("emergency shelter or meeting point")
    SERVICE = "service", _("service centre or committee office")
    SCHOOL = "school", pgettext_lazy("public place", "school or kindergarten")
    ELDERS = "elders", _("canteen or centre for the elderly")
    PARK = "park", _("park, square or playground")
    MARKET = "market", pgettext_lazy("public place", "market")
    TOILET = "toilet", _("public toilet")
    TRANSPORT = "transport", _("bus stop or station")
    CHARGING = "charging", _("charging for electric bicycles")
    WASTE = "waste", _("collection point for waste")
    OTHER = "other", pgettext_lazy("public place", "other public place")


ICONS = {
    LandmarkKind.POLICE: "shield",
    LandmarkKind.FIRE: "flame",
    LandmarkKind.CLINIC: "stethoscope",
    LandmarkKind.DEFIBRILLATOR: "heartbeat",
    LandmarkKind.SHELTER: "tent",
    LandmarkKind.SERVICE: "building-community",
    LandmarkKind.SCHOOL: "school",
    LandmarkKind.ELDERS: "old",
    LandmarkKind.PARK: "trees",
    LandmarkKind.MARKET: "basket",
    LandmarkKind.TOILET: "toilet-paper",
    LandmarkKind.TRANSPORT: "bus",
    LandmarkKind.CHARGING: "charging-pile",
    LandmarkKind.WASTE: "trash",
    LandmarkKind.OTHER: "map-pin",
}

NOTE_LIMIT = 200
FULL_TURN = 360  # degrees
