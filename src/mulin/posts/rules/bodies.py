"""What kinds of organisation there are, and what they take care of."""

from collections.abc import Mapping
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class BodyKind(StrEnum):
    """What an organisation is."""

    CENTRE = "centre"
    DEPARTMENT = "department"
    COMMITTEE = "committee"
    SOCIAL = "social"
    COMPANY = "company"
    TEAM = "team"

    @property
    def label(self) -> Promise:
        return KIND_LABELS[self]


KIND_LABELS: Mapping[BodyKind, Promise] = {
    BodyKind.CENTRE: _("Governance centre"),
    BodyKind.DEPARTMENT: _("Department"),
    BodyKind.COMMITTEE: _("Committee"),
    BodyKind.SOCIAL: _("Social organisation"),
    BodyKind.COMPANY: _("Company"),
    BodyKind.TEAM: _("Team"),
}


class BodyFunction(StrEnum):
    """What an organisation takes care of. The matter list names these, never a body of one town."""

    COMMITTEE = "committee"
    PROPERTY = "property"
    URBAN_MANAGEMENT = "urban_management"
    POLICE = "police"
    HOUSING = "housing"
    EMERGENCY = "emergency"
    SANITATION = "sanitation"
    MARKET = "market"
    FIRE = "fire"
    CIVIL_AFFAIRS = "civil_affairs"
    WATER = "water"
    ENVIRONMENT = "environment"
    HEALTH = "health"
    TRANSPORT = "transport"
    GAS = "gas"
    POWER = "power"
    GARDENS = "gardens"
    TELECOM = "telecom"
    HEATING = "heating"
    JUSTICE = "justice"
    LABOUR = "labour"
    EDUCATION = "education"

    @property
    def label(self) -> Promise:
        return FUNCTION_LABELS[self]


FUNCTION_LABELS: Mapping[BodyFunction, Promise] = {
    BodyFunction.COMMITTEE: _("Residents' committee"),
    BodyFunction.PROPERTY: _("Property service"),
    BodyFunction.URBAN_MANAGEMENT: _("Urban management"),
    BodyFunction.POLICE: _("Police"),
    BodyFunction.HOUSING: _("Housing and construction"),
    BodyFunction.EMERGENCY: _("Emergency management"),
    BodyFunction.SANITATION: _("Street cleaning"),
    BodyFunction.MARKET: _("Market supervision"),
    BodyFunction.FIRE: _("Fire and rescue"),
    BodyFunction.CIVIL_AFFAIRS: _("Civil affairs"),
    BodyFunction.WATER: _("Water and drainage"),
    BodyFunction.ENVIRONMENT: _("Environment"),
    BodyFunction.HEALTH: _("Health"),
    BodyFunction.TRANSPORT: _("Transport"),
    BodyFunction.GAS: _("Gas supply"),
    BodyFunction.POWER: _("Power supply"),
    BodyFunction.GARDENS: _("Parks and gardens"),
    BodyFunction.TELECOM: _("Telecommunications"),
    BodyFunction.HEATING: _("Heating"),
    BodyFunction.JUSTICE: _("Justice office"),
    BodyFunction.LABOUR: _("Labour and social security"),
    BodyFunction.EDUCATION: _("Education"),
}
