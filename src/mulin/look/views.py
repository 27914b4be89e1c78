"""The switches of the look, kept in cookies so that the server renders them, and the gallery."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from mulin.kernel import clock
from mulin.look import gallery as samples
from mulin.look.cookies import ONE_YEAR, TEXT_COOKIE, TEXT_SIZES, THEME_COOKIE, THEMES, chosen


def _remember(request: HttpRequest, cookie: str, field: str, allowed: tuple[str, ...]) -> HttpResponse:
    """Set the cookie and go back to the page; a script (which asks with fetch) gets no page."""
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        target = "/"
    scripted = request.headers.get("X-Requested-With") == "fetch"
    response = HttpResponse(status=204) if scripted else HttpResponseRedirect(target)
    value = chosen(request.POST.get(field), allowed)
    response.set_cookie(cookie, value, ONE_YEAR, samesite="Lax", secure=request.is_secure(), httponly=True)
    return response


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Remember auto, light or dark."""
    return _remember(request, THEME_COOKIE, "theme", THEMES)


@require_POST
def text(request: HttpRequest) -> HttpResponse:
    """Remember normal or large text."""
    return _remember(request, TEXT_COOKIE, "text", TEXT_SIZES)


def _only_for_builders() -> None:
    """The gallery is for those who build pages and for demonstrations, never for a town's own site."""
    if not (settings.DEBUG or getattr(settings, "MULIN_DEMO", False)):
        raise Http404


@require_GET
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component once, as desk or (with `?door=portal`) as portal."""
    _only_for_builders()
    door = "portal" if request.GET.get("door") == "portal" else "desk"
    return render(request, f"look/gallery_{door}.html", samples.context(request, clock.now()))


@require_GET
def sample(_request: HttpRequest, name: str) -> JsonResponse:
    """Invented GeoJSON for the maps of the gallery."""
    _only_for_builders()
    try:
        return JsonResponse(samples.GEOJSON[name]())
    except KeyError:
        raise Http404 from None
