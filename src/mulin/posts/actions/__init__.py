"""Everything that writes. Each act is atomic, asks for its permission and writes its entry."""

from mulin.posts.actions.appointments import appoint, end_post
from mulin.posts.actions.duties import assign_duty, end_duty
from mulin.posts.actions.organisations import (
    add_organisation,
    change_organisation,
    close_organisation,
    set_serves,
)
from mulin.posts.actions.people import add_person, change_person, deactivate, reactivate, set_password
from mulin.posts.actions.reveal import reveal_phone
from mulin.posts.actions.signing import lift_lockout
from mulin.posts.actions.slips import first_sign_in, issue_slips
from mulin.posts.actions.tokens import make_token, revoke_token

__all__ = [
    "add_organisation",
    "add_person",
    "appoint",
    "assign_duty",
    "change_organisation",
    "change_person",
    "close_organisation",
    "deactivate",
    "end_duty",
    "end_post",
    "first_sign_in",
    "issue_slips",
    "lift_lockout",
    "make_token",
    "reactivate",
    "reveal_phone",
    "revoke_token",
    "set_password",
    "set_serves",
]
