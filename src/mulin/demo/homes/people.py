"""From a household's members to residents with names, papers, work and what a service needs of them."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from ..words import Words, both, table
from .families import DAUGHTER, MALE, OTHER, PARENT, SELF, SON, Member
from .names import family_name, full_name
from .papers import RESIDENTS, Papers
from .specs import PersonSpec

CITIZEN, IDENTITY, PASSPORT = "CHN", "111", "414"
HERE = "370402"
ELSEWHERE = ("370403", "370404", "370405", "370406", "370481", "320382", "371302", "340602")
ABROAD = 0.0008
PHONE_FROM, WORK_FROM, PENSION_FROM = 11, 22, 60
ALONE, DISABLED, LOW_INCOME, LEFT_CHILD = 0.55, 0.012, 0.009, 0.01


def make_people(
    sort: str, members: list[Member], *, local: bool, today: date, papers: Papers, dice: Random, language: str
) -> tuple[PersonSpec, ...]:
    """The residents of one household, the householder first."""
    head = family_name(dice)
    families = [_family(member, head, dice) for member in members]
    people = [
        _person(member, family, local=local, today=today, papers=papers, dice=dice, language=language)
        for member, family in zip(members, families, strict=True)
    ]
    if sort == "lone_elder" and dice.random() < ALONE:
        people[0] = replace(people[0], care="lives_alone")
    return tuple(people)


def _family(member: Member, head: Words, dice: Random) -> Words:
    """Children and the householder's father bear the householder's name, others their own."""
    if member.relation == SELF or member.family == "head":
        return head
    return family_name(dice)


def _person(
    member: Member, family: Words, *, local: bool, today: date, papers: Papers, dice: Random, language: str
) -> PersonSpec:
    is_male = member.sex == MALE
    name = full_name(dice, family, is_male=is_male)
    born = _birth(member.age, today, dice)
    foreign = member.relation in (SELF, OTHER) and not local and dice.random() < ABROAD * 20
    return PersonSpec(
        name=name.zh,
        latin_name=name.en if foreign else "",
        sex=member.sex,
        born_on=born,
        nationality=dice.choice(("KOR", "RUS", "PAK", "MYS")) if foreign else CITIZEN,
        document_kind=PASSPORT if foreign else IDENTITY,
        document=papers.passport(dice) if foreign else papers.identity(born, is_male=is_male),
        phone=papers.phone(RESIDENTS) if _has_phone(member, dice) else "",
        relation=member.relation,
        registered_division="" if foreign else HERE if local else dice.choice(ELSEWHERE),
        marital=_marital(member),
        education=_education(member, dice),
        occupation=_occupation(member, dice, language),
        workplace="",
        care=_care(member, dice),
    )


def _birth(age: int, today: date, dice: Random) -> date:
    return today - timedelta(days=int(age * 365.2425) + dice.randrange(1, 365))


def _has_phone(member: Member, dice: Random) -> bool:
    if member.age < PHONE_FROM:
        return False
    return dice.random() < (0.72 if member.age >= 75 else 0.94)


def _marital(member: Member) -> str:
    if member.is_married:
        return "20"
    if member.age < 22 or member.relation in (SON, DAUGHTER):
        return "10"
    return "30" if member.age >= 66 or member.relation == PARENT else "10"


def _education(member: Member, dice: Random) -> str:
    if member.age < 7:
        return ""
    if member.age < 13:
        return "80"
    if member.age < 16:
        return "70"
    if member.age < 19:
        return "60"
    older = member.age >= PENSION_FROM
    return dice.choices(
        ("20", "30", "40", "60", "70", "80"), (2, 4, 8, 22, 36, 28) if older else (18, 24, 12, 22, 20, 4)
    )[0]


def _occupation(member: Member, dice: Random, language: str) -> str:
    words = table("homes.toml")["occupations"]
    if member.age < WORK_FROM:
        return ""
    entry = words["retired"] if member.age >= PENSION_FROM else dice.choice(words["work"])
    said = both(entry)
    return said.zh if language.startswith("zh") else said.en


def _care(member: Member, dice: Random) -> str:
    drawn = dice.random()
    if drawn < DISABLED:
        return "disabled"
    if drawn < DISABLED + LOW_INCOME:
        return "low_income"
    if member.relation in (SON, DAUGHTER) and member.age < 16 and drawn < DISABLED + LOW_INCOME + LEFT_CHILD:
        return "left_child"
    return ""
