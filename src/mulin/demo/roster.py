"""The roster being written: invents people and notes who holds which post and answers for what."""

from collections.abc import Iterator
from random import Random

from .chance import chance
from .staff import DutySpec, PersonSpec, PostSpec
from .words import Words, table, word_list

GIVEN, SYLLABLES = ("given_women", "given_men"), (1, 2, 2, 2, 2)
BEFORE = 0.5  # share of the two-syllable names that begin with a syllable of `given_first`
PHONE_PREFIX = "154"  # given to no operator
LONG_AGO, LATELY = 1500, 380  # days: posts of today began before the year that the demo shows


class Roster:
    """People, posts and duties so far. Nobody shares a name or a user name."""

    def __init__(self, seed: int) -> None:
        self.people: list[PersonSpec] = []
        self.posts: list[PostSpec] = []
        self.duties: list[DutySpec] = []
        self.dice = chance(seed, "people")
        self._names = _names(chance(seed, "names"))
        self._usernames: dict[str, int] = {}

    def hire(self, username: str | None = None) -> str:
        """A new person's user name; by default from the pinyin of their name."""
        name = next(self._names)
        username = username or self._free(name.en.replace(" ", "").lower())
        phone = f"{PHONE_PREFIX}{len(self.people) + 1:08d}"
        self.people.append(PersonSpec(username, name.zh, name.en, phone))
        return username

    def _free(self, wish: str) -> str:
        """The user name wished for, numbered from the second of its kind."""
        self._usernames[wish] = self._usernames.get(wish, 0) + 1
        return wish if self._usernames[wish] == 1 else f"{wish}{self._usernames[wish]}"

    def appoint(
        self,
        person: str,
        role: str,
        *,
        area: str | None = None,
        organisation: str | None = None,
        from_days: int | None = None,
        to_days: int | None = None,
    ) -> PostSpec:
        """Gives a person a post; by default one that began before the demo's year and has no end."""
        since = self.dice.randint(LATELY, LONG_AGO) if from_days is None else from_days
        post = PostSpec(person, role, area, organisation, since, to_days)
        self.posts.append(post)
        return post

    def answer_for(self, post: PostSpec, areas: Iterator[str]) -> None:
        """Makes the holder of a post answer for some areas, from its first day."""
        self.duties += [DutySpec(post.person, area, post.from_days) for area in areas]


def _names(dice: Random) -> Iterator[Words]:
    """Invented names without end, none twice."""
    used = dict.fromkeys(table("names.toml")["avoid"], True)
    while True:
        name = invented_name(dice)
        if name.zh not in used:
            used[name.zh] = True
            yield name


def invented_name(dice: Random) -> Words:
    """A person's name; two may share one."""
    families = word_list("surnames")
    family = families[min(dice.randrange(len(families)), dice.randrange(len(families)))]
    first, *rest = dice.sample(word_list(dice.choice(GIVEN)), dice.choice(SYLLABLES))
    given = [dice.choice(word_list("given_first")) if dice.random() < BEFORE and rest else first, *rest]
    zh = family.zh + "".join(each.zh for each in given)
    return Words(zh, f"{family.en} {''.join(each.en for each in given).capitalize()}")
