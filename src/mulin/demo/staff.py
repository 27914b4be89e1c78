"""What the generator makes of the people: plain values. Every person is invented."""

from dataclasses import dataclass

from .specs import digest


@dataclass(frozen=True)
class PersonSpec:
    """A member of staff or a helper among the residents."""

    username: str  # small ASCII letters and digits
    name_zh: str
    name_en: str  # pinyin, family name first
    phone: str  # 11 digits beginning with 154: given to no operator, so to nobody


@dataclass(frozen=True)
class OrganisationSpec:
    """A body that takes part: centre, department, committee, social, company or team."""

    key: str
    kind: str
    name_zh: str
    name_en: str
    home: str  # path
    serves: tuple[str, ...]  # paths
    functions: tuple[str, ...]  # what the matter list may send it
    phone: str  # 0632-0…: no local number begins with 0


@dataclass(frozen=True)
class PostSpec:
    """An appointment. It sits at an area or at an organisation, exactly one of them."""

    person: str  # username
    role: str
    area: str | None  # path
    organisation: str | None  # key
    from_days: int  # days before today; negative where it is yet to begin
    to_days: int | None = None  # days before today; None where no end is set

    @property
    def is_open(self) -> bool:
        """Whether it is held today."""
        return self.from_days >= 0 and (self.to_days is None or self.to_days < 0)


@dataclass(frozen=True)
class DutySpec:
    """Which person answers for which area."""

    person: str  # username
    area: str  # path of a village, a building or a unit
    from_days: int


@dataclass(frozen=True)
class CastMember:
    """One of the main cast, as the sign-in page of the demo introduces them."""

    username: str
    title_zh: str
    title_en: str
    about_zh: str
    about_en: str


@dataclass(frozen=True)
class Staff:
    """Everybody who works in the town."""

    people: tuple[PersonSpec, ...]
    organisations: tuple[OrganisationSpec, ...]
    posts: tuple[PostSpec, ...]
    duties: tuple[DutySpec, ...]
    cast: tuple[CastMember, ...]

    def person(self, username: str) -> PersonSpec:
        return next(person for person in self.people if person.username == username)

    def posts_of(self, username: str) -> tuple[PostSpec, ...]:
        return tuple(post for post in self.posts if post.person == username)

    def digest(self) -> str:
        """SHA-256 over every value: equal for equal staff, in any process."""
        return digest(self)
