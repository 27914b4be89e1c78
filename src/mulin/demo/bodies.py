"""The organisations of the demo: its committees, and the bodies of `data/organisations.toml`."""

from dataclasses import replace
from typing import Any

from .specs import Town, VillageSpec
from .staff import OrganisationSpec
from .words import both, table


def make_organisations(town: Town) -> list[OrganisationSpec]:
    """All bodies that serve some of this town, each with a telephone that cannot exist."""
    bodies = [_body(raw, town) for raw in table("organisations.toml")["organisations"]]
    bodies = [body for body in bodies if body.serves] + [_committee(village) for village in town.villages]
    return [replace(body, phone=f"0632-0{number:06d}") for number, body in enumerate(bodies, 1)]


def staff_of(key: str) -> tuple[str, int]:
    """Which role the people of a body of the data file hold, and how many they are."""
    raw = next(each for each in table("organisations.toml")["organisations"] if each["key"] == key)
    role, count = raw.get("staff", ("", 0))
    return role, count


def _body(raw: dict[str, Any], town: Town) -> OrganisationSpec:
    """A centre serves its own level; another body the committees it names, or the whole town."""
    home = town.code if raw["home"] == "town" else raw["home"]
    served = [village.code for village in town.villages if village.code in raw.get("serves", ())]
    if "serves" not in raw:
        served = [home if raw["kind"] == "centre" else town.code]
    name, functions = both(raw["name"]), tuple(raw.get("functions", ()))
    return OrganisationSpec(raw["key"], raw["kind"], *name, home, tuple(served), functions, "")


def _committee(village: VillageSpec) -> OrganisationSpec:
    key, serves = f"committee_{village.code[-3:]}", (village.code,)
    return OrganisationSpec(
        key, "committee", village.name_zh, village.name_en, village.code, serves, ("committee",), ""
    )
