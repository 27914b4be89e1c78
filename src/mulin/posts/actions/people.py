"""Accounts of people."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict, Unpack

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from mulin.journal.face import Json
from mulin.kernel.crypto import blind
from mulin.kernel.refusals import Conflict, Invalid, NotAllowed
from mulin.kernel.text import clean
from mulin.places.face import Area
from mulin.posts.actions import ends
from mulin.posts.actions.sign_ins import end_sessions
from mulin.posts.entries import person_entry
from mulin.posts.models import Post, User
from mulin.posts.models.person import NAME_LIMIT, PHONE_CONTEXT
from mulin.posts.permits import may, require
from mulin.posts.rules import Permission
from mulin.posts.rules.accounts import phone_of, public_phone_of, username_of
from mulin.posts.who import Who

_OWN = frozenset({"phone", "language"})  # what one may change about oneself


class PersonChanges(TypedDict, total=False):
    """What may be changed about a person."""

    name: str
    name_en: str
    phone: str
    public_phone: str
    language: str
    home: Area


@transaction.atomic
def add_person(
    *,
    username: str,
    name: str,
    home: Area | None,
    by: Who,
    now: datetime,
    name_en: str = "",
    phone: str = "",
    public_phone: str = "",
    language: str = "zh-hans",
    password: str | None = None,
    must_change_password: bool = True,
) -> User:
    """Open an account that belongs to `home`. Without a password nobody can sign in with it yet."""
    require(by, Permission.PERSON_MANAGE, home)
    user = User(username=username_of(username), home=home, created_at=now)
    details: PersonChanges = {"name": name, "name_en": name_en, "phone": phone, "language": language}
    _fill(user, {**details, "public_phone": public_phone})
    user.must_change_password = bool(password) and must_change_password
    if password:
        check_password(password, user)
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError:
        raise Invalid(_("This user name is taken."), code="taken", field="username") from None
    words = {"name": user.name, "name_en": user.name_en, "username": user.username}
    facts = {"home": home.path if home else None}
    person_entry("person.added", user, facts, by=by, now=now, words=words)
    return user


@transaction.atomic
def change_person(user: User, *, by: Who, now: datetime, **changes: Unpack[PersonChanges]) -> User:
    """Correct what is kept about a person. One's own phone and language anybody may change."""
    if not (by.user and by.user.id == user.id and changes.keys() <= _OWN):
        require_authority(by, user)
        if changes.get("home"):
            require(by, Permission.PERSON_MANAGE, changes["home"])
    user = User.objects.select_for_update(of=("self",)).select_related("home").get(pk=user.pk)
    before = {name: getattr(user, name) for name in changes}
    _fill(user, changes)
    changed = sorted(name for name, value in before.items() if getattr(user, name) != value)
    if changed:
        columns = {*changed, "phone_index"} if "phone" in changed else set(changed)
        user.save(update_fields=columns)
        words = {name: getattr(user, name) for name in changed if name in ("name", "name_en")}
        home = user.home.path if "home" in changed and user.home else None
        facts: dict[str, Json] = {"changed": changed, "home": home}
        person_entry("person.changed", user, facts, by=by, now=now, words=words)
    return user


@transaction.atomic
def set_password(user: User, *, password: str, by: Who, now: datetime) -> User:
    """Choose one's own password, or give somebody a first one that they must change.

    A given one ends the person's tokens: whoever lost an account may have lost those too.
    """
    own = by.user is not None and by.user.id == user.id
    if not own:
        require_authority(by, user)
    user = User.objects.select_for_update().get(pk=user.pk)
    check_password(password, user)
    user.set_password(password)
    user.must_change_password = not own
    user.save(update_fields=["password", "must_change_password"])
    person_entry("person.password_set", user, {"own": own}, by=by, now=now)
    ends.slips_of(user, by=by, now=now)
    if not own:
        ends.tokens_of(user, by=by, now=now)
    return user


@transaction.atomic
def deactivate(user: User, *, by: Who, now: datetime) -> User:
    """Close an account: its posts, duties and tokens end with it, at once."""
    require_authority(by, user)
    if by.user and by.user.id == user.id:
        raise NotAllowed(_("You cannot close your own account."), code="own_account")
    if not User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
        raise Conflict(_("This account is closed already."))
    ends.everything_of(user, by=by, now=now)
    end_sessions(user, by=by, now=now)  # else they would go on where somebody opens the account again
    person_entry("person.deactivated", user, by=by, now=now)
    user.refresh_from_db(fields=["is_active"])
    return user


@transaction.atomic
def reactivate(user: User, *, by: Who, now: datetime) -> User:
    """Open a closed account again. What ended with it stays ended."""
    require_authority(by, user)
    if not User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
        raise Conflict(_("This account is open already."))
    person_entry("person.reactivated", user, by=by, now=now)
    user.refresh_from_db(fields=["is_active"])
    return user


def require_authority(by: Who, user: User) -> None:
    """Refuse unless `by` manages this person in every place where they hold a post.

    Whoever can set a password can act as that person: managing one place is not enough to reach the posts of
    another, and administrators are managed only by those who appoint them.
    """
    posts = Post.objects.filter(user=user).overlapping(by.now, None).with_seats()
    for seat in [post.seat for post in posts]:
        wanted = Permission.POST_APPOINT_ADMINISTRATOR if seat.line.group else Permission.PERSON_MANAGE
        if not may(by, wanted, seat):
            require(by, Permission.PERSON_READ, user, seen_by=Permission.PERSON_READ)
            raise NotAllowed(_("This person also holds a post that you do not manage."), code="other_posts")
    if not posts:
        require(by, Permission.PERSON_MANAGE, user, seen_by=Permission.PERSON_READ)


def _fill(user: User, changes: PersonChanges) -> None:
    if "name" in changes:
        user.name = clean(changes["name"], NAME_LIMIT, lines=False, field="name")
        if not user.name:
            raise Invalid(_("Please give a name."), code="required", field="name")
    if "name_en" in changes:
        user.name_en = clean(changes["name_en"], NAME_LIMIT, lines=False, field="name_en")
    if "language" in changes:
        if changes["language"] not in ("en", "zh-hans"):
            raise Invalid(_("There is no such language."), code="unknown_language", field="language")
        user.language = changes["language"]
    if "phone" in changes:
        _fill_phone(user, changes["phone"])
    if "public_phone" in changes:
        user.public_phone = public_phone_of(changes["public_phone"])
    if "home" in changes:
        user.home = changes["home"]


def _fill_phone(user: User, phone: str) -> None:
    number = phone_of(phone)
    user.phone = number or None
    user.phone_index = blind(number, context=PHONE_CONTEXT) if number else ""


def check_password(password: str, user: User) -> None:
    if len(password) > 200:
        raise Invalid(_("This password is too long."), code="too_long", field="password")
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Invalid(" ".join(error.messages), code="weak_password", field="password") from None
