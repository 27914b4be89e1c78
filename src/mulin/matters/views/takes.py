"""What each seat takes (责任清单): pages, paper and Excel, made from the matter list."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from mulin.kernel import paper, sheets
from mulin.kernel.refusals import NotYours
from mulin.matters.papers.takes import TAKES, takes_paper, takes_workbook
from mulin.matters.queries.takes import BODY, DutySheet, duty_sheets
from mulin.matters.views.who_table import town_asked
from mulin.places.face import Area
from mulin.posts.face import Permission, Who, needs, who_asks

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ALL = "all"


@needs(Permission.DESK_OPEN, Permission.MATTER_TYPE_READ)
@require_safe
def takes(request: HttpRequest) -> HttpResponse:
    """Every seat of a town, with how many kinds of matter come to it."""
    who = who_asks(request)
    town = town_asked(who, request.GET.get("town", ""))
    found = duty_sheets(town, who)
    context = {
        "now": who.now,
        "town": town,
        "roles": [sheet for sheet in found if not sheet.key.startswith(BODY)],
        "bodies": [sheet for sheet in found if sheet.key.startswith(BODY)],
    }
    return render(request, "matters/takes.html", context)


@needs(Permission.DESK_OPEN, Permission.MATTER_TYPE_READ)
@require_safe
def take(request: HttpRequest, key: str) -> HttpResponse:
    """The list of one seat."""
    who = who_asks(request)
    town = town_asked(who, request.GET.get("town", ""))
    (sheet,) = sheets_asked(town, key, who)
    return render(request, "matters/take.html", {"now": who.now, "town": town, "sheet": sheet})


@needs(Permission.DESK_OPEN, Permission.MATTER_TYPE_READ)
@require_safe
def takes_pdf(request: HttpRequest, key: str) -> HttpResponse:
    """On paper, one seat or all of them, in the language of the page or the one that is asked for."""
    who = who_asks(request)
    language = request.GET.get("language") or translation.get_language() or "zh-hans"
    return takes_printed(town_asked(who, request.GET.get("town", "")), key, who, language=language)


def takes_printed(town: Area, key: str, who: Who, *, language: str) -> HttpResponse:
    """The sheets of paper; also what programs get."""
    if language not in ("en", "zh-hans"):
        raise NotYours
    with translation.override(language):
        data = takes_paper(sheets_asked(town, key, who), town)
        answer = HttpResponse(paper.pdf(TAKES, data, language=language), content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="takes.pdf"'
    return answer


@needs(Permission.DESK_OPEN, Permission.MATTER_TYPE_READ)
@require_safe
def takes_excel(request: HttpRequest) -> HttpResponse:
    """Every seat in one workbook."""
    who = who_asks(request)
    found = duty_sheets(town_asked(who, request.GET.get("town", "")), who)
    answer = HttpResponse(sheets.write(takes_workbook(found)), content_type=EXCEL)
    answer["Content-Disposition"] = 'attachment; filename="takes.xlsx"'
    return answer


def sheets_asked(town: Area, key: str, who: Who) -> list[DutySheet]:
    """The one of the address, or all of them."""
    found = [sheet for sheet in duty_sheets(town, who) if key in (ALL, sheet.key)]
    if not found:
        raise NotYours
    return found
