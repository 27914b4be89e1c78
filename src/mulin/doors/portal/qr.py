"""The QR code of a receipt. The code stands behind the # of the address, which no browser sends to a server."""

from __future__ import annotations

from io import BytesIO

import segno
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from mulin.doors.portal.receipts import Receipt


def follow_address(request: HttpRequest, receipt: Receipt) -> str:
    """Where the matter is followed, as a phone that scans the paper would open it."""
    path = reverse("follow-one", args=[receipt.number])
    home: str = settings.MULIN_PUBLIC_URL
    start = f"{home}{path}" if home else request.build_absolute_uri(path)
    return f"{start}#code={receipt.code}" if receipt.code else start


def drawing(address: str) -> SafeString:
    """An inline SVG without a style: dark on white in every theme, as scanners want it."""
    out = BytesIO()
    segno.make(address, error="m", micro=False).save(
        out, kind="svg", xmldecl=False, svgns=False, scale=4, border=3, dark="#000", light="#fff",
        svgclass="qr", lineclass=None, omitsize=False,
    )  # fmt: skip
    return mark_safe(out.getvalue().decode())  # noqa: S308 - drawn here, of squares only
