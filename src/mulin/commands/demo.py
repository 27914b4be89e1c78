"""`mulin demo`: the invented town, built where there is none yet, then served."""

from __future__ import annotations

import os
import sys
import threading
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from mulin.commands import serve, start

LANGUAGES = ("en", "zh-hans")
PATIENCE = 60  # seconds until it must answer
LOOK_AGAIN = 0.1


def add_arguments(parser: ArgumentParser) -> None:
    """What comes after `mulin demo`."""
    serve.add_arguments(parser)
    parser.add_argument("--lang", help="en or zh-hans (default: DEMO_LANG, else the environment's locale)")
    parser.add_argument("--build-only", action="store_true", help="build the town and stop")
    parser.add_argument("--seed", type=int, help="another town and another year")
    parser.add_argument(
        "--size", choices=("full", "tiny"), default="full", help="tiny: one committee, 60 matters"
    )


def run(arguments: Namespace) -> int:
    language = chosen_language(arguments.lang, os.environ)
    os.environ["MULIN_DEMO"] = "1"
    os.environ.setdefault("MULIN_LANGUAGE", language)
    os.environ.setdefault("MULIN_WEB_WORKERS", "1")  # starts sooner; a demo has few visitors
    start.django()
    if not arguments.build_only:
        serve.look_at(arguments.host, arguments.port)
    if start.is_current():  # the usual start, which should not wait for a migration that has nothing to do
        start.watched()
    else:
        start.migrated()
    build(arguments.size, language, arguments.seed)
    if arguments.build_only:
        return 0
    threading.Thread(target=_greet, args=(arguments.host, arguments.port, language), daemon=True).start()
    return serve.serve(arguments.host, arguments.port, worker=not arguments.no_worker)


def chosen_language(wish: str | None, environ: Mapping[str, str]) -> str:
    """The one that was asked for; else Chinese where the environment speaks it; else English."""
    wish = wish or environ.get("DEMO_LANG")
    if wish:
        found = {"zh": "zh-hans", "zh-cn": "zh-hans"}.get(wish.lower(), wish.lower())
        if found not in LANGUAGES:
            start.stop(f"There is no language {wish!r}: say DEMO_LANG=en or DEMO_LANG=zh-hans.")
        return found
    locale = next((said for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (said := environ.get(name))), "")
    return "zh-hans" if locale.lower().startswith("zh") else "en"


def build(size: str, language: str, seed: int | None) -> None:
    """Build the town unless it is there: all of it or nothing, so one broken off is simply built again."""
    from mulin.demo.models import DemoTown
    from mulin.places.face import Area

    if DemoTown.objects.exists():
        return
    if Area.objects.exists():
        start.stop("There is a real town in this database: the demo takes one of its own (set MULIN_HOME).")
    from mulin.demo.build import SEED, build_demo
    from mulin.demo.progress import bars
    from mulin.demo.specs import Size

    print("Building the demo town ...", file=sys.stderr)
    now = start.now().replace(microsecond=0)
    build_demo(Size(size), now=now, seed=seed or SEED, language=language, progress=bars)


def _greet(host: str, port: int, language: str) -> None:
    """Once it answers, say where it is and whom one may be."""
    from django.db import connection
    from django.utils import translation

    from mulin.demo.welcome import welcome

    here = "localhost" if host in ("127.0.0.1", "0.0.0.0", "::", "::1") else host  # noqa: S104 - compared, not bound
    address = f"http://{here}:{port}"
    if not _answers(f"{address}/"):
        return
    with translation.override(language):
        print("\n".join(welcome(f"{address}/", f"{address}/desk/")), flush=True)
    connection.close()


def _answers(address: str) -> bool:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            urlopen(address, timeout=PATIENCE).close()  # noqa: S310 - our own server
        except HTTPError as answer:  # any answer is one
            answer.close()
            return True
        except (URLError, OSError):
            time.sleep(LOOK_AGAIN)
        else:
            return True
    return False
