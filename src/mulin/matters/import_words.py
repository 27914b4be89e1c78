"""The words of taking over a list of former matters."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mulin.matters.models.importing import ImportStage
from mulin.matters.rules.importing import Wrong

Words = str | Promise

WRONG: dict[Wrong, Words] = {
    Wrong.COLUMNS: _("Please say in which columns these stand: %(titles)s."),
    Wrong.MISSING: _(
        "Nothing stands here. (Of merged cells only the first holds something: please split them.)"
    ),
    Wrong.OPEN: _("It is not closed. Only what was settled is taken over; raise what is still open."),
    Wrong.DATE: _("“%(words)s” is no date that can be read. Write it as 2025-03-31 or 2025-03-31 14:05."),
    Wrong.FUTURE: _("“%(words)s” lies in the future."),
    Wrong.LONG_AGO: _("“%(words)s” is too long ago: is the year right?"),
    Wrong.ORDER: _("It was closed before it was reported."),
    Wrong.UNKNOWN: _("“%(words)s” is not known here. Say what it means, or change it in the file."),
    Wrong.OUTSIDE: _("“%(words)s” lies where you may take nothing over."),
    Wrong.PHONE: _("This does not look like a phone number."),
    Wrong.RATING: _("“%(words)s” is no rating. Write 1 to 5, or the words for it."),
    Wrong.SPOT: _("“%(words)s” is no degree of longitude or latitude."),
    Wrong.TWICE: _("This number stands in the file twice."),
    Wrong.AGAIN: _("A matter of this number was taken over before."),
}

STAGES: dict[str, Words] = {
    ImportStage.DRAFT: pgettext_lazy("import", "Being prepared"),
    ImportStage.RUNNING: pgettext_lazy("import", "Being taken over"),
    ImportStage.DONE: pgettext_lazy("import", "Taken over"),
    ImportStage.UNDOING: pgettext_lazy("import", "Being undone"),
    ImportStage.UNDONE: pgettext_lazy("import", "Undone"),
    ImportStage.DROPPED: pgettext_lazy("import", "Given up"),
}

IMPORT_ENTRIES: dict[str, Words] = {
    "import.begun": _("A list of former matters was uploaded"),
    "import.explained": _("It was said what the columns and words of a list mean"),
    "import.started": _("A list of former matters is being taken over"),
    "import.done": _("A list of former matters was taken over"),
    "import.dropped": _("A list of former matters was given up"),
    "import.undoing": _("A list that was taken over is being undone"),
    "import.undone": _("A list that was taken over was undone"),
    "matter.import_undone": _("It was taken out again with the list it came from"),
}
