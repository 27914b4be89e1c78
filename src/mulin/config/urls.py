"""Where each door leads."""

from django.urls import include, path
from django.views.i18n import set_language

urlpatterns = [
    path("language/", set_language, name="set_language"),
    path("look/", include("mulin.look.urls")),
    path("desk/", include("mulin.posts.urls")),
    path("desk/", include("mulin.matters.urls")),
    path("desk/", include("mulin.channels.urls")),
    path("desk/", include("mulin.registry.urls")),
    path("desk/", include("mulin.registry.urls_privacy")),
    path("desk/", include("mulin.registry.urls_asked")),
    path("desk/", include("mulin.registry.urls_care")),
    path("desk/", include("mulin.registry.urls_lists")),
    path("desk/", include("mulin.visits.urls")),
    path("desk/", include("mulin.doors.desk.urls")),
    path("desk/", include("mulin.doors.desk.urls_registry")),
    path("desk/", include("mulin.doors.desk.urls_house")),
    path("api/", include("mulin.doors.api.urls")),
    path("", include("mulin.doors.watch.urls")),
    path("", include("mulin.doors.publicity.urls")),
    path("", include("mulin.channels.urls_public")),
    path("", include("mulin.doors.portal.urls")),
]

handler400 = "mulin.doors.refusals.bad_request"
handler403 = "mulin.doors.refusals.forbidden"
handler404 = "mulin.doors.refusals.not_found"
handler500 = "mulin.doors.refusals.server_error"
