"""Pages about the installation itself."""

from __future__ import annotations

import hmac
from urllib.parse import urlsplit

import segno
from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mulin import __version__
from mulin.doors.watch import tls
from mulin.doors.watch.lights import all_lights
from mulin.kernel import beats, certificates
from mulin.kernel.lights import Colour, worst
from mulin.kernel.refusals import NotYours
from mulin.posts.face import Permission, needs, open_to_all, who_asks


@needs(Permission.SYSTEM_MANAGE)
@require_safe
def system(request: HttpRequest) -> HttpResponse:
    """All lights, the gravest first, each with how to mend it."""
    found = all_lights(who_asks(request).now)
    order = [Colour.RED, Colour.AMBER, Colour.GREEN, Colour.OFF]
    rows = sorted(found, key=lambda light: order.index(light.colour))
    context = {"rows": rows, "worst": worst(found), "words": _colours(), "version": __version__}
    if tls.is_local_authority():
        context["trust_url"] = _plain(request)
        context["trust_qr"] = segno.make(_plain(request), error="m", micro=False).svg_data_uri(
            scale=4, border=3
        )
    return render(request, "watch/system.html", context)


def _colours() -> dict[str, str]:
    return {
        Colour.RED: _("broken"),
        Colour.AMBER: _("needs attention"),
        Colour.GREEN: _("well"),
        Colour.OFF: _("not in use"),
    }


def _plain(request: HttpRequest) -> str:
    host = urlsplit(f"//{request.get_host()}").hostname or "localhost"
    host = f"[{host}]" if ":" in host else host
    return f"http://{host}:{settings.MULIN_PORT}{reverse('trust')}"


@open_to_all("A load balancer asks whether this server can be given work.")
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Whether the database answers and a worker lives: nothing else, for anybody may ask."""
    try:
        working = beats.worker_seen(who_asks(request).now)
    except DatabaseError:
        return _uncached(JsonResponse({"status": "down", "database": "down"}, status=503))
    body = {
        "status": "ok" if working else "no worker",
        "database": "ok",
        "worker": "ok" if working else "down",
    }
    return _uncached(JsonResponse(body))


@open_to_all("Prometheus asks with a token of its own.")
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures for Prometheus; not there unless a token is set and given."""
    from mulin.doors.watch import figures

    given = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    wanted: str = settings.MULIN_METRICS_TOKEN
    if not wanted or not hmac.compare_digest(given.encode(), wanted.encode()):
        raise NotYours
    text, kind = figures.exposition(who_asks(request).now)
    return _uncached(HttpResponse(text, content_type=kind))


@open_to_all("A phone that does not trust this town yet cannot come in by HTTPS.")
@require_safe
def trust(request: HttpRequest) -> HttpResponse:
    """How a phone learns to trust the town's own authority."""
    authority = tls.authority()
    if authority is None:
        raise NotYours
    language = request.GET.get("language", "")
    if language not in dict(settings.LANGUAGES):
        language = translation.get_language() or settings.LANGUAGE_CODE
    with translation.override(language):
        host = urlsplit(f"//{request.get_host()}").hostname or "localhost"
        port = "" if settings.MULIN_TLS_PORT == 443 else f":{settings.MULIN_TLS_PORT}"
        home = f"https://{f'[{host}]' if ':' in host else host}{port}/"
        context = {
            "authority": authority,
            "home": home,
            "language": language,
            "languages": settings.LANGUAGES,
        }
        return _uncached(render(request, "watch/trust.html", context))


@open_to_all("A phone fetches the authority's certificate, which is public.")
@require_safe
def trust_certificate(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """The certificate of the local authority, in the form that phones take."""
    if tls.authority() is None:
        raise NotYours
    body = certificates.authority_der(certificates.folder_of_town())
    response = HttpResponse(body, content_type="application/x-x509-ca-cert")
    response["Content-Disposition"] = 'attachment; filename="mulin.crt"'
    return _uncached(response)


def _uncached(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
