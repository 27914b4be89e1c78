"""Photos of a matter: for whoever may read the matter, kept in no shared cache."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponseNotModified, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control

from mulin.kernel import storage
from mulin.kernel.refusals import NotYours
from mulin.matters.models import Photo
from mulin.matters.views.finding import find_matter
from mulin.posts.face import Permission, needs, who_asks


@needs(Permission.DESK_OPEN, Permission.MATTER_READ)
def photo(request: HttpRequest, number: str, id: UUID) -> HttpResponseBase:
    found = _find(request, number, id)
    return serve(request, found.file, f"{found.sha256}")


@needs(Permission.DESK_OPEN, Permission.MATTER_READ)
def thumb(request: HttpRequest, number: str, id: UUID) -> HttpResponseBase:
    found = _find(request, number, id)
    return serve(request, found.thumb, f"{found.sha256}-small")


def _find(request: HttpRequest, number: str, id: UUID) -> Photo:
    found = Photo.objects.filter(matter=find_matter(who_asks(request), number), pk=id).first()
    if found is None:
        raise NotYours
    return found


def serve(request: HttpRequest, name: str, tag: str) -> HttpResponseBase:
    """The file, or 304 where the browser has it. A photo never changes, but who may see it does: it is asked again."""
    etag = f'"{tag}"'
    known = request.headers.get("If-None-Match") == etag
    response = HttpResponseNotModified() if known else _file(name)
    response["ETag"] = etag
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _file(name: str) -> HttpResponseBase:
    response = picture(name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Disposition"] = "inline"
    return response


def picture(name: str) -> HttpResponseBase:
    """A photo out of the store. Raises NotYours where it is lost."""
    try:
        return StreamingHttpResponse(storage.shelf().read(name), content_type="image/jpeg")
    except storage.Missing:
        raise NotYours from None
