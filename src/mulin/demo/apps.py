from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "mulin.demo"
    label = "demo"

    def ready(self) -> None:
        from mulin.demo.cast import cast
        from mulin.posts.face import offer_demo_cast

        offer_demo_cast(cast)
