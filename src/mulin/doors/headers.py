"""Headers of every answer beside the Content-Security-Policy: what a page may use of a device, who may embed us."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# A place for the pin, camera and microphone for evidence, passkeys for signing in; nothing else, and for us alone.
_OURS = ("camera", "geolocation", "microphone", "publickey-credentials-create", "publickey-credentials-get")
_NOBODYS = ("accelerometer", "display-capture", "gyroscope", "magnetometer", "midi", "payment", "usb")
HEADERS = {
    "Permissions-Policy": ", ".join(
        [*(f"{name}=(self)" for name in _OURS), *(f"{name}=()" for name in _NOBODYS)]
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
}


class HeadersMiddleware:
    """Adds them, unless the answer has its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response
