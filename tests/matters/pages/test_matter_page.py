"""A matter's page: what it tells, whom it hides, what it costs, and what may be revealed."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from mulin.journal.face import Disclosure, DisclosureOf
from mulin.matters.actions.cases import seat_key
from mulin.matters.face import Matter, ReporterGiven, ReporterKind, close_unchecked, note
from mulin.posts.face import Who
from tests.matters.pages.desk import (
    CONTACT,
    Answer,
    a_photo,
    at_desk,
    brought_to,
    colleague_elsewhere,
    open_page,
    send,
    words_of,
)
from tests.matters.world import NOW, a_matter, do, leave_vacant, the, the_workers_seat

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]
CHINESE = re.compile(r"[\u4e00-\u9fff]")
MOST_STATEMENTS = 32


def reveal(username: str, matter: Matter, **fields: str) -> Answer:
    return at_desk(username).post(reverse("matter-contact", args=[matter.number]), fields)


def test_it_says_whose_turn_it_is_until_when_and_what_happened() -> None:
    matter = brought_to("handling")
    note(matter, text="钥匙在门卫那里", for_reporter=False, by=the("handler"), now=NOW)
    text = words_of(open_page("handler", matter))
    assert matter.number in text
    assert "Department handler" in text
    assert "钥匙在门卫那里" in text
    assert "Accepted" in text
    assert "Large (street and above)" in text
    assert 'data-key="h"' in text, "hand in has its key"


def test_the_number_may_be_written_as_people_write_it() -> None:
    matter = a_matter().matter
    plain = matter.number.replace("-", "")
    assert at_desk("worker").get(f"/desk/matters/{plain}/").status_code == 200


@pytest.mark.parametrize("number", ["26-000138-9", "no-number", "9" * 500, "26-999999-3"])
def test_what_is_no_number_is_not_found(number: str) -> None:
    assert at_desk("worker").get(f"/desk/matters/{number}/").status_code == 404


def test_strangers_do_not_learn_that_it_exists() -> None:
    matter = a_matter().matter
    for username in (colleague_elsewhere(), "handler", "auditor", "sysadmin", "publisher"):
        assert open_page(username, matter).status_code == 404, username


def test_whoever_is_not_signed_in_is_led_to_the_sign_in_page(client: Client) -> None:
    answer = client.get(f"/desk/matters/{a_matter().matter.number}/")
    assert answer.status_code == 302
    assert "next=" in answer["Location"]


def test_script_in_a_text_is_shown_as_text() -> None:
    matter = a_matter(
        text="<script>alert(1)</script><img src=x onerror=alert(2)>", title="<b>粗体</b>"
    ).matter
    text = words_of(open_page("worker", matter))
    assert "<script>alert" not in text
    assert "<img src=x" not in text
    assert "<b>粗体" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


def test_a_late_matter_says_so_in_words_and_colour() -> None:
    matter = a_matter().matter
    Matter.objects.filter(pk=matter.pk).update(due_at=NOW - timedelta(hours=3))
    text = words_of(open_page("worker", matter))
    assert "state-late" in text
    assert "due-late" in text
    assert "late," in text


def test_a_vacant_seat_is_named_with_who_acts_for_it() -> None:
    matter = a_matter().matter
    leave_vacant(the_workers_seat())
    text = words_of(open_page("head", matter))
    assert "Nobody holds this seat now" in text
    assert "/do/file/" in text, "the superior may file it"


def test_what_the_system_did_is_folded() -> None:
    matter = brought_to("handled", grid=True)
    Matter.objects.filter(pk=matter.pk).update(turn=None, due_at=NOW)
    close_unchecked(by=Who.system(NOW), now=NOW)
    text = words_of(open_page("head", matter))
    assert "1 step by the system" in text


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize(
    "state", ["reported", "filed", "dispatched", "handling", "handled", "closed", "assessed"]
)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_state_reads_whole_in_both_languages(state: str, language: str) -> None:
    matter = brought_to(state, by=the("instructor"), text="lamp", title="lamp")
    text = words_of(open_page("operator", matter, language))
    main = text[text.index('<main id="main"') : text.index("</main>")]
    shown = re.sub(r"<[^>]+>", " ", main)
    if language == "zh-hans":
        assert "Whose turn" not in shown
        assert "轮到谁" in shown
    else:
        said = re.sub("|".join(("给居民的话", "说明", "给同事的话")), "", shown)
        assert not CHINESE.search(said), CHINESE.findall(said)


@pytest.mark.parametrize("state", ["reported", "filed", "dispatched", "handling", "handled", "closed"])
def test_it_costs_a_fixed_number_of_statements(
    state: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    matter = brought_to(state, reporter=CONTACT)
    for number in range(6):
        note(matter, text=f"备注 {number}", for_reporter=False, by=the("operator"), now=NOW)
    client = at_desk("operator")
    open_page("operator", matter)
    with django_assert_max_num_queries(MOST_STATEMENTS):
        assert client.get(f"/desk/matters/{matter.number}/").status_code == 200


class TestReporter:
    def test_name_and_phone_are_masked(self) -> None:
        text = words_of(open_page("worker", a_matter(reporter=CONTACT).matter))
        assert "王**" in text
        assert "138****2211" in text
        assert "王秀英" not in text
        assert "13812342211" not in text

    def test_showing_them_needs_a_purpose_and_is_written_down(self) -> None:
        matter = a_matter(reporter=CONTACT).matter
        assert reveal("worker", matter).status_code == 422
        assert reveal("worker", matter, purpose="curiosity").status_code == 422
        assert not Disclosure.objects.exists()
        answer = reveal("worker", matter, purpose="contact")
        assert answer.status_code == 200
        assert "13812342211" in words_of(answer)
        assert "no-store" in answer["Cache-Control"]
        row = Disclosure.objects.get()
        reader = the("worker").user
        assert reader
        assert (row.reader, row.purpose, row.subject) == (reader.pk, "contact", matter.pk)
        assert DisclosureOf.objects.get().person == matter.reporters.get().contact_id
        assert "13812342211" not in words_of(open_page("worker", matter)), "only in that one answer"

    def test_reading_the_page_shows_nobody_a_phone_and_writes_nothing(self) -> None:
        matter = a_matter(reporter=CONTACT).matter
        answer = at_desk("worker").get(reverse("matter-contact", args=[matter.number]))
        assert answer.status_code == 303
        assert not Disclosure.objects.exists()

    def test_whoever_may_not_is_refused(self) -> None:
        matter = a_matter(reporter=CONTACT).matter
        assert reveal("instructor", matter, purpose="contact").status_code == 403
        elsewhere = reveal(colleague_elsewhere(), matter, purpose="contact")
        assert elsewhere.status_code == 404
        assert "Show how to reach them" not in words_of(open_page("instructor", matter))
        assert not Disclosure.objects.exists()

    def test_a_reporter_who_asked_for_secrecy_is_hidden_from_the_handler(self) -> None:
        matter = brought_to("handling", reporter=CONTACT, secret=True)
        text = words_of(open_page("handler", matter))
        assert "王**" not in text
        assert "Asked not to be known" in text
        assert reveal("handler", matter, purpose="contact").status_code == 403
        assert "王**" in words_of(open_page("operator", matter))

    def test_in_the_grid_the_same_worker_takes_in_and_handles_and_is_no_longer_told(self) -> None:
        matter = a_matter(reporter=CONTACT, secret=True).matter
        assert "王**" in words_of(open_page("worker", matter)), "whoever verifies it may ask"
        matter = do(matter, "file", "worker")
        assert "王**" not in words_of(open_page("worker", matter))
        assert reveal("worker", matter, purpose="contact").status_code == 403
        matter = do(matter, "hand_in", "worker")
        assert reveal("worker", matter, purpose="contact").status_code == 403
        assert reveal("head", matter, purpose="contact").status_code == 200

    def test_whoever_handled_it_once_is_not_told_later(self) -> None:
        matter = do(do(a_matter(reporter=CONTACT, secret=True).matter, "pass_up", "worker"), "file", "head")
        matter = do(matter, "dispatch", "head", seat=seat_key(the_workers_seat()))
        matter = do(do(matter, "accept", "worker"), "return", "worker")
        assert not matter.parts.filter(to_at=None).exists()
        assert "王**" not in words_of(open_page("worker", matter))
        assert reveal("worker", matter, purpose="contact").status_code == 403

    def test_a_colleague_who_asked_for_secrecy_is_not_named_to_the_worker_who_handles_it(self) -> None:
        matter = do(a_matter(by=the("building"), secret=True).matter, "file", "worker")
        reporter = the("building").user
        assert reporter
        text = words_of(open_page("worker", matter))
        main = text[text.index('<main id="main"') : text.index("</main>")]
        assert reporter.label not in main
        assert reporter.label in words_of(open_page("head", matter))

    def test_a_resident_with_an_account_is_not_named_in_the_timeline(self) -> None:
        resident = the("publisher").user
        assert resident
        given = ReporterGiven(kind=ReporterKind.RESIDENT, user=resident)
        matter = a_matter(by=the("publisher"), reporter=given).matter
        text = words_of(open_page("worker", matter))
        main = text[text.index('<main id="main"') : text.index("</main>")]
        assert resident.label not in main
        assert resident.name not in main


class TestNotes:
    def write(self, username: str, matter: Matter, **fields: str) -> Answer:
        return at_desk(username).post(reverse("matter-note", args=[matter.number]), fields)

    def test_a_note_is_for_colleagues_unless_it_says_so(self) -> None:
        matter = a_matter().matter
        assert self.write("worker", matter, text="门卫姓李").status_code == 303
        assert self.write("worker", matter, text="我们明天来", for_reporter="on").status_code == 303
        text = words_of(open_page("head", matter))
        assert "门卫姓李" in text
        assert "Word to the reporter" in text

    def test_an_empty_or_endless_note_comes_back(self) -> None:
        matter = a_matter().matter
        assert self.write("worker", matter, text="  ").status_code == 422
        endless = self.write("worker", matter, text="长" * 10_000)
        assert endless.status_code == 422
        assert "长" * 10_000 in words_of(endless)

    def test_whoever_may_not_note_is_refused(self) -> None:
        matter = a_matter().matter
        assert self.write("publisher", matter, text="x").status_code == 403
        assert self.write(colleague_elsewhere(), matter, text="x").status_code == 404


class TestPhotos:
    def matter_with_photo(self) -> Matter:
        matter = brought_to("handling")
        assert (
            send(at_desk("handler"), matter, "hand_in", reason="好了", photos=[a_photo()]).status_code == 303
        )
        return matter

    @pytest.mark.parametrize("name", ["matter-photo", "matter-thumb"])
    def test_only_whoever_reads_the_matter_sees_them(self, name: str) -> None:
        matter = self.matter_with_photo()
        url = reverse(name, args=[matter.number, matter.photos.get().pk])
        answer = at_desk("worker").get(url)
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
        assert b"".join(answer).startswith(b"\xff\xd8")
        assert "private" in answer["Cache-Control"]
        assert at_desk("worker").get(url, headers={"if-none-match": answer["ETag"]}).status_code == 304
        assert at_desk(colleague_elsewhere()).get(url).status_code == 404
        assert at_desk("auditor").get(url).status_code == 404

    def test_a_photo_of_another_matter_is_not_found(self) -> None:
        photo, other = self.matter_with_photo().photos.get(), a_matter().matter
        assert (
            at_desk("worker").get(reverse("matter-photo", args=[other.number, photo.pk])).status_code == 404
        )

    def test_the_page_shows_them(self) -> None:
        matter = self.matter_with_photo()
        assert reverse("matter-thumb", args=[matter.number, matter.photos.get().pk]) in words_of(
            open_page("operator", matter)
        )


def test_only_related_matters_that_one_may_read_are_listed() -> None:
    earlier, later = a_matter(text="第一次").matter, a_matter(text="第二次").matter
    Matter.objects.filter(pk=later.pk).update(follows=earlier)
    assert earlier.number in words_of(open_page("worker", later))
    assert later.number in words_of(open_page("worker", earlier))
    handled = brought_to("handling")
    Matter.objects.filter(pk=handled.pk).update(follows=earlier)
    assert earlier.number not in words_of(open_page("handler", handled))


def test_a_reopened_matter_tells_both_rounds() -> None:
    matter = do(brought_to("closed", by=the("instructor")), "reopen", "operator")
    text = words_of(open_page("operator", matter))
    assert "Reopened" in text
    assert "round 2" in text
