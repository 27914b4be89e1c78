"""The API: every room's operations under /api/v1/."""

from mulin import __version__
from mulin.channels.endpoints import mail, own_mail
from mulin.channels.endpoints import router as inbox
from mulin.doors.api import problems
from mulin.doors.api.description import DescribedAPI
from mulin.doors.api.dossiers import router as dossiers
from mulin.doors.api.house import journal_seals, kept
from mulin.doors.api.house import nights as nightly
from mulin.doors.api.house import read as readings
from mulin.doors.api.jobs import router as jobs
from mulin.doors.api.map import router as one_map
from mulin.doors.api.places import router as places
from mulin.doors.api.public import router as public
from mulin.doors.api.readable import PlainRenderer, StrictParser
from mulin.doors.api.tokens import TokenAuth
from mulin.doors.publicity.endpoints import public_grids
from mulin.doors.publicity.endpoints import router as publicity
from mulin.matters.endpoints import (
    before,
    closed,
    exports,
    figures,
    hand_over,
    imports,
    papers,
    rechecks,
    takes,
    who_does_what,
)
from mulin.matters.endpoints import files as matter_files
from mulin.matters.endpoints import router as matters
from mulin.matters.endpoints import types as matter_types
from mulin.posts.endpoints import leaves, residents, signing, staff
from mulin.posts.endpoints import router as posts
from mulin.registry.endpoints import asked as registry_asked
from mulin.registry.endpoints import care, privacy
from mulin.registry.endpoints import lists as registry_lists
from mulin.registry.endpoints import people as registry_people
from mulin.registry.endpoints import records as registry_records
from mulin.visits.endpoints import campaigns, lists, visits

api = DescribedAPI(
    title="Mulin 睦邻",
    version=__version__,
    description="All that the desk can do. Errors are problem+json; every POST takes an Idempotency-Key.",
    urls_namespace="api",
    auth=TokenAuth(),
    parser=StrictParser(),
    renderer=PlainRenderer(),
    docs_url=None,
    openapi_url="/openapi.json",
)
problems.install(api)
api.add_router("/matters", before, tags=["matters"])
api.add_router("/matters", exports, tags=["matters"])
api.add_router("/matters", matters, tags=["matters"])
api.add_router("/matters", matter_files, tags=["matters"])
api.add_router("/matters", closed, tags=["matters"])
api.add_router("/imports", imports, tags=["former matters"])
api.add_router("", papers, tags=["paper"])
api.add_router("/retention", kept, tags=["house"])
api.add_router("/nights", nightly, tags=["house"])
api.add_router("/seals", journal_seals, tags=["house"])
api.add_router("/readings", readings, tags=["house"])
api.add_router("/rechecks", rechecks, tags=["matters"])
api.add_router("/figures", figures, tags=["figures"])
api.add_router("/matter-types", matter_types, tags=["matter list"])
api.add_router("/takes", takes, tags=["matter list"])
api.add_router("/who-does-what", who_does_what, tags=["matter list"])
api.add_router("/inbox/mail", own_mail, tags=["messages"])
api.add_router("/inbox", inbox, tags=["messages"])
api.add_router("/mail", mail, tags=["mail"])
api.add_router("/jobs", jobs, tags=["long work"])
api.add_router("", one_map, tags=["places"])
api.add_router("", places, tags=["places"])
api.add_router("", staff, tags=["people"])
api.add_router("", posts, tags=["people"])
api.add_router("", hand_over, tags=["leave"])
api.add_router("", leaves, tags=["leave"])
api.add_router("", residents, tags=["residents"])
api.add_router("", signing, tags=["signing in"])
api.add_router("/public", public, tags=["public"])
api.add_router("/public", public_grids, tags=["public"])
api.add_router("/publicity", publicity, tags=["publicity"])
api.add_router("/registry", privacy, tags=["registry"])
api.add_router("/registry", registry_asked, tags=["registry"])
api.add_router("/registry", registry_records, tags=["registry"])
api.add_router("/registry", registry_people, tags=["registry"])
api.add_router("/registry", registry_lists, tags=["registry"])
api.add_router("/dossiers", dossiers, tags=["registry"])
api.add_router("/care", care, tags=["care needs"])
api.add_router("/visits", visits, tags=["visits"])
api.add_router("/campaigns", campaigns, tags=["visits"])
api.add_router("/lists", lists, tags=["lists"])
