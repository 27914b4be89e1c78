"""Names of residents: a family shares its family name."""

from random import Random

from ..words import Words, word_list

WOMEN, MEN = "given_women", "given_men"
ONE_SYLLABLE = 0.2


def family_name(dice: Random) -> Words:
    """A family name, common ones more often."""
    families = word_list("surnames")
    return families[min(dice.randrange(len(families)), dice.randrange(len(families)))]


def full_name(dice: Random, family: Words, *, is_male: bool) -> Words:
    """A name in both languages; two people may share one."""
    given = word_list(MEN if is_male else WOMEN)
    parts = [dice.choice(given)]
    if dice.random() > ONE_SYLLABLE:
        parts.insert(0, dice.choice(word_list("given_first")))
    zh = family.zh + "".join(each.zh for each in parts)
    return Words(zh, f"{family.en} {''.join(each.en for each in parts).capitalize()}")
