"""The code lists of the registry, each with where its codes come from. What a service does not need has no list.

No ethnicity, religion, political status, petition history or "key person": see the house's rules of trust.
"""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Sex(TextChoices):
    """GB/T 2261.1."""

    UNKNOWN = "0", pgettext_lazy("sex", "unknown")
    MALE = "1", _("male")
    FEMALE = "2", _("female")
    NOT_STATED = "9", _("not stated")


class DocumentKind(TextChoices):
    """GA/T 517, the usual ones."""

    IDENTITY = "111", _("resident identity card")
    TEMPORARY = "112", _("temporary identity card")
    HOUSEHOLD = "113", _("household register")
    PASSPORT = "414", _("passport")
    HONG_KONG_MACAO = "516", _("permit of Hong Kong and Macao residents")
    TAIWAN = "511", _("permit of Taiwan residents")
    PERMANENT = "553", _("permanent residence card of foreigners")
    OTHER = "990", _("other document")


class Marital(TextChoices):
    """GB/T 2261.2."""

    UNMARRIED = "10", _("unmarried")
    MARRIED = "20", _("married")
    WIDOWED = "30", _("widowed")
    DIVORCED = "40", _("divorced")
    NOT_STATED = "90", _("not stated")


class Education(TextChoices):
    """GB/T 4658, its tens."""

    POSTGRADUATE = "10", _("postgraduate")
    BACHELOR = "20", _("bachelor")
    COLLEGE = "30", _("college")
    VOCATIONAL = "40", _("secondary vocational")
    SENIOR = "60", _("senior high school")
    JUNIOR = "70", _("junior high school")
    PRIMARY = "80", _("primary school")
    OTHER = "90", _("other education")


class Relation(TextChoices):
    """To the householder, GB/T 4761 in one digit."""

    SELF = "0", _("householder")
    SPOUSE = "1", _("spouse")
    SON = "2", _("son")
    DAUGHTER = "3", _("daughter")
    GRANDCHILD = "4", _("grandchild")
    PARENT = "5", _("parent")
    GRANDPARENT = "6", _("grandparent")
    SIBLING = "7", _("brother or sister")
    OTHER = "8", _("other relation, or none")


class ResidenceKind(TextChoices):
    """By which right somebody lives there (police-style codes)."""

    OWN = "01", _("own home")
    RENTED = "02", _("rented")
    LODGING = "03", _("lodging with a family")
    BORROWED = "04", _("borrowed")
    DORMITORY = "05", _("dormitory")
    BUILDING_SITE = "06", _("building site")
    WORKPLACE = "08", _("place of work")
    OTHER = "99", _("other right")


class Reason(TextChoices):
    """Why somebody who is registered elsewhere lives here."""

    STUDY = "02", _("study or training")
    MARRIAGE = "04", _("marriage")
    ACCOMPANYING = "05", _("came with family")
    MEDICAL = "09", _("treatment or recovery")
    KIN = "10", _("to live with family or friends")
    LABOUR = "11", _("work")
    FARMING = "12", _("farming")
    TRADE = "13", _("trade")
    TRANSFER = "14", _("transferred")
    OTHER = "99", _("other reason")


class HouseholdKind(TextChoices):
    """Who lives together."""

    FAMILY = "family", _("family household")
    COLLECTIVE = "collective", _("collective household")


class Use(TextChoices):
    """What a dwelling is used for."""

    OWNER = "owner", _("lived in by its owner")
    RENTED = "rented", _("rented out")
    SHARED = "shared", _("rented out by the room")
    EMPTY = "empty", _("empty")
    SHOP = "shop", _("shop")
    OFFICE = "office", _("office")
    STORE = "store", _("store or workshop")
    OTHER = "other", _("other use")
    UNKNOWN = "unknown", pgettext_lazy("use", "not known")


class Hazard(TextChoices):
    """What is dangerous in a dwelling or shop."""

    FIRE = "fire", _("fire: exits, wiring, stored goods")
    GAS = "gas", _("gas")
    STRUCTURE = "structure", _("the building itself")
    LIVING_IN = "living_in", _("living, storing and selling in one room")
    CHEMICALS = "chemicals", _("dangerous chemicals")


class MerchantKind(TextChoices):
    """What kind of body trades or works there."""

    SHOP = "shop", _("street shop")
    ENTERPRISE = "enterprise", _("enterprise")
    SOCIAL = "social", _("social organisation")
    PARCELS = "parcels", _("parcel service")
    INSTITUTION = "institution", _("public institution")


class Trade(TextChoices):
    """What a merchant lives by."""

    FOOD = "food", _("restaurant or snacks")
    GROCERY = "grocery", _("food shop")
    RETAIL = "retail", _("other shop")
    BEAUTY = "beauty", _("hair and beauty")
    REPAIR = "repair", _("repair")
    LODGING = "lodging", _("lodging")
    HEALTH = "health", _("pharmacy or clinic")
    CARE = "care", _("childcare, eldercare, tuition")
    LEISURE = "leisure", _("leisure and net café")
    LOGISTICS = "logistics", _("parcels and transport")
    CRAFT = "craft", _("workshop or factory")
    OFFICE = "office", _("offices and services")
    OTHER = "other", _("other trade")


class Care(TextChoices):
    """Needs that a neighbour or the town may help with; only by application, consent or statute, and for a time."""

    LIVES_ALONE = "lives_alone", _("old and living alone")
    DISABLED = "disabled", _("disabled")
    LOW_INCOME = "low_income", _("low income")
    LEFT_ELDER = "left_elder", _("elder left behind")
    LEFT_WOMAN = "left_woman", _("woman left behind")
    LEFT_CHILD = "left_child", _("child left behind")
    BEREAVED = "bereaved", _("lost their only child")
    OTHER = "other", _("other need")


class Basis(TextChoices):
    """By what right a care need may be kept (PIPL art. 13 and 28)."""

    APPLICATION = "application", _("their own application")
    CONSENT = "consent", _("their consent, separately given")
    STATUTE = "statute", _("a duty by law")


class Source(TextChoices):
    """From where a fact is known."""

    DOOR = "door", _("at the door")
    WINDOW = "window", _("at the window, with the document")
    PHONE = "phone", _("by phone")
    RESIDENT = "resident", _("from the resident's own page")
    HEAD = "head", _("from a building or unit head")
    LIST = "list", _("from a list that was taken in")
