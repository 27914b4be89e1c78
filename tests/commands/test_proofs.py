"""`mulin retention`, `mulin seal` and `mulin verify --seal` on a town."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from mulin.commands import seal
from mulin.commands.safekeeping import Trouble
from mulin.journal.face import SYSTEM, Entry, Given, Work, check_seal, nights, retention_decide
from mulin.matters.face import Matter, ReporterGiven
from mulin.matters.models import Contact, Reporter
from tests.channels.mail_world import office
from tests.commands.town import Town
from tests.matters.world import a_matter
from tests.support.clock import NOW

pytestmark = pytest.mark.tiny_town


def decide(rule: str, years: float) -> None:
    retention_decide(rule, years=years, by_itself=False, by=SYSTEM, at=NOW)


def test_a_settled_matter_forgets_in_steps_and_keeps_its_figures(town: Town) -> None:
    given = ReporterGiven.with_contact("王小明", "13800138000")
    old = a_matter(reporter=given).matter
    young = a_matter(reporter=ReporterGiven.with_contact("李四", "13900139000")).matter
    before = Contact.objects.count()
    over = NOW - timedelta(days=4 * 366)
    Matter.objects.filter(pk=old.pk).update(state="closed", state_at=over, closed_at=over)
    assert "contact" in town.says("retention", "dry-run")
    assert "Nobody has decided" in town.mulin("retention", "run", "contact").refusal
    decide("contact", 1)
    assert town.says("retention", "run", "contact").split() == ["contacts", "1", "Erased."]
    assert Reporter.objects.filter(matter=young, contact__isnull=False).exists()
    assert Contact.objects.count() == before - 1
    assert Reporter.objects.get(matter=old).contact is None
    decide("matter", 2)
    town.says("retention", "run", "matter")
    old.refresh_from_db()
    assert (old.text, old.address, old.title, old.lon) == ("", "", old.type.name, None)
    assert old.filed_place
    codes = Entry.objects.filter(subject=old.pk, code="matter.forgotten").count()
    assert codes == 2
    assert "The journal is whole." in town.says("verify")
    young.refresh_from_db()
    assert young.text


def test_a_seal_goes_out_on_paper_and_as_a_file_and_comes_back_as_proof(town: Town, tmp_path: Path) -> None:
    said = town.says("seal", "--file", tmp_path / "one.seal", "--print", tmp_path / "one.pdf")
    assert said.startswith("Seal 1 of ")
    assert (tmp_path / "one.pdf").read_bytes().startswith(b"%PDF")
    a_matter()
    assert "is as it was when seal 1 was given" in town.says("verify", "--seal", tmp_path / "one.seal")
    assert town.says("seal").startswith("Seal 2 of ")
    assert town.says("seal", "--number", "1").startswith("Seal 1 of ")
    assert "There is no seal 9" in town.mulin("seal", "--number", "9").refusal


def test_a_seal_is_mailed_at_night_and_again_until_it_was_taken(town: Town, settings: Any) -> None:
    settings.MULIN_SEALS_TO = ["county@example.cn"]
    with office(settings) as county, town.entered():
        county.says["DATA"] = "451 4.3.0 later"
        with pytest.raises(Trouble, match="not mailed: the mail server did not take it"):
            seal.nightly(NOW)
        del county.says["DATA"]
        assert seal.nightly(NOW)["mailed"] == 1
        [mail] = county.taken
        proof = Given(mail.get_content().encode())
        assert (proof.number, check_seal(proof)) == (1, [])
        nights.note(Work.SEAL, NOW, number=1)
        assert seal.nightly(NOW) == {"nothing": "new"}
    settings.MULIN_MAIL_SERVER = None
    assert "no mail server is set" in town.mulin("seal", "--mail", "county@example.cn").refusal


def test_what_is_no_seal_is_refused(town: Town, tmp_path: Path) -> None:
    (tmp_path / "x").write_text("Dear diary", encoding="utf-8")
    assert "is not a seal" in town.mulin("verify", "--seal", tmp_path / "x").refusal
    assert "cannot be read" in town.mulin("verify", "--seal", tmp_path / "none").refusal
