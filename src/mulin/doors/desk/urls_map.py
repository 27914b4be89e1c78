"""Mounted at `desk/`: the one map, what it draws, and what is pinned to it."""

from django.urls import path

from mulin.doors.desk.views import (
    landmarks,
    layers,
    map,
    map_card,
    map_data,
    map_find,
    panoramas,
    plans,
    tiles,
)

urlpatterns = [
    path("map/", map.map, name="map"),
    path("map/areas.json", layers.areas, name="map-areas"),
    path("map/buildings.json", layers.buildings, name="map-buildings"),
    path("map/matters.json", layers.matters, name="map-matters"),
    path("map/landmarks.json", map_data.landmarks, name="map-landmarks"),
    path("map/panoramas.json", map_data.panoramas, name="map-panoramas"),
    path("map/people.json", map_data.people, name="map-people"),
    path("map/numbers/<slug:by>.json", map_data.numbers, name="map-numbers"),
    path("map/find.json", map_find.find, name="map-find"),
    path("map/matters/<int:z>/<int:x>/<int:y>.json", tiles.matter_tile, name="map-matter-tile"),
    path("map/merchants/<int:z>/<int:x>/<int:y>.json", tiles.merchant_tile, name="map-merchant-tile"),
    path("map/card/area/<str:path>/", map_card.area_card, name="map-card-area"),
    path("map/card/landmark/<uuid:id>/", map_card.landmark_card, name="map-card-landmark"),
    path("map/card/panorama/<uuid:id>/", map_card.panorama_card, name="map-card-panorama"),
    path("map/card/merchant/<uuid:id>/", map_card.merchant_card, name="map-card-merchant"),
    path("landmarks/", landmarks.landmarks, name="landmarks"),
    path("landmarks/new/", landmarks.landmark_new, name="landmark-new"),
    path("landmarks/<uuid:id>/", landmarks.landmark, name="landmark"),
    path("landmarks/<uuid:id>/close/", landmarks.landmark_close, name="landmark-close"),
    path("panoramas/new/", panoramas.panorama_new, name="panorama-new"),
    path("panoramas/<uuid:id>/", panoramas.panorama, name="panorama"),
    path("panoramas/<uuid:id>/picture.jpg", panoramas.panorama_picture, name="panorama-picture"),
    path("panoramas/<uuid:id>/small.jpg", panoramas.panorama_thumb, name="panorama-thumb"),
    path("panoramas/<uuid:id>/change/", panoramas.panorama_change, name="panorama-change"),
    path("panoramas/<uuid:id>/close/", panoramas.panorama_close, name="panorama-close"),
    path("places/<str:path>/plan.pdf", plans.plan, name="place-plan"),
]
