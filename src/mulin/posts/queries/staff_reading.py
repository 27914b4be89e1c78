"""Reading a staff list row by row: each row becomes part of somebody's step, or a problem that says where and why."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from itertools import chain, count

from django.utils import timezone
from django.utils.translation import gettext as _

from mulin.kernel.refusals import Refusal
from mulin.kernel.sheets import Row, Table
from mulin.kernel.text import clean
from mulin.places.face import Area
from mulin.posts.models import Organisation, Post
from mulin.posts.models.person import NAME_LIMIT
from mulin.posts.permits import may
from mulin.posts.queries.staff_known import SPARE, Known, known_to
from mulin.posts.queries.staff_plan import EndOfPost, NewPost, Plan, Step
from mulin.posts.rules import ROLES, Permission, Role, exclusive_with
from mulin.posts.rules import staff as rules
from mulin.posts.rules.accounts import phone_of, public_phone_of, username_of
from mulin.posts.seats import check_anchor
from mulin.posts.who import Who


def plan_of(table: Table, who: Who) -> Plan:
    """What taking in this list would do. Nothing is written."""
    return _Reader(Plan(table, who), known_to(who, table.rows)).read()


class _Wrong(Exception):
    """A row cannot be taken; the plan has been told why."""


class _Reader:
    """Goes through the rows once, with everything looked up before."""

    def __init__(self, plan: Plan, known: Known) -> None:
        self.plan, self.known, self.who = plan, known, plan.who
        self.steps: dict[str, Step] = {}
        self.rows_of: dict[str, Row] = {}
        self.by_phone: dict[str, set[str]] = defaultdict(set)
        self.phone_rows: dict[str, list[Row]] = defaultdict(list)
        self.nameless: dict[str, Row] = {}
        self.numbers = count(1)  # of made-up user names: each is tried once
        self.seats: set[tuple[str, str, object]] = set()

    def read(self) -> Plan:
        for row in self.plan.table.rows:
            try:
                self._row(row)
            except _Wrong:
                continue
        self._two_people_with_one_phone()
        self._administrators()
        self.plan.steps = list(self.steps.values())
        self.plan.problems.sort(key=lambda each: (each.row, each.column))
        return self.plan

    def _row(self, row: Row) -> None:
        details = self._details(row)
        step = self._step(row, details)
        role, area, body = self._seat(row)
        self._home(row, step, area, body)
        if role:
            self._post(row, step, role, area, body)
        self._duties(row, step)

    def _wrong(self, row: Row, key: str, words: object) -> _Wrong:
        self.plan.wrong(row, key, words)
        return _Wrong()

    # -- who

    def _details(self, row: Row) -> dict[str, str]:
        """What the row says about the person, in the form in which it is kept; what is empty says nothing."""
        found: dict[str, str] = {}
        if not row["name"]:
            raise self._wrong(row, "name", rules.SAID["no_name"])
        for key in ("name", "name_en"):
            found[key] = self._kept(row, key, lambda text: clean(text, NAME_LIMIT, lines=False))
        found["public_phone"] = self._kept(row, "public_phone", public_phone_of)
        found["phone"] = self._phone(row)
        try:
            found["language"] = rules.read_language(row["language"])
        except KeyError:
            raise self._wrong(row, "language", rules.SAID["unknown_language"]) from None
        return {key: value for key, value in found.items() if value}

    def _kept(self, row: Row, key: str, form: object) -> str:
        try:
            return str(form(row[key])) if row[key] else ""  # type: ignore[operator]  # a function of text
        except Refusal as refusal:
            raise self._wrong(row, key, refusal.message) from None

    def _phone(self, row: Row) -> str:
        """Digits; what a masked list shows says nothing."""
        text = row["phone"]
        if not text or (rules.MASKED in text and row["username"]):
            return ""
        if rules.MASKED in text:
            raise self._wrong(row, "phone", rules.SAID["masked"])
        return self._kept(row, "phone", phone_of)

    def _step(self, row: Row, details: dict[str, str]) -> Step:
        username = self._username(row, details)
        first = self.steps.get(username)
        if first:
            self._same(row, first, details)
            return first
        user = self.known.users.get(username)
        if user and user.pk not in self.known.managed:
            message = _("Somebody whom you do not manage has the user name %(name)s. Give another one.")
            raise self._wrong(row, "username", message % {"name": username})
        if user and not user.is_active:
            raise self._wrong(row, "username", _("This account is closed. Open it first."))
        self._phone_of_another(row, username, details.get("phone", ""))
        kept = details if user is None else {k: v for k, v in details.items() if _now(user, k) != v}
        step = self.steps[username] = Step(row.number, username, user, kept)
        self.rows_of[username] = row
        return step

    def _username(self, row: Row, details: dict[str, str]) -> str:
        if row["username"]:
            return self._kept(row, "username", username_of)
        name = details["name"]
        alike = self.known.names.get(name)
        if alike:
            message = _(
                "Somebody called %(name)s has an account already (%(username)s). Write that user name if they are the "
                "same person, or a new one if this is somebody else."
            )
            said = {"name": name, "username": ", ".join(user.username for user in alike[:3])}
            raise self._wrong(row, "username", message % said)
        if name in self.nameless:
            message = _(
                "Row %(row)d has the same name. Give both a user name, so that it is clear who is who."
            )
            raise self._wrong(row, "username", message % {"row": self.nameless[name].number})
        self.nameless[name] = row
        return self._made_up(details.get("name_en", ""))

    def _made_up(self, name_en: str) -> str:
        base = rules.username_from(name_en)
        wished = [base, *(f"{base}{n}" for n in range(2, SPARE + 1))] if len(base) >= 3 else []
        numbered = (f"staff{n:04d}" for n in self.numbers)
        name = next(name for name in chain(wished, numbered) if name not in self.known.taken)
        self.known.taken.add(name)
        return name

    def _same(self, row: Row, first: Step, details: dict[str, str]) -> None:
        """Further rows of one person must not say something else about them."""
        said = self._details(self.rows_of[first.username])
        for key in rules.DETAILS:
            if key in details and key in said and details[key] != said[key]:
                message = _("Row %(row)d says something else about the same person.") % {"row": first.row}
                raise self._wrong(row, key, message)

    def _phone_of_another(self, row: Row, username: str, number: str) -> None:
        if not number:
            return
        self.by_phone[number].add(username)
        self.phone_rows[number].append(row)
        other = self.known.phones.get(number)
        if other and other.username != username and other.username not in self.steps:
            message = _(
                "%(name)s (%(username)s) has this phone number already. Two people cannot have the same one: correct "
                "it, or leave it empty."
            )
            raise self._wrong(row, "phone", message % {"name": other.label, "username": other.username})

    def _two_people_with_one_phone(self) -> None:
        for number, people in self.by_phone.items():
            if len(people) > 1:
                rows = self.phone_rows[number]
                numbers = ", ".join(str(row.number) for row in rows)
                message = _(
                    "Rows %(rows)s give one phone number to two people. Correct one, or leave it empty."
                )
                for row in rows:
                    self.plan.wrong(row, "phone", message % {"rows": numbers})

    # -- where

    def _seat(self, row: Row) -> tuple[Role | None, Area | None, Organisation | None]:
        area = self._area(row, "area", row["area"]) if row["area"] else None
        body = self._body(row) if row["organisation"] else None
        if not row["role"]:
            if (area or body) and not row["home"]:
                raise self._wrong(row, "role", rules.SAID["no_role"])
            return None, area, body
        try:
            role = ROLES[rules.read_role(row["role"])]
        except KeyError:
            raise self._wrong(row, "role", rules.SAID["unknown_role"]) from None
        if area is None and body is None:
            raise self._wrong(row, "organisation" if role.at_organisation else "area", rules.SAID["no_place"])
        # Whoever works for a body may have the area beside it: the role says which of the two counts.
        area, body = (None, body) if role.at_organisation else (area, None)
        try:
            check_anchor(role, area=area, organisation=body)
        except Refusal as refusal:
            raise self._wrong(row, "role", refusal.message) from None
        return role, area, body

    def _area(self, row: Row, key: str, text: str) -> Area:
        found = self.known.areas.get(rules.read_code(text) or text, [])
        if not found:
            message = _("There is no such place in your area: %(name)s. Give its code or its exact name.")
            raise self._wrong(row, key, message % {"name": text[:60]})
        if len(found) > 1:
            codes = ", ".join(area.path for area in found[:5])
            message = _("Several places are called so. Give a code: %(codes)s.")
            raise self._wrong(row, key, message % {"codes": codes})
        return found[0]

    def _body(self, row: Row) -> Organisation:
        found = self.known.bodies.get(row["organisation"], [])
        if len(found) == 1:
            return found[0]
        message = (
            _("Several organisations are called so. Rename one, or appoint by hand.")
            if found
            else _("There is no organisation of this name. Add it first, or write its exact name.")
        )
        raise self._wrong(row, "organisation", message)

    def _home(self, row: Row, step: Step, area: Area | None, body: Organisation | None) -> None:
        """Where the account belongs: as the row says, else where the post is."""
        given = self._area(row, "home", row["home"]) if row["home"] else None
        home = given or (step.is_new and not step.home and (area or (body.home if body else None))) or None
        if home is None:
            if step.is_new and not step.home:
                raise self._wrong(row, "home", rules.SAID["no_place"])
            return
        if not may(self.who, Permission.PERSON_MANAGE, home):
            raise self._wrong(
                row, "home", _("You do not manage people there: %(place)s.") % {"place": home.label}
            )
        if step.is_new or (given and step.user and step.user.home_id != given.pk):
            step.home = home

    # -- what

    def _post(self, row: Row, step: Step, role: Role, area: Area | None, body: Organisation | None) -> None:
        place = area or body
        assert place is not None  # noqa: S101 - the caller found it
        key = (step.username, role.code, place.pk)
        if key in self.seats:
            raise self._wrong(row, "role", _("This post stands in the list twice."))
        self.seats.add(key)
        first, last = self._day(row, "from"), self._day(row, "until")
        today = timezone.localdate(self.who.now)
        if last and last < (first or today):
            raise self._wrong(row, "until", _("The post would end before it begins."))
        if last and last < today:
            raise self._wrong(row, "until", _("This post is over already. Leave the row out."))
        ends = _start(last + timedelta(days=1)) if last else None
        held = self._held(step, role, place)
        if held and (ends is None or held.to_at == ends):
            return
        if not may(self.who, role.appointed_by, place):
            message = _("You may not appoint to this post: %(role)s, %(place)s.")
            raise self._wrong(row, "role", message % {"role": role.label, "place": place.label})
        if held and ends:
            step.ends.append(EndOfPost(row.number, held, ends))
            return
        if step.user and self.who.user and step.user.pk == self.who.user.pk:
            raise self._wrong(row, "role", _("Nobody appoints themselves: ask somebody else who may."))
        if first and first < today:
            self.plan.note(row, "from", _("The post begins today: the past stays as it was."))
        begins = _start(first) if first and first > today else None
        step.posts.append(NewPost(row.number, role.code, area, body, begins, ends))

    def _held(self, step: Step, role: Role, place: Area | Organisation) -> Post | None:
        held = self.known.posts.get(step.user.pk, []) if step.user else []
        for post in held:
            if post.seat.role == role.code and place.pk in (post.seat.area_id, post.seat.organisation_id):
                return post
        return None

    def _day(self, row: Row, key: str) -> date | None:
        try:
            return rules.read_day(row[key])
        except ValueError:
            raise self._wrong(row, key, rules.SAID["bad_day"]) from None

    def _duties(self, row: Row, step: Step) -> None:
        for text in rules.read_list(row["answers"]):
            area = self._area(row, "answers", text)
            if not may(self.who, Permission.DUTY_ASSIGN, area):
                message = _("You may not say who answers for %(place)s.")
                raise self._wrong(row, "answers", message % {"place": area.label})
            already = step.user and (step.user.pk, area.pk) in self.known.duties
            if not already and area not in step.duties:
                step.duties.append(area)

    def _administrators(self) -> None:
        """The three who exclude each other are never one person."""
        for step in self.steps.values():
            held = self.known.posts.get(step.user.pk, []) if step.user else []
            codes = {post.seat.role for post in held} | {post.role for post in step.posts}
            if any(exclusive_with(ROLES[code]) & codes for code in codes):
                message = _(
                    "The system administrator, the security administrator and the auditor are never one person."
                )
                self.plan.wrong(self.rows_of[step.username], "role", message)


def _now(user: object, key: str) -> str:
    return str(getattr(user, key) or "")


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
