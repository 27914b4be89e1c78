"""What is stored of posts: people with an account, bodies, seats and who sits there, duties, API tokens."""

from mulin.posts.models.duty import Duty
from mulin.posts.models.leave import Leave
from mulin.posts.models.numbers import PublicNumbers
from mulin.posts.models.organisation import Organisation, OrganisationFunction, Service
from mulin.posts.models.person import User
from mulin.posts.models.resident import ResidentAccount, ResidentCode, ResidentSession
from mulin.posts.models.seat import Post, Seat
from mulin.posts.models.sign_in import Bond, SignIn
from mulin.posts.models.slip import Slip
from mulin.posts.models.staff_draft import StaffDraft
from mulin.posts.models.token import Token

__all__ = [
    "Bond",
    "Duty",
    "Leave",
    "Organisation",
    "OrganisationFunction",
    "Post",
    "PublicNumbers",
    "ResidentAccount",
    "ResidentCode",
    "ResidentSession",
    "Seat",
    "Service",
    "SignIn",
    "Slip",
    "StaffDraft",
    "Token",
    "User",
]
