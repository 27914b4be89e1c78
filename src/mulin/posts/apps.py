"""Posts as a Django app."""

from django.apps import AppConfig
from django.core import checks


class PostsConfig(AppConfig):
    """Who may: people, organisations, seats, posts, duties and what they allow."""

    name = "mulin.posts"
    label = "posts"
    verbose_name = "Mulin posts"

    def ready(self) -> None:
        from mulin.posts import entries, forgetting, gate, reclosing

        entries.declare()
        forgetting.declare()
        reclosing.declare()
        checks.register(gate.check_every_view_declares, checks.Tags.urls)
