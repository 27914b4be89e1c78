"""What each seat takes, on paper and in Excel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mulin.kernel.sheets import Out
from mulin.matters.queries.takes import DutySheet
from mulin.places.face import Area

TAKES = "matters/paper/takes.typ"


def takes_paper(sheets: Sequence[DutySheet], town: Area) -> dict[str, Any]:
    """One sheet of paper for each seat, to be hung up or signed."""
    return {
        "head": town.label,
        "title": _("What each seat takes"),
        "header": [pgettext("of a kind", "Code"), _("What"), _("Does"), _("Within")],
        "sign": [_("Whoever sits here"), _("Date")],
        "sheets": [_sheet(sheet) for sheet in sheets],
    }


def takes_workbook(sheets: Sequence[DutySheet]) -> list[Out]:
    """One row for each thing that a seat does with a kind of matter."""
    header = [
        _("Seat"),
        _("Sits at"),
        pgettext("of a kind", "Code"),
        _("What"),
        _("Network"),
        _("Does"),
        _("Within"),
        _("Filed when"),
        _("Closed when"),
    ]
    rows = (
        [
            sheet.title, sheet.sits, take.kind.code, take.kind.label, take.network, does, within,
            take.kind.filing_label, take.kind.closing_label,
        ]
        for sheet in sheets
        for take in sheet.takes
        for does, within in take.says
    )  # fmt: skip
    return [Out(_("What each seat takes"), header, rows)]


def _sheet(sheet: DutySheet) -> dict[str, Any]:
    says = [{"key": circle, "value": ", ".join(does)} for circle, does in sheet.does]
    return {
        "title": sheet.title,
        "facts": [{"key": _("Sits at"), "value": sheet.sits}, *says],
        "rows": [
            [take.kind.code, take.kind.label, "\n".join(does for does, _within in take.says),
             "\n".join(within for _does, within in take.says)]
            for take in sheet.takes
        ],
    }  # fmt: skip
