"""`mulin tls`: HTTPS in an office without a certificate from outside."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

import segno

from mulin.commands import start


def add_arguments(parser: ArgumentParser) -> None:
    """What comes after `mulin tls`."""
    verbs = parser.add_subparsers(dest="verb", required=True)
    init = verbs.add_parser("init", help="make a local authority and a certificate for these names")
    init.add_argument(
        "names", nargs="+", help="names and addresses by which it is reached: 192.168.1.20 mulin.local"
    )
    renew = verbs.add_parser("renew", help="issue the certificate anew; phones go on trusting it")
    renew.add_argument(
        "names", nargs="*", help="other names than before, of those that the authority was made for"
    )
    verbs.add_parser(
        "show", help="say what the certificate says, with the address that helps a phone trust it"
    )


def run(arguments: Namespace) -> int:
    start.django()

    from mulin.kernel import certificates

    folder = certificates.folder_of_town()
    if arguments.verb == "init":
        certificates.make_authority(folder, arguments.names, now=start.now())
        print(
            "A local authority was made. Its key lies in the folder of the keys: back that folder up apart."
        )
    elif not (folder / certificates.AUTHORITY_KEY).exists():
        start.stop("There is no local authority here: `mulin tls init NAME` makes one.")
    elif arguments.verb == "renew":
        names = arguments.names or certificates.read(folder / certificates.SERVER).names
        certificates.issue(folder, names, now=start.now())
        print("The certificate was issued anew: restart `mulin serve`.")
    return show(folder)


def show(folder: Path) -> int:
    """What is there, and the way for a phone."""
    from mulin.kernel import certificates

    server = certificates.read(folder / certificates.SERVER)
    authority = certificates.read(folder / certificates.AUTHORITY)
    print(f"For: {', '.join(server.names)}. Holds until {server.ends:%Y-%m-%d}.")
    print(f"Fingerprint of the authority (SHA-256):\n  {authority.fingerprint}")
    address = trust_address(server.names[0])
    print(f"With a phone in the same network, open {address}\n")
    segno.make(address, error="m").terminal(compact=True)
    return 0


def trust_address(name: str) -> str:
    """By plain HTTP: before a phone trusts the authority, nothing else opens without a warning."""
    import os

    host = f"[{name}]" if ":" in name else name
    return f"http://{host}:{os.environ.get('PORT') or '8000'}/trust/"


def renewed_if_due() -> None:
    """At start: a certificate of the local authority that ends within a month is issued anew."""
    from django.conf import settings

    from mulin.kernel import certificates

    folder, file = certificates.folder_of_town(), Path(settings.MULIN_TLS_CERT or "-")
    if file != folder / certificates.SERVER or not (folder / certificates.AUTHORITY_KEY).exists():
        return
    held = certificates.read(file)
    if held.ends_soon(start.now()):
        certificates.issue(folder, held.names, now=start.now())


def usable() -> None:
    """Stop where a certificate is set that no server can use."""
    from django.conf import settings

    from mulin.kernel import certificates

    if not settings.MULIN_TLS_CERT:
        return
    try:
        renewed_if_due()
        fits = certificates.belong_together(
            Path(settings.MULIN_TLS_CERT), Path(settings.MULIN_TLS_KEY or "-")
        )
    except (OSError, ValueError):
        start.stop("The certificate or its key cannot be read: see MULIN_TLS_CERT and MULIN_TLS_KEY.")
    if not fits:
        start.stop(
            "The certificate and the key do not belong together: see MULIN_TLS_CERT and MULIN_TLS_KEY."
        )
    if certificates.read(Path(settings.MULIN_TLS_CERT)).has_ended(start.now()):
        print("mulin: the certificate has ended: browsers will refuse this town. Have it renewed.")
