"""Panoramas: only what reaches all around, without what hid in the file; files go when nothing holds them."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from mulin.kernel import storage
from mulin.kernel.images import SafePhoto
from mulin.kernel.refusals import Invalid, TooLarge
from mulin.places.face import (
    Area,
    Panorama,
    PanoramaGiven,
    add_panorama,
    change_panorama,
    close_panorama,
    read_panorama,
    sweep_panoramas,
)
from tests.places.ground import BY, LATER, SOUTH, WEST, grid
from tests.places.pictures import MAKER, a_panorama

HERE = PanoramaGiven("广场", WEST + 0.001, SOUTH + 0.001, heading=90, taken_on=date(2025, 12, 1))


def read(content: bytes) -> SafePhoto:
    return read_panorama(BytesIO(content))


def pinned() -> Panorama:
    return add_panorama(HERE, read(a_panorama(1024)), by=BY, now=LATER)


def test_a_panorama_keeps_nothing_but_its_picture(tree: dict[str, Area]) -> None:
    panorama = pinned()
    kept = b"".join(storage.shelf().read(panorama.file))
    assert MAKER.encode() in a_panorama(1024)
    assert MAKER.encode() not in kept
    assert (panorama.width, panorama.height, panorama.place) == (1024, 512, grid(1))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (a_panorama(1600, 1200), "not_all_around"),
        (a_panorama(512), "too_small"),
        (b"<?php echo 1; ?>" * 100, "no_photo"),
        (a_panorama(1024, form="PNG"), "no_photo"),
        (a_panorama(2048)[:3000], "no_photo"),
    ],
    ids=["an ordinary photo", "too small", "no picture", "no JPEG", "half of one"],
)
def test_what_is_no_panorama_is_refused_with_words(content: bytes, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        read(content)
    assert (refused.value.code, refused.value.field) == (code, "picture")


def test_a_file_that_is_too_large_is_refused_before_it_is_opened(settings: Any) -> None:
    settings.MULIN_PANORAMA_BYTES = 1000
    with pytest.raises(TooLarge):
        read(a_panorama(1024))


def test_one_line_short_is_stitching_and_made_whole() -> None:
    picture = read(a_panorama(2048, 1020))
    assert picture.width == 2 * picture.height


def test_it_is_described_anew_without_touching_its_picture(tree: dict[str, Area]) -> None:
    panorama = pinned()
    turned = PanoramaGiven("广场", WEST + 0.001, SOUTH + 0.001, heading=180)
    assert change_panorama(panorama, turned, by=BY, now=LATER).file == panorama.file
    for wrong in (PanoramaGiven("广场", WEST + 0.001, SOUTH + 0.001, heading=360),
                  PanoramaGiven("广场", WEST + 0.001, SOUTH + 0.001, taken_on=date(2030, 1, 1))):  # fmt: skip
        with pytest.raises(Invalid):
            change_panorama(panorama, wrong, by=BY, now=LATER)


def test_its_files_go_a_week_after_it_was_taken_off_the_map(
    tree: dict[str, Area], settings: Any, tmp_path: Path
) -> None:
    settings.MULIN_DATA = tmp_path
    kept, gone = pinned(), pinned()
    close_panorama(gone, by=BY, now=LATER)
    written = next(each.written_at for each in storage.shelf().things("panoramas"))
    soon, later = max(written, LATER) + timedelta(days=1), max(written, LATER) + timedelta(days=9)
    assert sweep_panoramas(soon) == 0
    assert sweep_panoramas(later) == 2
    assert storage.exists(kept.file)
    assert not storage.exists(gone.file)
