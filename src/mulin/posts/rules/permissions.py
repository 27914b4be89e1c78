"""What somebody may do: one enum member each, with a label for people.

A permission says nothing about where: a role bundles permissions, a post puts a role at a place, and the
thing that is asked about offers its scope. Codes are stored nowhere, but they are seen in docs and in the API
and never change. Reading a matter and reading a person are different permissions.
"""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    """The word before the dot says what kind of thing it is about."""

    DESK_OPEN = "desk.open"

    MATTER_READ = "matter.read"
    MATTER_RAISE = "matter.raise"
    MATTER_FILE = "matter.file"
    MATTER_PASS = "matter.pass"  # noqa: S105 - not a password
    MATTER_DISPATCH = "matter.dispatch"
    MATTER_HANDLE = "matter.handle"
    MATTER_CHECK = "matter.check"
    MATTER_DECIDE = "matter.decide"
    MATTER_ASSIST = "matter.assist"
    MATTER_ASK = "matter.ask"
    MATTER_NOTE = "matter.note"
    MATTER_URGE = "matter.urge"
    MATTER_SUPERVISE = "matter.supervise"
    MATTER_JOIN = "matter.join"
    MATTER_REFER = "matter.refer"
    MATTER_CORRECT = "matter.correct"
    MATTER_WITHDRAW = "matter.withdraw"
    MATTER_RATE = "matter.rate"
    MATTER_REOPEN = "matter.reopen"
    CONTACT_REVEAL = "contact.reveal"
    MATTER_EXPORT = "matter.export"
    MATTER_IMPORT = "matter.import"
    MATTER_TYPE_READ = "matter_type.read"
    MATTER_TYPE_EDIT = "matter_type.edit"

    REGISTRY_READ = "registry.read"
    REGISTRY_OPEN = "registry.open"
    REGISTRY_REVEAL = "registry.reveal"
    REGISTRY_FIND = "registry.find"
    REGISTRY_PROPOSE = "registry.propose"
    REGISTRY_EDIT = "registry.edit"
    REGISTRY_IMPORT = "registry.import"
    REGISTRY_EXPORT = "registry.export"
    REGISTRY_APPROVE = "registry.approve"
    REGISTRY_BREAK_GLASS = "registry.break_glass"
    REGISTRY_REVIEW = "registry.review"
    REGISTRY_ANSWER = "registry.answer"
    REGISTRY_LINK = "registry.link"
    CARE_GRANT = "care.grant"
    VISIT_READ = "visit.read"
    VISIT_RECORD = "visit.record"
    VISIT_PLAN = "visit.plan"
    LIST_COMPARE = "list.compare"
    PUBLICITY_PRINT = "publicity.print"
    PLACE_PICTURE = "place.picture"

    PLACE_READ = "place.read"
    PLACE_EDIT = "place.edit"
    PLACE_REBASE = "place.rebase"

    PERSON_READ = "person.read"
    PERSON_MANAGE = "person.manage"
    PERSON_REVEAL = "person.reveal"
    POST_READ = "post.read"
    POST_APPOINT = "post.appoint"
    POST_APPOINT_HELPER = "post.appoint_helper"
    POST_APPOINT_ADMINISTRATOR = "post.appoint_administrator"
    LEAVE_ARRANGE = "leave.arrange"
    DUTY_ASSIGN = "duty.assign"
    ORGANISATION_READ = "organisation.read"
    ORGANISATION_MANAGE = "organisation.manage"

    RESIDENT_ADMIT = "resident.admit"

    ROLE_READ = "role.read"
    LOCKOUT_LIFT = "lockout.lift"
    SIGN_IN_READ = "sign_in.read"
    TOKEN_OWN = "token.own"  # noqa: S105 - not a password
    TOKEN_REVOKE = "token.revoke"  # noqa: S105 - not a password
    JOURNAL_READ = "journal.read"
    DISCLOSURE_READ = "disclosure.read"
    SYSTEM_MANAGE = "system.manage"

    @property
    def label(self) -> str | Promise:
        return LABELS[self]


LABELS: dict[Permission, str | Promise] = {
    Permission.DESK_OPEN: _("Open the staff desk"),
    Permission.MATTER_READ: _("Read a matter"),
    Permission.MATTER_RAISE: _("Raise a matter"),
    Permission.MATTER_FILE: _("Verify a matter: file it, or decline it"),
    Permission.MATTER_PASS: _("Pass a matter up or down"),
    Permission.MATTER_DISPATCH: _("Dispatch a matter to whoever handles it"),
    Permission.MATTER_HANDLE: _("Handle a matter: accept, return, hand in"),
    Permission.MATTER_CHECK: _("Check a matter: confirm and close, or send back"),
    Permission.MATTER_DECIDE: _("Decide on a request for time or a pause"),
    Permission.MATTER_ASSIST: _("Call in a second body to assist"),
    Permission.MATTER_ASK: _("Ask the resident for what is missing"),
    Permission.MATTER_NOTE: _("Write a note on a matter"),
    Permission.MATTER_URGE: _("Urge whoever has the matter"),
    Permission.MATTER_SUPERVISE: _("Supervise a matter formally"),
    Permission.MATTER_JOIN: _("Join two matters, or split one"),
    Permission.MATTER_REFER: _("Refer a matter to a centre above the county"),
    Permission.MATTER_CORRECT: _("Correct the kind or the place of a matter"),
    Permission.MATTER_WITHDRAW: _("Withdraw one's own matter"),
    Permission.MATTER_RATE: _("Rate the result of one's own matter"),
    Permission.MATTER_REOPEN: _("Reopen a closed matter"),
    Permission.CONTACT_REVEAL: _("See how to reach the reporter of a matter"),
    Permission.MATTER_EXPORT: _("Take a list of matters out as Excel"),
    Permission.MATTER_IMPORT: _("Take over a list of former matters"),
    Permission.MATTER_TYPE_READ: _("Read the matter list with its limits"),
    Permission.MATTER_TYPE_EDIT: _("Edit the matter list"),
    Permission.REGISTRY_READ: _("Read the registry of one's area, masked"),
    Permission.REGISTRY_OPEN: _("Open the page of a household or person, which is written down"),
    Permission.REGISTRY_REVEAL: _("See a resident's phone or document number, saying why"),
    Permission.REGISTRY_FIND: _("Find a resident by the exact document number or phone"),
    Permission.REGISTRY_PROPOSE: _("Propose a change to the registry"),
    Permission.REGISTRY_EDIT: _("Enter, change and confirm what the registry holds"),
    Permission.REGISTRY_IMPORT: _("Take a list of residents into the registry"),
    Permission.REGISTRY_EXPORT: _("Take a list out of the registry"),
    Permission.REGISTRY_APPROVE: _("Agree to a large export of somebody else"),
    Permission.REGISTRY_BREAK_GLASS: _("Open a record outside one's area in an emergency"),
    Permission.REGISTRY_REVIEW: _("Review what was opened outside one's area"),
    Permission.REGISTRY_ANSWER: _("Answer residents' requests about their data"),
    Permission.REGISTRY_LINK: _("Link a resident's account to their record, having seen their document"),
    Permission.CARE_GRANT: _("Enter a care need and name who may read it"),
    Permission.VISIT_READ: _("Read planned and done visits"),
    Permission.VISIT_RECORD: _("Record a visit"),
    Permission.VISIT_PLAN: _("Plan visits and set tasks for all grids"),
    Permission.LIST_COMPARE: _("Compare a list with the registry"),
    Permission.PUBLICITY_PRINT: _("Prepare a grid's public page, signboard and contact cards"),
    Permission.PLACE_PICTURE: _("Put public places and panoramas on the map"),
    Permission.PLACE_READ: _("Read areas and borders"),
    Permission.PLACE_EDIT: _("Name, draw, open and close areas"),
    Permission.PLACE_REBASE: _("Redraw the grids of a village"),
    Permission.PERSON_READ: _("See who works where"),
    Permission.PERSON_MANAGE: _("Add people and change their details"),
    Permission.PERSON_REVEAL: _("See the phone number of a member of staff"),
    Permission.POST_READ: _("See seats, posts and vacancies"),
    Permission.POST_APPOINT: _("Appoint to posts and end posts"),
    Permission.POST_APPOINT_HELPER: _("Appoint volunteers, unit heads and building heads"),
    Permission.POST_APPOINT_ADMINISTRATOR: _("Appoint the administrators and the auditor"),
    Permission.LEAVE_ARRANGE: _("Enter leave for others, name deputies and move what waits at a seat"),
    Permission.DUTY_ASSIGN: _("Say which person answers for which building"),
    Permission.ORGANISATION_READ: _("Read organisations and where they serve"),
    Permission.ORGANISATION_MANAGE: _("Add, change and close organisations"),
    Permission.RESIDENT_ADMIT: _("Give a resident a paper code to sign in, having seen their document"),
    Permission.ROLE_READ: _("Read the table of roles"),
    Permission.LOCKOUT_LIFT: _("Let someone sign in again after too many tries"),
    Permission.SIGN_IN_READ: _("See who signed in, and when"),
    Permission.TOKEN_OWN: _("Make API tokens of one's own"),
    Permission.TOKEN_REVOKE: _("Revoke the API tokens of others"),
    Permission.JOURNAL_READ: _("Read the journal of every thing"),
    Permission.DISCLOSURE_READ: _("Read who looked at whose data"),
    Permission.SYSTEM_MANAGE: _("Look after the installation"),
}

# What anybody may do, signed in or not. There is no list of who may: everybody.
EVERYONE: frozenset[Permission] = frozenset({Permission.MATTER_RAISE})

# Records of residents. Above the county a post reaches only those that lie at its own level.
RECORDS: frozenset[Permission] = frozenset(
    permission
    for permission in Permission
    if permission.startswith(("matter.", "registry.", "care.", "visit.", "list."))
    or permission == Permission.CONTACT_REVEAL
)


def known(permission: Permission) -> Permission:
    """The permission itself; anything else raises: a typo must never read as a no."""
    if not isinstance(permission, Permission):
        raise TypeError(f"{permission!r} is not a Permission")
    return permission
