from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "mulin.doors.api"
    label = "api"
