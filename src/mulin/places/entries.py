"""What this room writes in the journal."""

from django.utils.translation import gettext_lazy as _

from mulin.journal.face import Subject, register
from mulin.places.models import Area

OPENED = register("area.opened", _("Area opened"), words={"name": "internal"}).code
RENAMED = register("area.renamed", _("Area renamed"), words={"before": "internal", "after": "internal"}).code
DESCRIBED = register("area.described", _("Details of an area changed")).code
REDRAWN = register("area.redrawn", _("Border redrawn")).code
CLOSED = register("area.closed", _("Area closed"), words={"reason": "internal"}).code
OPENED_MANY = register("areas.opened", _("Areas opened in one go")).code
REBASED = register("village.rebased", _("Codes in a village moved")).code
LOADED = register("divisions.loaded", _("Official divisions loaded")).code


def about(area: Area) -> Subject:
    """The subject of entries about one area."""
    return Subject("area", area.id)
