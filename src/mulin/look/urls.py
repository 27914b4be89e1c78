"""Mounted at `look/`: the switches of the look, and the gallery of components."""

from django.urls import path

from mulin.look import views

app_name = "look"

urlpatterns = [
    path("", views.gallery, name="gallery"),
    path("theme/", views.theme, name="theme"),
    path("text/", views.text, name="text"),
    path("sample/<str:name>.json", views.sample, name="sample"),
]
