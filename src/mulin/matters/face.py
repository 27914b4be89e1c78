"""What other rooms and the doors may use of matters."""

from mulin.matters.actions.about import About, about_choices, check_settled, find_about
from mulin.matters.actions.act import act
from mulin.matters.actions.annals import Annals, OutOfOrder
from mulin.matters.actions.climbing import climb
from mulin.matters.actions.closing import close_unchecked, resume_due
from mulin.matters.actions.contact import Shown, reveal_contact
from mulin.matters.actions.files import (
    add_files,
    check_announced,
    claim,
    remove_file,
    sweep_stored,
    take_in,
)
from mulin.matters.actions.handing_over import HandedOver, Stayed, hand_over
from mulin.matters.actions.importing import sweep_imports
from mulin.matters.actions.linking import link_report, reports_of, unlink_all, unlink_report
from mulin.matters.actions.me_too import Voice, may_get_voices, me_too, withdraw_voice
from mulin.matters.actions.note import note
from mulin.matters.actions.numbers import numbers_for, prepare_number
from mulin.matters.actions.options import Choice, choices, parse_choice
from mulin.matters.actions.past import Told
from mulin.matters.actions.past_choices import PastChoice
from mulin.matters.actions.photos import add_photos, make_safe, path_of
from mulin.matters.actions.recompute import Progress, recompute_due, recompute_progress
from mulin.matters.actions.reopening import main_to_reopen
from mulin.matters.actions.report import Raised, Whereabouts, report, settle
from mulin.matters.actions.reporters import (
    CODE_ALPHABET,
    CODE_LENGTH,
    ReporterGiven,
    normal_code,
    normal_phone,
    opened_by,
    opens,
)
from mulin.matters.actions.temporary import close_expired
from mulin.matters.actions.types import change_type, close_type, load_matter_list, set_limit
from mulin.matters.actions.where import OutsideGrids, whereabouts
from mulin.matters.file_shapes import (
    FileShape,
    UploadForm,
    files_sent,
    largest,
    served,
    shape,
    tus_owner,
)
from mulin.matters.labels import CHANNELS, OUTCOMES, RATINGS, RESIDENT_STATES, STEPS, state_label
from mulin.matters.models import (
    Attachment,
    Contact,
    Matter,
    MatterLimit,
    MatterRung,
    MatterType,
    Part,
    PartKind,
    Photo,
    Reporter,
    ReporterKind,
)
from mulin.matters.models.matter import TEXT_LIMIT
from mulin.matters.queries.before import FieldFind, PublicView, finds_in, public_view, without
from mulin.matters.queries.danger import call_first
from mulin.matters.queries.file_lights import file_lights
from mulin.matters.queries.files import files_for, files_for_reporter
from mulin.matters.queries.handing_over import moved_to, readable, waiting_counts, waiting_matters
from mulin.matters.queries.lists import Filters, MatterPage, Show, filtered, listed
from mulin.matters.queries.mapping import MAP_KINDS, matter_points, matters_by_building, matters_by_kind
from mulin.matters.queries.offers import Offer, offers
from mulin.matters.queries.public import PublicLine, PublicSpot, public_lines, public_spots, public_spots_on
from mulin.matters.queries.similar import Similar, known_to, matter_of_key, similar
from mulin.matters.queries.similar import Spot as NearSpot
from mulin.matters.queries.still import Still, Waited, still_told
from mulin.matters.queries.story import track_of
from mulin.matters.queries.suggest import suggest_kinds
from mulin.matters.queries.telling import Word, words_of
from mulin.matters.queries.tiles import Tiles, tiles_over
from mulin.matters.queries.waiting import waiting_seat_ids
from mulin.matters.rules.limits import REOPEN_WITHIN_DAYS, Clock
from mulin.matters.rules.moves import MOVES, Ask, Move, Opens, Outcome
from mulin.matters.rules.states import LIVE, Circulation, Kind, State, Step, circulation, kind_of, of_kind
from mulin.matters.rules.step import Given, Share
from mulin.matters.rules.telling import URGENT
from mulin.matters.rules.track import StepStatus, StepTime, Track
from mulin.matters.rules.who import SeatKey

__all__ = [
    "CHANNELS",
    "CODE_ALPHABET",
    "CODE_LENGTH",
    "LIVE",
    "MAP_KINDS",
    "MOVES",
    "OUTCOMES",
    "RATINGS",
    "REOPEN_WITHIN_DAYS",
    "RESIDENT_STATES",
    "STEPS",
    "TEXT_LIMIT",
    "URGENT",
    "About",
    "Annals",
    "Ask",
    "Attachment",
    "Choice",
    "Circulation",
    "Clock",
    "Contact",
    "FieldFind",
    "FileShape",
    "Filters",
    "Given",
    "HandedOver",
    "Kind",
    "Matter",
    "MatterLimit",
    "MatterPage",
    "MatterRung",
    "MatterType",
    "Move",
    "NearSpot",
    "Offer",
    "Opens",
    "OutOfOrder",
    "Outcome",
    "OutsideGrids",
    "Part",
    "PartKind",
    "PastChoice",
    "Photo",
    "Progress",
    "PublicLine",
    "PublicSpot",
    "PublicView",
    "Raised",
    "Reporter",
    "ReporterGiven",
    "ReporterKind",
    "SeatKey",
    "Share",
    "Show",
    "Shown",
    "Similar",
    "State",
    "Stayed",
    "Step",
    "StepStatus",
    "StepTime",
    "Still",
    "Tiles",
    "Told",
    "Track",
    "UploadForm",
    "Voice",
    "Waited",
    "Whereabouts",
    "Word",
    "about_choices",
    "act",
    "add_files",
    "add_photos",
    "call_first",
    "change_type",
    "check_announced",
    "check_settled",
    "choices",
    "circulation",
    "claim",
    "climb",
    "close_expired",
    "close_type",
    "close_unchecked",
    "file_lights",
    "files_for",
    "files_for_reporter",
    "files_sent",
    "filtered",
    "find_about",
    "finds_in",
    "hand_over",
    "kind_of",
    "known_to",
    "largest",
    "link_report",
    "listed",
    "load_matter_list",
    "main_to_reopen",
    "make_safe",
    "matter_of_key",
    "matter_points",
    "matters_by_building",
    "matters_by_kind",
    "may_get_voices",
    "me_too",
    "moved_to",
    "normal_code",
    "normal_phone",
    "note",
    "numbers_for",
    "of_kind",
    "offers",
    "opened_by",
    "opens",
    "parse_choice",
    "path_of",
    "prepare_number",
    "public_lines",
    "public_spots",
    "public_spots_on",
    "public_view",
    "readable",
    "recompute_due",
    "recompute_progress",
    "remove_file",
    "report",
    "reports_of",
    "resume_due",
    "reveal_contact",
    "served",
    "set_limit",
    "settle",
    "shape",
    "similar",
    "state_label",
    "still_told",
    "suggest_kinds",
    "sweep_imports",
    "sweep_stored",
    "take_in",
    "tiles_over",
    "track_of",
    "tus_owner",
    "unlink_all",
    "unlink_report",
    "waiting_counts",
    "waiting_matters",
    "waiting_seat_ids",
    "whereabouts",
    "withdraw_voice",
    "without",
    "words_of",
]
