"""What other rooms may use of the registry."""

from mulin.registry.actions.bulk import Homes, NewDwelling, NewHousehold, NewMerchant, NewPerson, NewStay
from mulin.registry.actions.bulk import store as store_homes
from mulin.registry.actions.bulk_export import ask_for_list, being_made, export_made, taken_out_by
from mulin.registry.actions.bulk_import import sweep_imports as sweep_home_lists
from mulin.registry.actions.care import care_facts, change_care, end_care, grant_care, read_care
from mulin.registry.actions.dwellings import change_dwelling, close_dwelling, confirm_dwelling, enter_dwelling
from mulin.registry.actions.erasing import erase_resident, on_erasing
from mulin.registry.actions.glass_week import remind_of_glass
from mulin.registry.actions.households import (
    change_household,
    close_household,
    confirm_household,
    open_household,
    set_householder,
)
from mulin.registry.actions.linking import end_link, link_record, say_right, unlink_account
from mulin.registry.actions.merchants import (
    change_merchant,
    close_merchant,
    confirm_merchant,
    enter_merchant,
    overlay_at,
)
from mulin.registry.actions.merging import merge_residents
from mulin.registry.actions.proposals import (
    accept_proposal,
    propose,
    propose_own,
    refuse_proposal,
    withdraw_proposal,
)
from mulin.registry.actions.reading import note_reading
from mulin.registry.actions.requests import ask_for, ask_own, remind_of_requests, take_step
from mulin.registry.actions.residences import (
    change_residence,
    leave_household,
    move,
    move_household,
    move_in,
    move_out,
)
from mulin.registry.actions.residents import (
    change_resident,
    confirm_resident,
    register_resident,
    set_alive,
    set_died,
)
from mulin.registry.actions.revealing import reveal
from mulin.registry.actions.staying import Stay
from mulin.registry.actions.taking_over import take_over
from mulin.registry.codes import (
    Basis,
    Care,
    Hazard,
    HouseholdKind,
    MerchantKind,
    Relation,
    Source,
    Trade,
    Use,
)
from mulin.registry.codes_asked import Ground, ProposalStage, RequestKind, RequestStage, Side
from mulin.registry.lights import lights
from mulin.registry.masked import Masked, masked
from mulin.registry.models import (
    CareNeed,
    CareReader,
    DataRequest,
    Dwelling,
    HomeExport,
    Household,
    Merchant,
    Proposal,
    RecordLink,
    Residence,
    Resident,
)
from mulin.registry.queries.care import care_to_read, may_be_named
from mulin.registry.queries.comparing import (
    Someone,
    homes_of,
    match_documents,
    match_names,
    match_phones,
    people_here,
)
from mulin.registry.queries.counting import Counted, counts_of, counts_only
from mulin.registry.queries.dossier import (
    FactLine,
    Member,
    care_of,
    doors_named,
    dues_of,
    events_of,
    fact_lines,
    former_members,
    lodgers_of,
    members_of,
    named,
    residences_of,
)
from mulin.registry.queries.floors import Colour, Door, Entrance, FloorPlan, floor_plan
from mulin.registry.queries.lists import Answered, HomeFilters, HomePage
from mulin.registry.queries.mapping import (
    find_merchants,
    homes_within,
    households_by_building,
    merchant_points,
    stale_by_building,
)
from mulin.registry.queries.opening import openable, opens
from mulin.registry.queries.own_copy import own_copy, own_proposals
from mulin.registry.queries.own_readings import Happened, Looked, history_of, readings_of
from mulin.registry.queries.own_record import (
    all_ids,
    link_of,
    own_cares,
    own_facts,
    own_homes,
    own_record,
)
from mulin.registry.queries.paging import (
    listed_dwellings,
    listed_households,
    listed_merchants,
    listed_residents,
)
from mulin.registry.rules.ages import Band, age_on
from mulin.registry.rules.documents import document_form, phone_form
from mulin.registry.rules.due import Due, DueWhat, in_order, runs_out
from mulin.registry.rules.facts import FACTS, STALE_DAYS, Fact, Seen
from mulin.registry.rules.proposals import may_propose
from mulin.registry.rules.requests import steps_from, urgency
from mulin.registry.rules.staleness import Age, age_of, stale_before

__all__ = [
    "FACTS",
    "STALE_DAYS",
    "Age",
    "Answered",
    "Band",
    "Basis",
    "Care",
    "CareNeed",
    "CareReader",
    "Colour",
    "Counted",
    "DataRequest",
    "Door",
    "Due",
    "DueWhat",
    "Dwelling",
    "Entrance",
    "Fact",
    "FactLine",
    "FloorPlan",
    "Ground",
    "Happened",
    "Hazard",
    "HomeExport",
    "HomeFilters",
    "HomePage",
    "Homes",
    "Household",
    "HouseholdKind",
    "Looked",
    "Masked",
    "Member",
    "Merchant",
    "MerchantKind",
    "NewDwelling",
    "NewHousehold",
    "NewMerchant",
    "NewPerson",
    "NewStay",
    "Proposal",
    "ProposalStage",
    "RecordLink",
    "Relation",
    "RequestKind",
    "RequestStage",
    "Residence",
    "Resident",
    "Seen",
    "Side",
    "Someone",
    "Source",
    "Stay",
    "Trade",
    "Use",
    "accept_proposal",
    "age_of",
    "age_on",
    "all_ids",
    "ask_for",
    "ask_for_list",
    "ask_own",
    "being_made",
    "care_facts",
    "care_of",
    "care_to_read",
    "change_care",
    "change_dwelling",
    "change_household",
    "change_merchant",
    "change_residence",
    "change_resident",
    "close_dwelling",
    "close_household",
    "close_merchant",
    "confirm_dwelling",
    "confirm_household",
    "confirm_merchant",
    "confirm_resident",
    "counts_of",
    "counts_only",
    "document_form",
    "doors_named",
    "dues_of",
    "end_care",
    "end_link",
    "enter_dwelling",
    "enter_merchant",
    "erase_resident",
    "events_of",
    "export_made",
    "fact_lines",
    "find_merchants",
    "floor_plan",
    "former_members",
    "grant_care",
    "history_of",
    "homes_of",
    "homes_within",
    "households_by_building",
    "in_order",
    "leave_household",
    "lights",
    "link_of",
    "link_record",
    "listed_dwellings",
    "listed_households",
    "listed_merchants",
    "listed_residents",
    "lodgers_of",
    "masked",
    "match_documents",
    "match_names",
    "match_phones",
    "may_be_named",
    "may_propose",
    "members_of",
    "merchant_points",
    "merge_residents",
    "move",
    "move_household",
    "move_in",
    "move_out",
    "named",
    "note_reading",
    "on_erasing",
    "open_household",
    "openable",
    "opens",
    "overlay_at",
    "own_cares",
    "own_copy",
    "own_facts",
    "own_homes",
    "own_proposals",
    "own_record",
    "people_here",
    "phone_form",
    "propose",
    "propose_own",
    "read_care",
    "readings_of",
    "refuse_proposal",
    "register_resident",
    "remind_of_glass",
    "remind_of_requests",
    "residences_of",
    "reveal",
    "runs_out",
    "say_right",
    "set_alive",
    "set_died",
    "set_householder",
    "stale_before",
    "stale_by_building",
    "steps_from",
    "store_homes",
    "sweep_home_lists",
    "take_over",
    "take_step",
    "taken_out_by",
    "unlink_account",
    "urgency",
    "withdraw_proposal",
]
