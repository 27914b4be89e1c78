"""Retention and seals at the desk."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mulin.journal.face import Entry, Seal, retention_standing, seal, seal_file
from mulin.matters.face import Matter
from mulin.posts.face import User
from tests.matters.world import ReporterGiven, a_matter
from tests.support.clock import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]


def desk(username: str, language: str = "en") -> Client:
    client = Client(headers={"Accept-Language": language})
    client.force_login(User.objects.get(username=username))
    return client


def test_years_are_decided_shown_and_kept_to() -> None:
    matter = a_matter(reporter=ReporterGiven.with_contact("王小明", "13800138000")).matter
    over = NOW - timedelta(days=800)
    Matter.objects.filter(pk=matter.pk).update(state="closed", state_at=over, closed_at=over)
    administrator = desk("sysadmin")
    page = administrator.get("/desk/retention/").content.decode()
    assert "A sample, not decided. Years: 1." in page
    assert "Erase 1 record now" not in page
    assert administrator.post("/desk/retention/contact/erase/").status_code == 404
    decided = administrator.post("/desk/retention/contact/", {"years": "2", "by_itself": "on"}, follow=True)
    assert "Decided. Years: 2. Erased by itself every night." in decided.content.decode()
    assert "Erase 1 record now" in decided.content.decode()
    erased = administrator.post("/desk/retention/contact/erase/", follow=True).content.decode()
    assert "1 record was erased." in erased
    entry = Entry.objects.get(code="retention.decided")
    assert entry.by == User.objects.get(username="sysadmin").pk


@pytest.mark.parametrize(("rule", "years", "told"), [
    ("disclosure", "2", "from 3 to 200"), ("contact", "", "required"), ("contact", "900", "200"),
])  # fmt: skip
def test_what_cannot_be_is_refused_with_words(rule: str, years: str, told: str) -> None:
    answer = desk("sysadmin").post(f"/desk/retention/{rule}/", {"years": years})
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not any(each.decided for each in retention_standing(NOW))
    assert desk("sysadmin").post("/desk/retention/nothing/", {"years": "2"}).status_code == 404


def test_the_auditor_gives_seals_away_and_checks_them() -> None:
    auditor = desk("auditor", "zh-Hans")
    assert "还没有封存证明" in auditor.get("/desk/seals/").content.decode()
    made = seal(NOW)
    assert made
    assert f"/desk/seals/{made.number}/sheet/" in auditor.get("/desk/seals/").content.decode()
    content = auditor.get(f"/desk/seals/{made.number}/file/").content
    assert content == seal_file(made)
    a_matter()

    def brings(data: bytes) -> str:
        return auditor.post("/desk/seals/", {"file": SimpleUploadedFile("s.txt", data)}).content.decode()

    assert "一致" in brings(content)
    assert "不是封存证明" in brings(b"Dear diary")
    assert "对不上" in brings(content.replace(b'"number":1', b'"number":3'))
    assert Seal.objects.count() == 1
