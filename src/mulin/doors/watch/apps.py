from django.apps import AppConfig


class WatchConfig(AppConfig):
    name = "mulin.doors.watch"
    label = "watch"
