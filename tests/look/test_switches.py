"""Theme and text size are remembered by the server; the gallery is closed in a town's own installation."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from pytest_django import Settings

pytestmark = pytest.mark.django_db
INLINE = re.compile(r"<[^>]*\sstyle=|<style|<script(?![^>]*\ssrc=)|<[a-z][^>]*\son[a-z]+=")


@pytest.fixture(autouse=True)
def demo(settings: Settings) -> None:
    settings.MULIN_DEMO = True


def test_the_theme_is_rendered_by_the_server(client: Client) -> None:
    answer = client.post("/look/theme/", {"theme": "dark", "next": "/look/"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/look/")
    assert 'data-bs-theme="dark"' in client.get("/look/").content.decode()


def test_large_text_is_rendered_by_the_server(client: Client) -> None:
    client.post("/look/text/", {"text": "large", "next": "/look/?door=portal"})
    assert 'class="portal large-text"' in client.get("/look/?door=portal").content.decode()


def test_a_forged_choice_or_way_back_is_ignored(client: Client) -> None:
    answer = client.post("/look/theme/", {"theme": "<script>", "next": "https://elsewhere.example/"})
    assert answer.headers["Location"] == "/"
    assert 'data-bs-theme="auto"' in client.get("/look/").content.decode()


def test_a_script_gets_no_page(client: Client) -> None:
    assert (
        client.post("/look/theme/", {"theme": "dark"}, headers={"X-Requested-With": "fetch"}).status_code
        == 204
    )


@pytest.mark.parametrize("door", ["desk", "portal"])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_gallery_has_nothing_inline(client: Client, settings: Settings, door: str, language: str) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    html = client.get(f"/look/?door={door}").content.decode()
    assert INLINE.findall(html) == []
    assert ('lang="zh-Hans"' in html) == (language == "zh-hans")


def test_the_gallery_is_closed_elsewhere(client: Client, settings: Settings) -> None:
    settings.MULIN_DEMO = settings.DEBUG = False
    assert client.get("/look/").status_code == 404
    assert client.get("/look/sample/areas.json").status_code == 404


def test_the_samples_of_the_map_are_geojson(client: Client) -> None:
    assert client.get("/look/sample/areas.json").json()["type"] == "FeatureCollection"
    assert client.get("/look/sample/none.json").status_code == 404
