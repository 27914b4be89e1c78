"""What the settings say of the mail server: read once, at start, and strictly."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from email.utils import parseaddr
from enum import StrEnum
from urllib.parse import unquote, urlsplit

ADDRESS_LIMIT = 200
HERE = ("localhost", "127.0.0.1", "::1")

_ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)*"
    r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
)


class Tls(StrEnum):
    """How the line is encrypted."""

    START = "starttls"  # asked for on an open line; a server that does not offer it gets nothing
    WHOLE = "tls"  # from the first byte
    NONE = "none"  # only where somebody said so


_SCHEMES = {"smtp": (Tls.START, 587), "smtps": (Tls.WHOLE, 465), "smtp+plain": (Tls.NONE, 25)}


@dataclass(frozen=True, slots=True)
class Server:
    """Where mail goes out. The password shows nowhere."""

    host: str
    port: int
    tls: Tls
    user: str = ""
    password: str = field(default="", repr=False)


def read_server(url: str) -> Server | None:
    """`smtp://user:password@host:587`, `smtps://…`, `smtp+plain://…`; nothing means no mail. Raises ValueError."""
    if not url:
        return None
    parts = urlsplit(url)
    if parts.scheme not in _SCHEMES or not parts.hostname:
        raise ValueError("say smtp://user:password@host:port, smtps://… or smtp+plain://host")
    if parts.path not in ("", "/") or parts.query or parts.fragment:
        raise ValueError(
            "nothing comes after the port; write signs of the password like / and # as %2F and %23"
        )
    tls, port = _SCHEMES[parts.scheme]
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if bool(user) != bool(password):
        raise ValueError("a user needs a password, and the other way round")
    if tls is Tls.NONE and user and parts.hostname not in HERE:
        raise ValueError("smtp+plain would show the password to the network; take smtp:// or smtps://")
    return Server(parts.hostname, parts.port or port, tls, user, password)


def read_from(text: str) -> tuple[str, str]:
    """Name and address of `睦邻 <mail@town.cn>`. Raises ValueError."""
    name, address = parseaddr(text)
    if not is_address(address) or any(ord(sign) < 32 for sign in text):
        raise ValueError("say mail@example.cn, or Name <mail@example.cn>")
    return name, address


def read_address(text: str) -> str:
    """An address alone, or nothing. Raises ValueError."""
    if text and not is_address(text):
        raise ValueError("say bounces@example.cn")
    return text


def is_address(text: str) -> bool:
    """Whether mail can go there: what servers everywhere understand, and nothing that could end a line."""
    return len(text) <= ADDRESS_LIMIT and _ADDRESS.fullmatch(text) is not None
