"""Posts as a Django app."""

from django.apps import AppConfig


class PostsConfig(AppConfig):
    """Who may: people, organisations, seats, posts, duties and what they allow."""

    name = "mulin.posts"
    label = "posts"
    verbose_name = "Mulin posts"
