"""Places as a Django app."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Where: the one tree of areas, its codes, borders and history."""

    name = "mulin.places"
    label = "places"
    verbose_name = "Mulin places"
