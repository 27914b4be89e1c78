"""Certificates in every state that a town may have them in."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from mulin.kernel import certificates


def a_certificate(folder: Path, what: str, now: datetime) -> tuple[str, str]:
    """Its file and the file of its key."""
    if what == "nothing":
        return "", ""
    ages = {"ends soon": timedelta(days=380), "ended": timedelta(days=400), "not yet": -timedelta(days=2)}
    certificates.make_authority(folder, ["mulin.local"], now=now - ages.get(what, timedelta(0)))
    cert, key = folder / certificates.SERVER, folder / certificates.SERVER_KEY
    if what == "other key":
        key = folder / certificates.AUTHORITY_KEY
    elif what == "no file":
        cert.unlink()
    elif what == "no certificate":
        cert.write_text("hello")
    return str(cert), str(key)
