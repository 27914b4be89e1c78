"""The dossier of a household on paper: what for is asked, and written down before the sheet is made."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from mulin.doors.desk.dossier_sheet import AN_HOUR, PRINTS_AN_HOUR, sheet_of
from mulin.doors.dossier import household_dossier, read_household, the_one
from mulin.journal.face import Purpose, Reading
from mulin.kernel.paper import pdf
from mulin.kernel.throttle import take
from mulin.posts.face import Permission, needs, who_asks
from mulin.registry.face import Household


@needs(Permission.DESK_OPEN, Permission.REGISTRY_OPEN)
@never_cache
@require_POST
def household(request: HttpRequest, id: UUID) -> HttpResponse:
    """One sheet; numbers stay masked on paper."""
    who = who_asks(request)
    found, purpose = the_one(Household, id, who), request.POST.get("purpose", "")
    if purpose not in Purpose.values:
        messages.error(request, _("Choose what the sheet is for."))
        return HttpResponseRedirect(reverse("household", args=[id]), status=303)
    take(f"print:{who.user.pk if who.user else ''}", limit=PRINTS_AN_HOUR, per=AN_HOUR, now=who.now)
    read_household(found, who, kind=Reading.PRINT, purpose=purpose)
    data = sheet_of(household_dossier(found, who), who, Purpose(purpose))
    answer = HttpResponse(
        pdf("desk/dossier.typ", data, language=get_language() or "zh-hans"), content_type="application/pdf"
    )
    answer["Content-Disposition"] = 'inline; filename="household.pdf"'
    return answer
