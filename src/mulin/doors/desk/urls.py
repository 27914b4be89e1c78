"""Mounted at `desk/`."""

from django.urls import path

from mulin.doors.desk.views import layers, map, places, queue, search

urlpatterns = [
    path("", queue.home, name="desk"),
    path("queue/", queue.queue, name="queue"),
    path("queue/stamp/", queue.stamp, name="queue-stamp"),
    path("map/", map.map, name="map"),
    path("map/areas.json", layers.areas, name="map-areas"),
    path("map/buildings.json", layers.buildings, name="map-buildings"),
    path("map/matters.json", layers.matters, name="map-matters"),
    path("search/", search.search, name="search"),
    path("places/", places.places, name="places"),
    path("places/<str:path>/", places.place, name="place"),
]
