"""What each page of this room answers to each kind of person: the expected status, one row a page.

The row's columns are those of ACTORS. `{person}`, `{post}`, … are things in the town of the grid worker.
302 leads to the sign-in page; 303 is the answer to something that was done or may have been.
"""

from __future__ import annotations

ACTORS = (
    "anonymous", "resident", "stranger", "grid worker", "grid head", "operator", "other handler", "auditor",
    "system administrator", "security administrator",
)  # fmt: skip

# method, path: anonymous, resident, the same role elsewhere, grid worker, grid head, operator, handler of another
# organisation, auditor, system administrator, security administrator
PAGES: dict[tuple[str, str], tuple[int, ...]] = {
    ("GET", "sign-in/"): (200, 303, 303, 303, 303, 303, 303, 303, 303, 303),
    ("POST", "sign-in/as/"): (404, 404, 404, 404, 404, 404, 404, 404, 404, 404),
    ("GET", "sign-in/second/"): (303, 303, 303, 303, 303, 303, 303, 303, 303, 303),
    ("POST", "sign-in/passkey/"): (422, 422, 422, 422, 422, 422, 422, 422, 422, 422),
    ("GET", "sign-in/passkey/challenge/"): (200, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    ("GET", "sign-in/single/"): (404, 404, 404, 404, 404, 404, 404, 404, 404, 404),
    ("GET", "sign-in/single/back/"): (404, 404, 404, 404, 404, 404, 404, 404, 404, 404),
    ("GET", "own/sign-in/"): (302, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    ("GET", "own/app/"): (302, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    ("GET", "own/passkeys/add/"): (302, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    ("POST", "own/factors/{factor}/remove/"): (302, 409, 409, 409, 409, 409, 409, 409, 409, 409),
    ("POST", "own/codes/"): (302, 409, 409, 409, 409, 409, 409, 409, 409, 409),
    ("POST", "own/sessions/end/"): (302, 303, 303, 303, 303, 303, 303, 303, 303, 303),
    ("POST", "own/sessions/{post}/end/"): (302, 404, 404, 404, 404, 404, 404, 404, 404, 404),
    ("GET", "own/confirm/"): (302, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    ("GET", "sign-ins/"): (302, 403, 403, 403, 403, 403, 403, 200, 403, 200),
    ("POST", "sign-out/"): (303, 303, 303, 303, 303, 303, 303, 303, 303, 303),
    ("GET", "password/"): (302, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    ("GET", "tokens/"): (302, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    ("POST", "tokens/{token}/revoke/"): (302, 404, 404, 404, 404, 404, 404, 404, 404, 404),
    ("GET", "people/"): (302, 403, 403, 403, 200, 200, 403, 403, 200, 200),
    ("GET", "people/add/"): (302, 403, 403, 403, 403, 403, 403, 403, 200, 403),
    ("GET", "first/"): (200, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    ("GET", "people/slips/"): (302, 403, 403, 403, 403, 403, 403, 403, 200, 403),
    ("POST", "people/slips/print/"): (302, 403, 403, 403, 422, 422, 403, 403, 422, 422),
    ("GET", "people/list/"): (302, 403, 403, 403, 200, 200, 403, 403, 200, 200),
    ("GET", "people/list/staff.xlsx"): (302, 403, 403, 403, 200, 200, 403, 403, 200, 200),
    ("POST", "people/list/phones/"): (302, 403, 403, 403, 303, 303, 403, 403, 303, 403),
    ("GET", "people/list/{token}/"): (302, 403, 403, 403, 403, 403, 403, 403, 404, 403),
    ("POST", "people/list/{token}/drop/"): (302, 403, 403, 403, 403, 403, 403, 403, 404, 403),
    ("GET", "people/{person}/"): (302, 403, 403, 403, 200, 200, 403, 403, 200, 200),
    ("GET", "people/{person}/change/"): (302, 403, 403, 403, 403, 403, 403, 403, 200, 403),
    ("GET", "people/{person}/password/"): (302, 403, 403, 403, 200, 200, 403, 403, 200, 200),
    ("POST", "people/{person}/phone/"): (302, 403, 403, 403, 422, 422, 403, 403, 422, 403),
    ("POST", "people/{person}/close/"): (302, 403, 403, 403, 403, 403, 403, 403, 303, 403),
    ("POST", "people/{person}/open/"): (302, 403, 403, 403, 403, 403, 403, 403, 409, 403),
    ("POST", "people/{person}/unlock/"): (302, 403, 403, 403, 403, 403, 403, 403, 403, 303),
    ("GET", "people/{person}/sign-in/"): (302, 403, 403, 403, 200, 200, 403, 403, 200, 200),
    ("POST", "people/{person}/sign-in/reset/"): (302, 403, 403, 403, 403, 403, 403, 403, 403, 409),
    ("POST", "people/{person}/sign-in/unbind/"): (302, 403, 403, 403, 403, 403, 403, 403, 409, 403),
    ("GET", "people/{person}/appoint/"): (302, 403, 403, 403, 200, 403, 403, 403, 200, 200),
    ("GET", "people/{person}/duty/"): (302, 403, 403, 403, 200, 200, 403, 403, 200, 403),
    ("GET", "posts/{post}/end/"): (302, 403, 403, 403, 200, 403, 403, 403, 200, 200),
    ("POST", "duties/{duty}/end/"): (302, 403, 403, 403, 303, 303, 403, 403, 303, 403),
    ("GET", "chart/"): (302, 403, 200, 200, 200, 200, 302, 403, 200, 200),
    ("GET", "leave/"): (302, 403, 200, 200, 200, 200, 200, 403, 200, 200),
    ("GET", "leave/add/"): (302, 403, 200, 200, 200, 200, 200, 403, 200, 200),
    ("GET", "leave/{post}/"): (302, 403, 404, 404, 404, 404, 404, 403, 404, 404),
    ("POST", "leave/{post}/end/"): (302, 403, 404, 404, 404, 404, 404, 403, 404, 404),
    ("GET", "people/{person}/leave/"): (302, 403, 403, 403, 200, 200, 403, 403, 200, 403),
    ("GET", "residents/"): (302, 403, 200, 200, 200, 200, 403, 403, 403, 403),
    ("GET", "residents/{post}/"): (302, 403, 404, 404, 404, 404, 403, 403, 403, 403),
    ("GET", "residents/{post}/code.pdf"): (302, 403, 404, 404, 404, 404, 403, 403, 403, 403),
    ("POST", "residents/{post}/withdraw/"): (302, 403, 404, 404, 404, 404, 403, 403, 403, 403),
    ("GET", "seats/"): (302, 403, 200, 200, 200, 200, 200, 403, 200, 200),
    ("GET", "roles/"): (302, 403, 200, 200, 200, 200, 200, 200, 200, 200),
    ("GET", "organisations/"): (302, 403, 200, 200, 200, 200, 200, 403, 200, 200),
    ("GET", "organisations/add/"): (302, 403, 403, 403, 403, 403, 403, 403, 200, 403),
    ("GET", "organisations/{body}/"): (302, 403, 404, 404, 404, 200, 404, 403, 200, 200),
    ("GET", "organisations/{body}/change/"): (302, 403, 403, 403, 403, 403, 403, 403, 200, 403),
    ("POST", "organisations/{body}/close/"): (302, 403, 403, 403, 403, 403, 403, 403, 303, 403),
}
