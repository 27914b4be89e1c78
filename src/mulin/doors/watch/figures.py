"""Figures for Prometheus: how pages answer, and what piles up. None of them is about a person or an address."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector

from mulin.doors.watch.lights import all_lights
from mulin.journal.face import feed_behind, outbox_behind
from mulin.kernel import disk
from mulin.kernel.lights import Colour
from mulin.kernel.models import Beat, Job, JobState

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
_registry = CollectorRegistry()
SECONDS = Histogram(
    "mulin_request_seconds", "Time to answer", ["route", "method"], buckets=BUCKETS, registry=_registry
)
ANSWERS = Counter("mulin_answers", "Answers given", ["route", "method", "status"], registry=_registry)
_GRAVITY = {Colour.OFF: 0, Colour.GREEN: 0, Colour.AMBER: 1, Colour.RED: 2}


class MeasureMiddleware:
    """Counts and times answers by route, never by address; only there when figures are wanted."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        route = match.route if match else "none"
        # Strangers may call any word a method: each would be a line of its own, kept for ever.
        method = request.method if request.method in METHODS else "other"
        SECONDS.labels(route, method).observe(time.perf_counter() - began)
        ANSWERS.labels(route, method, f"{response.status_code // 100}xx").inc()
        return response


def exposition(now: datetime) -> tuple[bytes, str]:
    """The text that Prometheus reads, of all web processes together."""
    registry = CollectorRegistry()
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # its constructor has no types
    else:
        registry.register(_Own())
    registry.register(_Piles(now))
    return generate_latest(registry), CONTENT_TYPE_LATEST


class _Own:
    def collect(self) -> Iterator[Metric]:
        yield from _registry.collect()


class _Piles:
    """What waits, asked from the database at this moment."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def describe(self) -> list[Metric]:
        return []

    def collect(self) -> Iterator[Metric]:
        due, oldest = outbox_behind(self.now)
        yield _gauge("mulin_outbox_behind", "Messages that are due", due)
        age = (self.now - oldest).total_seconds() if oldest else 0
        yield _gauge("mulin_outbox_oldest_seconds", "Age of the oldest message that is due", age)
        yield _gauge("mulin_feed_behind", "Journal lines without a position", feed_behind())
        for stage in (JobState.WAITING, JobState.RUNNING, JobState.FAILED):
            count = Job.objects.filter(stage=stage).count()
            yield _gauge(f"mulin_jobs_{stage.value}", f"Long work: {stage.value}", count)
        seen = Beat.objects.filter(name="worker").values_list("at", flat=True).first()
        yield _gauge("mulin_worker_seen_seconds", "Since a worker lived", _age(self.now, seen))
        yield _gauge("mulin_disk_free_bytes", "Room where the data lie", disk.free(settings.MULIN_DATA))
        lights = GaugeMetricFamily("mulin_light", "0 well, 1 needs attention, 2 broken", labels=["light"])
        for light in all_lights(self.now):
            lights.add_metric([light.code], _GRAVITY[light.colour])
        yield lights


def _age(now: datetime, seen: datetime | None) -> float:
    return (now - seen).total_seconds() if seen else -1


def _gauge(name: str, words: str, value: float) -> Metric:
    return GaugeMetricFamily(name, words, value=value)
