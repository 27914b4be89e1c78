"""What the journal writes about lists taken in and taken out: ids, codes and figures only."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mulin.journal.face import Word, register


def declare() -> None:
    """Register the codes; called when the application starts."""
    register("registry_import.begun", _("A list for the registry was uploaded"))
    register("registry_import.checked", _("A list was compared with the registry, nothing taken in yet"))
    register("registry_import.chosen", _("It was said what is done with those known already"))
    register("registry_import.started", _("A list is being taken into the registry"))
    register("registry_import.done", _("A list was taken into the registry"))
    register("registry_import.dropped", _("A list for the registry was given up"))
    register("registry_import.undoing", _("A list that was taken in is being undone"))
    register("registry_import.undone", _("A list that was taken in was undone"))
    register("registry.import_undone", _("Taken out again with the list it came from"))
    register("registry_export.asked", _("A list of the registry was asked for"))
    register("registry_export.agreed", _("A second person agreed to a list"), words={"note": Word.INTERNAL})
    register("registry_export.refused", _("A second person refused a list"), words={"note": Word.INTERNAL})
    register("registry_export.made", _("A list of the registry was taken out"))
