"""The key ring, its file, and its sheet of paper."""

import stat
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from mulin.kernel import keyring, keysheet
from mulin.kernel.refusals import Invalid


def test_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "keys" / "ring.json"
    first = keyring.load_or_make(file, data=tmp_path / "data")
    assert keyring.load_or_make(file) == first
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [each.name for each in file.parent.iterdir()] == ["ring.json"]


def test_never_lies_inside_the_data_folder(tmp_path: Path) -> None:
    for file in (tmp_path / "data" / "ring.json", tmp_path / "data" / "deep" / "ring.json"):
        with pytest.raises(ImproperlyConfigured, match="inside the data folder"):
            keyring.load_or_make(file, data=tmp_path / "data")
        assert not file.exists()


def test_secrets_differ_by_name_and_by_key() -> None:
    ring = keyring.new_ring().rotated()
    made = {ring.secret("a"), ring.secret("b"), ring.secret("a", 1), keyring.new_ring().secret("a")}
    assert len(made) == 4
    assert ring.secret("a") == ring.secret("a", 2)


def test_a_missing_key_is_named() -> None:
    with pytest.raises(keyring.KeyMissing, match="Key 7"):
        keyring.new_ring().secret("a", 7)


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"roots": {"1": "YQ=="}}', '{"roots": {"x": "!"}}'])
def test_a_broken_file_says_so(tmp_path: Path, content: str) -> None:
    file = tmp_path / "ring.json"
    file.write_text(content)
    with pytest.raises(ImproperlyConfigured, match="is not a Mulin key ring"):
        keyring.load(file)


def test_a_ring_is_never_written_over_another(tmp_path: Path) -> None:
    file = tmp_path / "ring.json"
    ring = keyring.load_or_make(file)
    with pytest.raises(ImproperlyConfigured, match="left as it is"):
        keyring.save(keyring.new_ring(), file)
    keyring.save(ring.rotated(), file)
    assert keyring.load(file).current == 2


def test_paper_gives_the_ring_back() -> None:
    ring = keyring.new_ring().rotated().rotated()
    printed = "Mulin key sheet. Keep in the safe.\n\n" + keysheet.sheet(ring)
    assert keysheet.restore_from_sheet(printed) == ring
    assert keysheet.restore_from_sheet(printed.lower()) == ring


def test_every_wrong_letter_on_paper_is_noticed() -> None:
    sheet = keysheet.sheet(keyring.new_ring())
    line = sheet.splitlines()[1]
    start, end = line.index(":") + 2, line.index("/") - 1
    for place in range(start, end):
        if line[place] != " ":
            wrong = "A" if line[place] != "A" else "C"
            typed = sheet.replace(line, line[:place] + wrong + line[place + 1 :])
            with pytest.raises(Invalid, match="not typed right"):
                keysheet.restore_from_sheet(typed)


def test_a_missing_line_is_noticed() -> None:
    lines = keysheet.sheet(keyring.new_ring()).splitlines()
    for left_out in range(len(lines)):
        rest = "\n".join(lines[:left_out] + lines[left_out + 1 :])
        with pytest.raises(Invalid, match="missing"):
            keysheet.restore_from_sheet(rest)
    with pytest.raises(Invalid, match="no key"):
        keysheet.restore_from_sheet("nothing")
