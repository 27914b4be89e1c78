from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "mulin.demo"
    label = "demo"
