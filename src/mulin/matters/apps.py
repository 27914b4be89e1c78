from django.apps import AppConfig


class MattersConfig(AppConfig):
    name = "mulin.matters"
    label = "matters"

    def ready(self) -> None:
        from mulin.matters.actions import forgetting
        from mulin.matters.codes import declare

        declare()
        forgetting.declare()
