from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "mulin.doors.desk"
    label = "desk"
