"""Taking over a list at the desk and by a program, step by step."""

from __future__ import annotations

import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from mulin.kernel import clock as house_clock
from mulin.kernel import jobs, sheets
from mulin.matters.models import Import, Imported
from tests.api.client import Program, said
from tests.matters.former import a_list, a_row, lamp
from tests.matters.pages.desk import Answer, at_desk, words_of

pytestmark = [pytest.mark.tiny_town, pytest.mark.django_db]


def upload(username: str, *rows: list[str], language: str = "en") -> Answer:
    file = SimpleUploadedFile("2025.xlsx", a_list(*rows))
    return at_desk(username, language).post(reverse("imports"), {"file": file}, follow=True)


def test_from_the_file_to_the_matters_and_back() -> None:
    page = upload("operator", a_row("1"), a_row("2", 事项类别="飞碟"), a_row("3", 办结时间="昨天"))
    words = words_of(page)
    assert "Kind “飞碟”, in 1 row" in words
    assert "2025, row 4, column F" in words
    source = Import.objects.get()
    client = at_desk("operator")
    refused = client.post(reverse("import-start", args=[source.pk]))
    assert refused.status_code == 422
    assert "Some rows are wrong" in words_of(refused)
    name = next(field.name for field in page.context["words_form"] if "飞碟" in field.label)
    client.post(reverse("import-words", args=[source.pk]), {name: lamp().code})
    told = sheets.read(client.get(reverse("import-problems", args=[source.pk])).content)
    assert [row[:2] for row in told[0].rows[1:]] == [["4", "F"]]
    started = client.post(reverse("import-start", args=[source.pk]), {"leave_out": "on"})
    assert started["Location"].startswith("/desk/jobs/")
    jobs.run_next(house_clock.now, threading.Event())
    assert Imported.objects.filter(source=source).count() == 2
    assert "Take all of it back" in words_of(client.get(reverse("import", args=[source.pk])))
    client.post(reverse("import-undo", args=[source.pk]))
    jobs.run_next(house_clock.now, threading.Event())
    assert not Imported.objects.filter(source=source, undone=False).exists()


def test_the_page_asks_for_columns_that_it_cannot_guess() -> None:
    client = at_desk("operator", "zh-CN")
    file = SimpleUploadedFile("x.csv", "甲,乙\n1,2\n".encode())
    words = words_of(client.post(reverse("imports"), {"file": file}, follow=True))
    assert "事项类别" in words
    assert "A · 甲 (1)" in words
    source = Import.objects.get()
    refused = client.post(reverse("import-columns", args=[source.pk]), {"kind": "0"})
    assert refused.status_code == 422


def test_what_is_no_list_is_refused_with_words() -> None:
    client = at_desk("operator")
    for content in (b"\x89PNG\r\n", b""):
        answer = client.post(reverse("imports"), {"file": SimpleUploadedFile("a.xlsx", content)})
        assert answer.status_code == 422
    assert not Import.objects.exists()


def test_nobody_else_sees_a_list() -> None:
    upload("operator", a_row())
    assert upload("head", a_row()).status_code == 403
    assert at_desk("worker").get(reverse("import", args=[Import.objects.get().pk])).status_code == 403


def test_a_program_does_the_same() -> None:
    program = Program("operator")
    file = SimpleUploadedFile("l.xlsx", a_list(a_row(), a_row("2", 事项类别="飞碟")))
    made = program.upload("/imports", file, field="file", key="once")
    assert made.status_code == 201
    file.seek(0)
    assert said(program.upload("/imports", file, field="file", key="once")) == said(made)
    at = f"/imports/{said(made)['id']}"
    found = said(program.get(f"{at}/check"))
    assert (found["ready"], found["wrong"], found["unknown"]) == (1, 1, {"kind": {"飞碟": 1}})
    program.post(f"{at}/explain", {"meanings": {"kind": {"飞碟": lamp().code}}})
    job = said(program.post(f"{at}/start"))["job"]
    jobs.run_next(house_clock.now, threading.Event())
    assert said(program.get(f"/jobs/{job}"))["state"] == "done"
    assert said(program.get(at))["taken"] == 2
    assert program.post(f"{at}/drop").status_code == 409
    assert program.post(f"{at}/undo").status_code == 200
