from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "mulin.doors.portal"
    label = "portal"
