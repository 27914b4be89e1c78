"""A real mail server on loopback that does what a test tells it, and the lane that meets it."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Event
from typing import Any
from uuid import UUID

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

from mulin.channels.mail.posting import post
from mulin.channels.models import Mail, Mailbox
from mulin.channels.rules.server import read_server
from mulin.posts.face import User
from tests.support.clock import NOW

BRIEF = 0.25  # seconds that we wait for such a server


class Office:
    """Its handler. `says` answers a step ("RCPT", "DATA") with a line; `does` is what happens there instead."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.envelopes: list[tuple[str, list[str]]] = []
        self.asked: list[str] = []
        self.says: dict[str, str] = {}
        self.does: dict[str, str] = {}
        self.over = asyncio.Event()
        self.url = ""

    async def step(self, name: str, server: SMTP) -> str:
        self.asked.append(name)
        match self.does.get(name):
            case "hang":
                await asyncio.wait_for(self.over.wait(), 30)
            case "slow":
                await asyncio.sleep(BRIEF / 5)
            case "drop":
                assert isinstance(server.transport, asyncio.WriteTransport)
                server.transport.abort()
        return self.says.get(name, "250 2.0.0 OK")

    async def handle_EHLO(
        self, server: SMTP, session: Any, envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        await self.step("EHLO", server)
        return responses

    async def handle_MAIL(
        self, server: SMTP, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        return await self.step("MAIL", server)

    async def handle_RCPT(
        self, server: SMTP, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        return await self.step("RCPT", server)

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:
        said = await self.step("DATA", server)
        if said.startswith("250"):
            mail = message_from_bytes(envelope.content, policy=policy.default)
            assert isinstance(mail, EmailMessage)
            self.taken.append(mail)
            self.envelopes.append((envelope.mail_from, envelope.rcpt_tos))
        return said

    @property
    def texts(self) -> list[str]:
        return [mail.get_content() for mail in self.taken]


def knows(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: LoginPassword) -> AuthResult:
    """Lets in whoever says the password."""
    return AuthResult(success=data == LoginPassword(b"town", b"p/w"), handled=False)


@contextmanager
def office(settings: Any, scheme: str = "smtp+plain", user: str = "", **options: Any) -> Iterator[Office]:
    """A server that listens, and the settings that lead to it."""
    handler, port = Office(), a_port()
    controller = Controller(handler, hostname="127.0.0.1", port=port, **options)
    controller.start()
    handler.url = f"{scheme}://{user}127.0.0.1:{port}"
    settings.MULIN_MAIL_SERVER = read_server(handler.url)
    settings.MULIN_MAIL_FROM = ("睦邻", "mulin@town.example.cn")
    settings.MULIN_MAIL_SECONDS = BRIEF
    settings.MULIN_PUBLIC_URL = "https://mulin.example.cn"
    try:
        yield handler
    finally:
        controller.loop.call_soon_threadsafe(handler.over.set)
        controller.stop()


def a_port() -> int:
    """One that nobody listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def carry(now: datetime = NOW) -> int:
    """Rounds of the lane until nothing is left at this instant."""
    done = 0
    while some := post(lambda: now, Event()):
        done += some
    return done


def later(**span: float) -> datetime:
    return NOW + timedelta(**span)


def a_mailbox(username: str, **facts: Any) -> Mailbox:
    """A member of staff with a proven address."""
    user = User.objects.get(username=username)
    return Mailbox.objects.create(user=user, address=f"{username}@town.example.cn", **facts)


def the_mail() -> Mail:
    return Mail.objects.get()


def states() -> list[str]:
    return list(Mail.objects.order_by("id").values_list("stage", flat=True))


def key_of(mail: EmailMessage) -> UUID:
    return UUID(str(mail["Message-ID"])[1:37])
