"""The code lists of what residents and heads ask of the registry: requests about one's data, proposed changes."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Proof(TextChoices):
    """What of the document was compared with the record before an account was linked."""

    NUMBER = "number", _("document number")
    BIRTH = "birth", _("date of birth")


class RequestKind(TextChoices):
    """What is asked for (PIPL art. 45 to 47)."""

    CORRECT = "correct", _("Correct something that is wrong")
    COPY = "copy", _("Give me a copy of what you keep")
    ERASE = "erase", _("Erase what you keep")


class RequestStage(TextChoices):
    """How far a request is."""

    ASKED = "asked", pgettext_lazy("request", "Asked")
    IN_HAND = "in_hand", pgettext_lazy("request", "Being looked into")
    GRANTED = "granted", pgettext_lazy("request", "Granted")
    REFUSED = "refused", pgettext_lazy("request", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("request", "Taken back")


class Ground(TextChoices):
    """By what right a request is refused; the answer says the rest in words."""

    RIGHT = "right", _("It was looked into, and what is kept is right")
    LAW = "law", _("A law asks us to keep it")
    NEEDED = "needed", _("It is needed as long as you live here")
    OTHERS = "others", _("It would show what belongs to somebody else")
    UNCLEAR = "unclear", _("It could not be made out what is meant")


class RequestSource(TextChoices):
    """How it came in."""

    PORTAL = "portal", _("from the resident's own page")
    WINDOW = "window", _("at the window, with the document")


class Side(TextChoices):
    """Whose step it is."""

    RESIDENT = "resident", _("the resident")
    STAFF = "staff", _("whoever answers requests")


class RequestAsk(TextChoices):
    """What a step asks for."""

    ANSWER = "answer", _("answer")
    GROUND = "ground", _("ground")


class Subjects(TextChoices):
    """What a proposal is about."""

    RESIDENT = "resident", _("resident")
    DWELLING = "dwelling", _("dwelling")
    MERCHANT = "merchant", _("merchant")


class ProposalKind(TextChoices):
    """What is proposed."""

    CHANGE = "change", _("Something else is right")
    LEFT = "left", _("Does not live here any more")


class ProposalStage(TextChoices):
    """How far it is."""

    OPEN = "open", pgettext_lazy("proposal", "Not decided yet")
    ACCEPTED = "accepted", pgettext_lazy("proposal", "Accepted")
    REFUSED = "refused", pgettext_lazy("proposal", "Not accepted")
    WITHDRAWN = "withdrawn", pgettext_lazy("proposal", "Taken back")
