"""The words of the one map's panel and card, in the page's language."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def one_words() -> dict[str, str]:
    """By what the island calls them."""
    return {
        "find": _("Find a place, a building, a shop"),
        "nothing": _("Nothing here has this name."),
        "found": _("Found"),
        "layers": _("Layers"),
        "colour": _("Colour of the buildings"),
        "plain": pgettext("colour of buildings", "No colour"),
        "matters": _("Matters"),
        "merchants": _("Merchants"),
        "people": _("On duty"),
        "landmarks": _("Public places"),
        "panoramas": _("Panoramas"),
        "areas": _("Communities and grids"),
        "buildings": _("Buildings"),
        "unknown": _("not known"),
        "close": _("Close"),
        "card": _("What was clicked"),
        "failed": _("This could not be loaded. Please try again."),
        "many": _("%(count)s here"),
        "late": _("Late"),
        "home": _("Back to my area"),
    }
