"""`mulin administrator`: the first people of a new town, who then appoint all others at the desk."""

from __future__ import annotations

import secrets
import sys
from argparse import ArgumentParser, Namespace

from mulin.commands import start

ROLES = ("system_administrator", "security_administrator", "auditor")


def add_arguments(parser: ArgumentParser) -> None:
    """What comes after `mulin administrator`."""
    parser.add_argument("role", choices=ROLES)
    parser.add_argument("username")
    parser.add_argument("name", help="as it is shown, for example 王芳")
    parser.add_argument("area", help="the code of the town, county or community, for example 370402005")


def run(arguments: Namespace) -> int:
    start.django()
    start.guarded()
    from mulin.kernel.refusals import Refusal

    password = secrets.token_urlsafe(12)
    try:
        _appoint(arguments, password)
    except Refusal as why:
        print(f"mulin: {why} Nothing was changed.", file=sys.stderr)
        return 1
    print(f"{arguments.username} may sign in with this password, once, and then chooses another: {password}")
    return 0


def _appoint(arguments: Namespace, password: str) -> None:
    """Both or nothing; written in the journal as done by the system."""
    from django.db import transaction

    from mulin.kernel.refusals import Invalid
    from mulin.places.face import Area
    from mulin.posts.face import Who, add_person, appoint

    now = start.now()
    system = Who.system(now)
    area = Area.objects.open().filter(path=arguments.area).first()
    if area is None:
        raise Invalid("There is no such area: load the official divisions first.", code="area")
    with transaction.atomic():
        person = add_person(
            username=arguments.username, name=arguments.name, home=area, password=password, by=system, now=now
        )
        appoint(person, role=arguments.role, area=area, by=system, now=now)
