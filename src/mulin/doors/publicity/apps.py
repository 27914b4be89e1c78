from django.apps import AppConfig


class PublicityConfig(AppConfig):
    name = "mulin.doors.publicity"
    label = "publicity"
