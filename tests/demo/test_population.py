"""Who lives in the invented town: as many as said, every number well formed and nobody's, always the same."""

from __future__ import annotations

from collections import Counter
from datetime import date

from mulin.demo.build import SEED
from mulin.demo.homes.papers import NOWHERE
from mulin.demo.homes.population import HOUSEHOLDS, MERCHANTS, make_population
from mulin.demo.homes.specs import Population
from mulin.demo.specs import Size, digest
from mulin.demo.town import build_town

TODAY = date(2026, 11, 22)


def _tiny(seed: int = SEED) -> Population:
    return make_population(build_town(seed, size=Size.TINY), seed=seed, today=TODAY, language="en")


def test_there_are_as_many_as_the_articles_say() -> None:
    town = build_town(SEED, size=Size.FULL)
    everybody = make_population(town, seed=SEED, today=TODAY, language="zh-hans")
    people = [person for home in everybody.lived_in for person in home.people]
    assert len(everybody.lived_in) == HOUSEHOLDS[Size.FULL] == 13_000
    assert len(everybody.shops) == MERCHANTS[Size.FULL] == 1_100
    assert 35_000 < len(people) < 37_500
    assert max(Counter(person.document for person in people).values()) == 1
    assert max(Counter(person.phone for person in people if person.phone).values()) == 1


def test_the_same_seed_gives_the_same_people() -> None:
    assert digest(_tiny()) == digest(_tiny())
    assert digest(_tiny()) != digest(_tiny(SEED + 1))


def test_numbers_are_well_formed_and_nobodys() -> None:
    for home in _tiny().lived_in:
        for person in home.people:
            if person.document_kind == "111":
                assert person.document[:6] == NOWHERE
                assert person.document[6:14] == f"{person.born_on:%Y%m%d}"
                assert (int(person.document[16]) % 2 == 1) == (person.sex == "1")
            assert person.phone[:4] in ("", "1542")


def test_each_household_has_one_householder_and_nobody_is_born_tomorrow() -> None:
    for home in _tiny().lived_in:
        assert [person.relation for person in home.people].count("0") == 1
        assert all(person.born_on < TODAY for person in home.people)
