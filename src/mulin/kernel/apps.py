"""The kernel as a Django app: it owns only machinery tables (throttle, counters)."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    """Ids, fields, encryption, working time: what every room stands on."""

    name = "mulin.kernel"
    label = "kernel"
    verbose_name = "Mulin kernel"
