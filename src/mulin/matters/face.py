"""What other rooms and the doors may use of matters."""

from mulin.matters.actions.act import act
from mulin.matters.actions.closing import close_unchecked
from mulin.matters.actions.contact import Shown, reveal_contact
from mulin.matters.actions.note import note
from mulin.matters.actions.options import Choice, choices, parse_choice
from mulin.matters.actions.photos import make_safe, path_of
from mulin.matters.actions.report import Raised, Whereabouts, report, settle
from mulin.matters.actions.reporters import ReporterGiven, normal_code, opens
from mulin.matters.actions.types import change_type, close_type, load_matter_list, set_limit
from mulin.matters.actions.where import OutsideGrids, whereabouts
from mulin.matters.models import (
    Contact,
    Matter,
    MatterLimit,
    MatterType,
    Part,
    PartKind,
    Photo,
    Reporter,
    ReporterKind,
)
from mulin.matters.queries.lists import Filters, MatterPage, Show, filtered, listed
from mulin.matters.queries.offers import Offer, offers
from mulin.matters.queries.waiting import waiting_seat_ids
from mulin.matters.rules.moves import MOVES, Ask, Move, Outcome
from mulin.matters.rules.states import LIVE, Circulation, Kind, State, Step, circulation, kind_of, of_kind
from mulin.matters.rules.step import Given
from mulin.matters.rules.who import SeatKey

__all__ = [
    "LIVE",
    "MOVES",
    "Ask",
    "Choice",
    "Circulation",
    "Contact",
    "Filters",
    "Given",
    "Kind",
    "Matter",
    "MatterLimit",
    "MatterPage",
    "MatterType",
    "Move",
    "Offer",
    "Outcome",
    "OutsideGrids",
    "Part",
    "PartKind",
    "Photo",
    "Raised",
    "Reporter",
    "ReporterGiven",
    "ReporterKind",
    "SeatKey",
    "Show",
    "Shown",
    "State",
    "Step",
    "Whereabouts",
    "act",
    "change_type",
    "choices",
    "circulation",
    "close_type",
    "close_unchecked",
    "filtered",
    "kind_of",
    "listed",
    "load_matter_list",
    "make_safe",
    "normal_code",
    "note",
    "of_kind",
    "offers",
    "opens",
    "parse_choice",
    "path_of",
    "report",
    "reveal_contact",
    "set_limit",
    "settle",
    "waiting_seat_ids",
    "whereabouts",
]
