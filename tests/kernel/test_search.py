"""Search: right from one Chinese character up, on both databases, and never beyond one's permission."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from mulin.kernel import search
from mulin.kernel.ids import new_id
from mulin.kernel.refusals import Invalid
from mulin.kernel.search import grams, postgresql, sqlite, table

TABLE = "kernel_try_search"
START = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def index(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A search table of this test's own."""
    monkeypatch.setattr(table, "_TABLES", {TABLE})
    dialect = postgresql if connection.vendor == "postgresql" else sqlite
    with connection.cursor() as cursor:
        for statement in dialect.create(TABLE):
            cursor.execute(statement)
    yield TABLE
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {TABLE}")


def put(text: str, *tokens: str, day: int = 0) -> UUID:
    id = new_id()
    search.write(TABLE, id, START + timedelta(days=day), text, tokens or ("all",))
    return id


def found(query: str, *tokens: str) -> list[UUID]:
    return list(search.find(TABLE, query, tokens or None))


def test_cuts_text_into_pairs() -> None:
    assert search.bigrams("路灯不亮了") == ["路灯", "灯不", "不亮", "亮了", "了"]
    assert search.bigrams("３号楼 LED灯，坏") == ["3", "号楼", "楼", "led", "灯", "坏"]
    assert search.bigrams("…?!") == []


@pytest.mark.parametrize(
    "query",
    [
        *("路", "了", "路灯", "灯不", "路灯不亮", "不亮了"),
        *("LED", "led", "le", "3号", "3号楼", "楼 路灯", "路灯 3", "楼LED", "号楼led灯"),
    ],
)
def test_finds_what_is_there(index: str, query: str) -> None:
    id = put("3号楼LED灯：路灯不亮了")
    put("水管漏水")
    assert found(query) == [id]


@pytest.mark.parametrize("query", ["亮路", "灯亮", "不路", "ledx", "4号", "路灯 水", "灯灯", "号3"])
def test_does_not_find_what_is_not_there(index: str, query: str) -> None:
    put("3号楼LED灯：路灯不亮了")
    assert found(query) == []


@given(text=st.text("路灯不亮了水管 ab1", max_size=12), data=st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_piece_of_a_text_finds_it(index: str, text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, max(len(text) - 1, 0)))
    piece = text[start : start + data.draw(st.integers(1, 6))].strip()
    # Latin letters are found by the beginning of their word, not from its middle.
    if not piece or (piece[0] in "ab1" and start and text[text.index(piece, start) - 1] in "ab1"):
        return
    if any(word and word[0] in "ab1" and not text.lower().startswith(word) for word in piece.split()):
        return
    id = put(text)
    # The texts before it are there, too, and some hold the same piece: the newest twenty are not enough.
    assert id in search.find(TABLE, piece, None, limit=100)


@pytest.mark.parametrize(
    "query",
    [
        *('"', "'", "''", '"路灯', "路灯*", "AND", "OR NOT", "路灯:*", "{grams}", "tokens:a37", "a & b | !c"),
        *("<->", "\\", "%", "%s", "\x00", "路\ud800", "(" * 50, "💡", "NEAR(a b)", "-", "^路"),
    ],
)
def test_no_text_of_a_user_breaks_it(index: str, query: str) -> None:
    put(query.replace("\ud800", "").replace("\x00", ""))
    assert isinstance(found(query, "all"), list)


@given(query=st.text(max_size=40))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_not_even_a_malicious_one(index: str, query: str) -> None:
    search.write(TABLE, UUID(int=1), START, query, ["all"])
    found(query, "all")


def test_words_in_the_text_give_no_permission(index: str) -> None:
    put(f"{search.area_token('370402')} 路灯 a3704", *search.area_tokens("420101"))
    assert found("路灯", search.area_token("370402")) == []
    assert len(found("路灯", search.area_token("42"))) == 1


def test_an_area_finds_what_lies_in_it(index: str) -> None:
    office = new_id()
    here = put("路灯", *search.area_tokens("370402005001003"), search.organisation_token(office))
    there = put("路灯", *search.area_tokens("370402005002001"), day=1)
    assert found("路灯", search.area_token("370402005")) == [there, here]
    assert found("路灯", search.area_token("370402005001")) == [here]
    assert found("路灯", search.area_token("370402005001"), search.area_token("370402005002")) == [
        there,
        here,
    ]
    assert found("路灯", search.organisation_token(office)) == [here]
    assert found("路灯", search.organisation_token(new_id()), search.own_token(new_id())) == []
    assert search.find(TABLE, "路灯", set()) == []


def test_newest_first_and_page_by_page(index: str) -> None:
    ids = [put("路灯", day=day) for day in (3, 1, 2, 0, 4)]
    newest = [ids[n] for n in (4, 0, 2, 1, 3)]
    seen: list[UUID] = []
    before = None
    for _ in range(3):
        page = search.find(TABLE, "路灯", ["all"], limit=2, before=before)
        seen += page
        before = page.more
    assert seen == newest
    assert before is None
    for wrong in ("x", "1.2", ".", "1e9.x"):
        with pytest.raises(Invalid):
            search.find(TABLE, "路灯", ["all"], before=wrong)


def test_things_of_the_same_moment_have_each_their_place(index: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "_key", lambda *_: 4096)
    ids = {put("路灯") for _ in range(5)}
    seen: list[UUID] = []
    before = None
    while len(seen) < 5:
        page = search.find(TABLE, "路灯", ["all"], limit=2, before=before)
        seen += page
        before = page.more
    assert set(seen) == ids
    for id in ids:
        search.remove(TABLE, id, START)
    assert found("路灯") == []


def test_writing_again_replaces(index: str) -> None:
    id = put("路灯不亮", *search.area_tokens("370402"))
    search.write(TABLE, id, START, "水管漏水", search.area_tokens("370403"))
    assert found("路灯") == []
    assert found("漏水", search.area_token("370403")) == [id]
    assert found("漏水", search.area_token("370402")) == []


def test_redrawn_borders_move_tokens(index: str) -> None:
    village, grid, other = "370402005001", "370402005001003", "370402005002"
    both = put("路灯", *search.area_tokens(grid), *search.area_tokens(village), "oabc")
    away = put("路灯", *search.area_tokens("370402005009"), day=1)
    assert search.rebase_tokens({grid: f"{other}007"}) == 1
    assert found("路灯", search.area_token(other)) == [both]
    assert found("路灯", search.area_token(village)) == [both]  # it is held there still
    assert found("路灯", search.area_token(grid)) == []
    assert found("路灯", "oabc") == [both]
    assert found("路灯", search.area_token("370402005")) == [away, both]
    moves = {f"{village}{n:03}": f"{other}{n:03}" for n in range(1, 700)}
    assert search.rebase_tokens(moves | {village: other}) == 1
    assert found("路灯", search.area_token(village)) == []


def test_costs_few_statements(index: str, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    put("路灯")
    # On PostgreSQL first among the newest, then, for what is rare, by the words.
    with django_assert_num_queries(2 if connection.vendor == "postgresql" else 1):
        found("路灯", "all")
    with django_assert_num_queries(1 if connection.vendor == "postgresql" else 2):
        put("路灯")


def test_programs_cannot_write_nonsense(index: str) -> None:
    with pytest.raises(ValueError, match="no search token"):
        put("路灯", 'a" OR "b')
    with pytest.raises(LookupError, match="nobody declared"):
        search.find("posts_user", "路灯", None)
    with pytest.raises(ValueError, match="no name"):
        search.CreateSearchTable('x"; DROP')


def test_a_query_is_cut_where_it_gets_silly() -> None:
    assert len(grams.phrases("路灯 " * 100)) == grams.MOST_TERMS
    assert len(grams.phrases("路" * 10_000)[0]) <= grams.LONGEST_QUERY
