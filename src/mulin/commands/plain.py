"""The plain HTTP beside HTTPS: it shows the page that helps a phone trust the town, and leads everybody else on."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterable
from socketserver import ThreadingMixIn
from typing import Any
from urllib.parse import quote
from wsgiref.simple_server import ServerHandler, WSGIRequestHandler, WSGIServer, make_server

OPEN = ("/trust/", "/static/", "/health", "/language/", "/look/")
SECONDS = 10  # for a request to arrive; whoever is slower is cut off
MOST = 32  # at once
Start = Callable[..., Any]


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    places = threading.BoundedSemaphore(MOST)

    def process_request(self, request: Any, client_address: Any) -> None:
        if self.places.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self.places.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever breaks off is no news, and their address is nobody's business."""


class _Server6(_Server):
    address_family = socket.AF_INET6


class _Handler(WSGIRequestHandler):
    timeout = SECONDS

    def address_string(self) -> str:
        return str(self.client_address[0])  # never asks a name server

    def log_message(self, format: str, *args: Any) -> None:
        """No log of who came."""


ServerHandler.server_software = "mulin"


def listen(host: str, port: int, tls_port: int) -> WSGIServer:
    """Serve in a thread until told to stop."""
    from django.core.wsgi import get_wsgi_application

    site = get_wsgi_application()

    def answer(asked: dict[str, Any], start: Start) -> Iterable[bytes]:
        if asked["PATH_INFO"].startswith(OPEN):
            return site(asked, start)
        if asked["PATH_INFO"].startswith("/api/"):
            return _refused(start)
        return _led_on(asked, start, tls_port)

    kind = _Server6 if socket.getaddrinfo(host, port)[0][0] == socket.AF_INET6 else _Server
    server = make_server(host, port, answer, server_class=kind, handler_class=_Handler)
    threading.Thread(target=server.serve_forever, name="plain", daemon=True).start()
    return server


def _refused(start: Start) -> Iterable[bytes]:
    """A program that sends its token in plain shall notice: led on, it would do so for ever."""
    start("403 Forbidden", [("Content-Type", "application/problem+json")])
    return [b'{"status": 403, "code": "https_only", "detail": "Call this address by HTTPS."}']


def _led_on(asked: dict[str, Any], start: Start, tls_port: int) -> Iterable[bytes]:
    """308 keeps the method and what was sent; only to a name that is ours."""
    from django.conf import settings
    from django.http.request import split_domain_port, validate_host

    domain, _port = split_domain_port(asked.get("HTTP_HOST", ""))
    if not domain or not validate_host(domain, settings.ALLOWED_HOSTS):
        start("400 Bad Request", [("Content-Type", "text/plain")])
        return [b"This name does not lead here.\n"]
    port = "" if tls_port == 443 else f":{tls_port}"
    query = f"?{asked['QUERY_STRING']}" if asked.get("QUERY_STRING") else ""
    path = quote(asked["PATH_INFO"].encode("latin-1"))
    start(
        "308 Permanent Redirect",
        [("Location", f"https://{domain}{port}{path}{query}"), ("Content-Length", "0")],
    )
    return [b""]
