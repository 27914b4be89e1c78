"""Reading organisations and where they serve."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from mulin.kernel.stamps import StampedQuerySet
from mulin.posts.queries.filters import area_filter, by_key, running, words_of
from mulin.posts.rules import Permission, upwards
from mulin.posts.rules.bodies import BodyFunction

if TYPE_CHECKING:
    from mulin.posts.models.organisation import Organisation, Service  # noqa: F401 - named by the base class
    from mulin.posts.who import Who


class OrganisationQuerySet(StampedQuerySet["Organisation"]):
    """Bodies, those that are open, those that serve a place."""

    def open(self) -> Self:
        return self.filter(closed_at__isnull=True)

    def with_functions(self) -> Self:
        return self.prefetch_related("function_rows")

    def with_services(self) -> Self:
        """With home, functions and the areas that they serve now."""
        from mulin.posts.models import Service  # the model needs this module

        running = Service.objects.filter(to_at=None).select_related("area").defer("area__border")
        services = Prefetch("services", running.order_by("area__path"))
        return self.with_functions().prefetch_related(services).select_related("home").defer("home__border")

    def serving(self, path: str, now: datetime) -> Self:
        """Open bodies that serve the place: an area they serve contains it."""
        from mulin.posts.models import Service  # the model needs this module

        here = Service.objects.running(now).filter(organisation=OuterRef("pk"), area__path__in=upwards(path))
        return self.open().filter(Exists(here))

    def taking(self, *functions: BodyFunction | str) -> Self:
        """Bodies that take care of one of these."""
        from mulin.posts.models import OrganisationFunction  # the model needs this module

        wanted = [str(function) for function in functions]
        rows = OrganisationFunction.objects.filter(organisation=OuterRef("pk"), function__in=wanted)
        return self.filter(Exists(rows))

    def named(self, words: str) -> Self:
        """Whose Chinese or English name has every word."""
        found = self
        for word in words_of(words):
            found = found.filter(Q(name__icontains=word) | Q(name_en__icontains=word))
        return found

    def page(self, last: tuple[str, UUID] | None = None) -> Self:
        """By name, from after the last one of the page before."""
        return self.filter(by_key("name", last)).order_by("name", "id")

    def visible_to(self, who: Who) -> Self:
        """Included if and only if `may(who, Permission.ORGANISATION_READ, organisation)`."""
        return self.allowed(who, Permission.ORGANISATION_READ)

    def allowed(self, who: Who, permission: Permission) -> Self:
        """Included if and only if `may(who, permission, organisation)`."""
        return self.filter(area_filter(who, permission, path_fields=("home__path",), organisations=("id",)))


class ServiceQuerySet(QuerySet["Service"]):
    """Who serves where."""

    def running(self, now: datetime) -> Self:
        return self.filter(running(now))
