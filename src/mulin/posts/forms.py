"""Forms of people, posts and organisations. What they allow is decided by the actions; here is only what they ask."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from mulin.journal.face import Purpose
from mulin.kernel.refusals import Refusal
from mulin.places.face import Area, AreaQuerySet
from mulin.posts.models import Organisation
from mulin.posts.models.organisation import NAME_LIMIT as BODY_NAME_LIMIT
from mulin.posts.models.person import NAME_LIMIT, USERNAME_LIMIT
from mulin.posts.queries.filters import area_filter
from mulin.posts.rules import ROLES, Permission
from mulin.posts.rules.bodies import FUNCTION_LABELS, KIND_LABELS
from mulin.posts.who import Who

LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
PASSWORD_LIMIT = 200
NO_SUCH_PLACE = _("There is no such place in your area. Give its code or its exact name.")
_CODE = re.compile(r"\d{2,24}")


def add_refusal(form: forms.Form, refusal: Refusal) -> None:
    """Show a refusal where it belongs: at its field, else above the form."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.message))


def areas_of(who: Who, permission: Permission) -> AreaQuerySet:
    """Open areas in which `who` has this permission."""
    return Area.objects.open().plain().filter(area_filter(who, permission, path_fields=("path",)))


class AreaField(forms.CharField):
    """An area, by its code or by its name; it works without a list, a map or a script."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("Its code, or its exact name."))
        super().__init__(max_length=120, **kwargs)
        self.among: AreaQuerySet = Area.objects.none()

    def prepare_value(self, value: Any) -> Any:
        return f"{value.label} ({value.path})" if isinstance(value, Area) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        code = _CODE.search(text)
        found = list(self.among.filter(path=code[0])) if code else self._named(text)
        if len(found) == 1:
            return found[0]
        raise forms.ValidationError(self._told(found))

    def _named(self, name: str) -> list[Area]:
        return list(self.among.filter(name=name)[:6]) or list(self.among.filter(name_en__iexact=name)[:6])

    def _told(self, found: list[Area]) -> str:
        if not found:
            return str(NO_SUCH_PLACE)
        codes = ", ".join(area.path for area in found)
        message = ngettext(
            "%(count)d place has this name: %(codes)s.",
            "%(count)d places have this name: %(codes)s.",
            len(found),
        )
        return message % {"count": len(found), "codes": codes}


class AreasField(AreaField):
    """Several areas, one a line."""

    widget = forms.Textarea(attrs={"rows": 4})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"help_text": _("One a line: code or exact name.")} | kwargs)
        self.max_length = None
        self.validators = []

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, str) or value is None:
            return value
        return "\n".join(f"{area.label} ({area.path})" for area in value)

    def clean(self, value: Any) -> Any:
        lines = [line.strip() for line in str(value or "").splitlines() if line.strip()]
        return [AreaField.clean(self, line) for line in lines[:200]]


# Beyond these no calendar of a town goes, and at the end of all dates there is no day after.
LIVED = (MinValueValidator(date(1900, 1, 1)), MaxValueValidator(date(2200, 12, 31)))


class DayField(forms.DateField):
    """A day, as the browser's own calendar gives it."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("validators", LIVED)
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


def start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def begins(day: date | None, now: datetime) -> datetime:
    """The instant from which a post runs: now, where the day is today or not given."""
    return now if day is None or day == timezone.localdate(now) else start_of(day)


def ends(last_day: date | None) -> datetime | None:
    """The instant at which the last day is over."""
    return None if last_day is None else start_of(last_day + timedelta(days=1))


class SignInForm(forms.Form):
    """User name and password."""

    username = forms.CharField(
        label=_("User name"),
        max_length=USERNAME_LIMIT,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=PASSWORD_LIMIT,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


def _new_password(label: Any) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})
    return forms.CharField(label=label, max_length=PASSWORD_LIMIT, strip=False, widget=widget)


class NewPasswordForm(forms.Form):
    """A password that somebody is given: they choose their own at the first sign-in."""

    password = _new_password(_("New password"))
    again = _new_password(_("The same again"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("password") and given.get("again") and given["password"] != given["again"]:
            self.add_error("again", _("The two passwords are not the same."))
        return given


class OwnPasswordForm(NewPasswordForm):
    """A password of one's own."""

    current = forms.CharField(
        label=_("Your password until now"),
        max_length=PASSWORD_LIMIT,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ("current", "password", "again")


class PersonForm(forms.Form):
    """Details of an account."""

    name = forms.CharField(label=_("Full name"), max_length=NAME_LIMIT)
    name_en = forms.CharField(label=_("Name in Latin letters"), max_length=NAME_LIMIT, required=False)
    home = AreaField(label=_("Belongs to"))
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    public_phone = forms.CharField(
        label=_("Phone for residents"),
        max_length=40,
        required=False,
        help_text=_("Of the office: everybody sees it at the portal. Empty: none is shown."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)

    def __init__(self, *args: Any, who: Who, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["home"].among = areas_of(who, Permission.PERSON_MANAGE)  # type: ignore[attr-defined]  # the form itself declared this kind of field


class NewPersonForm(PersonForm):
    """A new account, with the password that they are given."""

    username = forms.CharField(
        label=_("User name"),
        max_length=USERNAME_LIMIT,
        help_text=_("3 to 60 small letters, digits, dots or hyphens."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
    )
    password = forms.CharField(
        label=_("First password"),
        max_length=PASSWORD_LIMIT,
        strip=False,
        required=False,
        help_text=_(
            "They must choose their own when they first sign in. Empty: nobody can sign in with it yet."
        ),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    field_order = ("username", "name", "name_en", "home", "phone", "public_phone", "language", "password")


class AppointForm(forms.Form):
    """A seat for somebody: a role, where, from and until."""

    role = forms.ChoiceField(label=_("Role"))
    area = AreaField(label=_("Area"), required=False)
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Organisation"), required=False, empty_label=_("None")
    )
    from_day = DayField(label=_("From"), help_text=_("Empty: from now."))
    last_day = DayField(label=_("Last day"), help_text=_("Empty: until further notice."))

    def __init__(self, *args: Any, who: Who, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = [line for line in ROLES.values() if line.anchor != "self" and who.has(line.appointed_by)]
        self.fields["role"].choices = [(line.code, line.label) for line in roles]  # type: ignore[attr-defined]  # the form itself declared this kind of field
        self.fields["area"].among = areas_of(who, Permission.POST_READ)  # type: ignore[attr-defined]  # the form itself declared this kind of field
        bodies = Organisation.objects.open().allowed(who, Permission.POST_APPOINT).order_by("name", "id")
        self.fields["organisation"].queryset = bodies  # type: ignore[attr-defined]  # the form itself declared this kind of field


class EndForm(forms.Form):
    """When a post ends."""

    last_day = DayField(label=_("Last day"), help_text=_("Empty: it ends at once."))


class DutyForm(forms.Form):
    """For which place somebody answers."""

    area = AreaField(label=_("Area"))

    def __init__(self, *args: Any, who: Who, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].among = areas_of(who, Permission.DUTY_ASSIGN)  # type: ignore[attr-defined]  # the form itself declared this kind of field


class OrganisationForm(forms.Form):
    """An organisation: what it is, what it takes care of and where."""

    name = forms.CharField(label=_("Name"), max_length=BODY_NAME_LIMIT)
    name_en = forms.CharField(label=_("English name"), max_length=BODY_NAME_LIMIT, required=False)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=lambda: [(each.value, label) for each, label in KIND_LABELS.items()]
    )
    phone = forms.CharField(label=_("Public phone"), max_length=40, required=False)
    home = AreaField(label=_("Home area"))
    functions = forms.MultipleChoiceField(
        label=_("Takes care of"),
        choices=lambda: [(each.value, label) for each, label in FUNCTION_LABELS.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    serves = AreasField(label=_("Areas it serves"), required=False)

    def __init__(self, *args: Any, who: Who, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("home", "serves"):
            self.fields[name].among = areas_of(who, Permission.ORGANISATION_MANAGE)  # type: ignore[attr-defined]  # the form itself declared this kind of field


class TokenForm(forms.Form):
    """A token for a program of one's own."""

    name = forms.CharField(label=_("What is it for?"), max_length=60)
    days = forms.TypedChoiceField(
        label=_("Valid for"),
        coerce=int,
        initial=90,
        choices=[(30, _("30 days")), (90, _("90 days")), (365, _("one year"))],
    )


class RevealForm(forms.Form):
    """Why somebody wants to see what is masked."""

    purpose = forms.ChoiceField(label=_("What for?"), choices=Purpose.choices)
