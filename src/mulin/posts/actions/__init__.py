"""Everything that writes. Each act is atomic, asks for its permission and writes its entry."""

from mulin.posts.actions.appointments import appoint, end_post
from mulin.posts.actions.duties import assign_duty, end_duties_of, end_duty
from mulin.posts.actions.leave import end_leave, enter_leave, may_arrange, set_deputy
from mulin.posts.actions.numbers import set_public_numbers
from mulin.posts.actions.organisations import (
    add_organisation,
    change_organisation,
    close_organisation,
    set_serves,
)
from mulin.posts.actions.people import add_person, change_person, deactivate, reactivate, set_password
from mulin.posts.actions.resident_codes import ask_email_code, issue_paper_code, withdraw_paper_code
from mulin.posts.actions.residents import (
    change_resident_email,
    close_resident,
    end_session,
    end_sessions,
    enter_by_email,
    enter_by_paper,
    note_failed_link,
    open_session,
)
from mulin.posts.actions.reveal import reveal_phone
from mulin.posts.actions.signing import lift_lockout
from mulin.posts.actions.slips import first_sign_in, issue_slips
from mulin.posts.actions.tokens import make_token, revoke_token

__all__ = [
    "add_organisation",
    "add_person",
    "appoint",
    "ask_email_code",
    "assign_duty",
    "change_organisation",
    "change_person",
    "change_resident_email",
    "close_organisation",
    "close_resident",
    "deactivate",
    "end_duties_of",
    "end_duty",
    "end_leave",
    "end_post",
    "end_session",
    "end_sessions",
    "enter_by_email",
    "enter_by_paper",
    "enter_leave",
    "first_sign_in",
    "issue_paper_code",
    "issue_slips",
    "lift_lockout",
    "make_token",
    "may_arrange",
    "note_failed_link",
    "open_session",
    "reactivate",
    "reveal_phone",
    "revoke_token",
    "set_deputy",
    "set_password",
    "set_public_numbers",
    "set_serves",
    "withdraw_paper_code",
]
