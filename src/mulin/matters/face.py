"""What other rooms and the doors may use of matters."""

from mulin.matters.actions.act import act
from mulin.matters.actions.annals import Annals, OutOfOrder, Told
from mulin.matters.actions.closing import close_unchecked
from mulin.matters.actions.contact import Shown, reveal_contact
from mulin.matters.actions.note import note
from mulin.matters.actions.numbers import numbers_for, prepare_number
from mulin.matters.actions.options import Choice, choices, parse_choice
from mulin.matters.actions.past_choices import PastChoice
from mulin.matters.actions.photos import add_photos, make_safe, path_of, sweep_files
from mulin.matters.actions.report import Raised, Whereabouts, report, settle
from mulin.matters.actions.reporters import (
    CODE_ALPHABET,
    CODE_LENGTH,
    ReporterGiven,
    normal_code,
    normal_phone,
    opens,
)
from mulin.matters.actions.types import change_type, close_type, load_matter_list, set_limit
from mulin.matters.actions.where import OutsideGrids, whereabouts
from mulin.matters.labels import CHANNELS, OUTCOMES, RATINGS, RESIDENT_STATES, STEPS, state_label
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
from mulin.matters.models.matter import TEXT_LIMIT
from mulin.matters.queries.danger import call_first
from mulin.matters.queries.lists import Filters, MatterPage, Show, filtered, listed
from mulin.matters.queries.offers import Offer, offers
from mulin.matters.queries.public import PublicLine, PublicSpot, public_lines, public_spots, public_spots_on
from mulin.matters.queries.still import Still, Waited, still_told
from mulin.matters.queries.story import track_of
from mulin.matters.queries.suggest import suggest_kinds
from mulin.matters.queries.telling import Word, words_of
from mulin.matters.queries.tiles import Tiles, tiles_over
from mulin.matters.queries.waiting import waiting_seat_ids
from mulin.matters.rules.limits import REOPEN_WITHIN_DAYS, Clock
from mulin.matters.rules.moves import MOVES, Ask, Move, Outcome
from mulin.matters.rules.states import LIVE, Circulation, Kind, State, Step, circulation, kind_of, of_kind
from mulin.matters.rules.step import Given
from mulin.matters.rules.track import StepStatus, StepTime, Track
from mulin.matters.rules.who import SeatKey

__all__ = [
    "CHANNELS",
    "CODE_ALPHABET",
    "CODE_LENGTH",
    "LIVE",
    "MOVES",
    "OUTCOMES",
    "RATINGS",
    "REOPEN_WITHIN_DAYS",
    "RESIDENT_STATES",
    "STEPS",
    "TEXT_LIMIT",
    "Annals",
    "Ask",
    "Choice",
    "Circulation",
    "Clock",
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
    "OutOfOrder",
    "Outcome",
    "OutsideGrids",
    "Part",
    "PartKind",
    "PastChoice",
    "Photo",
    "PublicLine",
    "PublicSpot",
    "Raised",
    "Reporter",
    "ReporterGiven",
    "ReporterKind",
    "SeatKey",
    "Show",
    "Shown",
    "State",
    "Step",
    "StepStatus",
    "StepTime",
    "Still",
    "Tiles",
    "Told",
    "Track",
    "Waited",
    "Whereabouts",
    "Word",
    "act",
    "add_photos",
    "call_first",
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
    "normal_phone",
    "note",
    "numbers_for",
    "of_kind",
    "offers",
    "opens",
    "parse_choice",
    "path_of",
    "prepare_number",
    "public_lines",
    "public_spots",
    "public_spots_on",
    "report",
    "reveal_contact",
    "set_limit",
    "settle",
    "state_label",
    "still_told",
    "suggest_kinds",
    "sweep_files",
    "tiles_over",
    "track_of",
    "waiting_seat_ids",
    "whereabouts",
    "words_of",
]
