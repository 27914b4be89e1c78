"""A mail server, met with distrust: it may be slow, hang, hang up, refuse, or not be who it says it is."""

from __future__ import annotations

import errno
import re
import smtplib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr

from django.conf import settings

from mulin.channels.rules.server import Server, Tls
from mulin.channels.senders import Down, Envelope, Later, Outcome, Refused, Sent, Unsure, Unwell

STEPS = 4  # a mail may take so many times what one answer may; the last answer as well
FAREWELL = 1.0  # seconds; whether it says goodbye does not matter
GONE = ("5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10")  # there is no such address
_FIGURES = re.compile(rb"\s*([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_DOTS = re.compile(rb"^\.", re.MULTILINE)
_POLICY = SMTP.clone(cte_type="7bit")


class SmtpSender:
    """Opens lines to the server of the settings."""

    code = "email"

    def is_set(self) -> bool:
        return settings.MULIN_MAIL_SERVER is not None

    def open(self) -> SmtpLine | Unwell:
        """Up to and with the password. Never raises for what a server may do."""
        server: Server | None = settings.MULIN_MAIL_SERVER
        assert server  # noqa: S101 - whoever opens a line asked `is_set`
        line = SmtpLine(settings.MULIN_MAIL_SECONDS)
        with _what_is_wrong() as wrong, line.deadline():
            line.begin(server)
        if wrong:
            line.close()
            return wrong[0]
        return line


class SmtpLine:
    """One connection. After anything but `Sent` it is closed: what state it is in is the server's guess."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.smtp: smtplib.SMTP | None = None
        self.used = 0

    def begin(self, server: Server) -> None:
        name = settings.MULIN_MAIL_FROM[1].rpartition("@")[2]
        if server.tls is Tls.WHOLE:
            self.smtp = smtplib.SMTP_SSL(local_hostname=name, timeout=self.seconds, context=trusted())
        else:
            self.smtp = smtplib.SMTP(local_hostname=name, timeout=self.seconds)
        self.smtp._host = server.host  # type: ignore[attr-defined]  # smtplib sets it only where it connects at once
        code, reply = self.smtp.connect(server.host, server.port)
        if self.smtp.sock is not None:  # else the last word of each mail waits 40 ms for the network
            self.smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if code != 220:
            raise smtplib.SMTPConnectError(code, reply)
        self.smtp.ehlo_or_helo_if_needed()
        if server.tls is Tls.START:
            self.smtp.starttls(context=trusted())
            self.smtp.ehlo_or_helo_if_needed()
        if server.user and not self.smtp.has_extn("auth"):
            raise smtplib.SMTPAuthenticationError(504, b"")
        if server.user:
            self.smtp.login(server.user, server.password)

    def send(self, envelope: Envelope, handing: Callable[[], bool]) -> Outcome:
        """Hand one over. Until its last word the server has nothing: what breaks before may be tried again."""
        try:
            words = _DOTS.sub(b"..", built(envelope).as_bytes())
        except ValueError:  # a head that no mail may have: it would fail for ever, and the round with it
            return Refused("5.6.0")
        with _what_is_wrong() as wrong, self.deadline():
            refused = self._announce(envelope.address, len(words))
            if refused:
                self.close()
                return refused
            self._smtp.send(words)
        if wrong or not handing():
            self.close()
            return wrong[0] if wrong else Later()
        outcome = self._last_word()
        if not isinstance(outcome, Sent):
            self.close()
        self.used += 1
        return outcome

    @property
    def _smtp(self) -> smtplib.SMTP:
        if self.smtp is None:
            raise smtplib.SMTPServerDisconnected
        return self.smtp

    def _announce(self, address: str, size: int) -> Outcome | None:
        """From whom, to whom, and may it come: what it refuses of these is about this mail, or about us."""
        sender = settings.MULIN_MAIL_BOUNCES or settings.MULIN_MAIL_FROM[1]
        sized = [f"size={size}"] if self._smtp.has_extn("size") else []
        code, reply = self._smtp.mail(sender, sized)
        if code != 250:
            return Unwell(Down.BUSY if code < 500 else Down.SENDER, status_of(code, reply))
        code, reply = self._smtp.rcpt(address)
        if code not in (250, 251):
            return _answered(code, reply)
        code, reply = self._smtp.docmd("DATA")
        return None if code == 354 else _answered(code, reply)

    def _last_word(self) -> Outcome:
        try:
            with self.deadline(STEPS):
                self._smtp.send(b".\r\n")
                code, reply = self._smtp.getreply()
        except (OSError, smtplib.SMTPException):
            return Unsure()
        return Sent(status_of(code, reply)) if code == 250 else _answered(code, reply, has_all=True)

    @contextmanager
    def deadline(self, times: int = 1) -> Iterator[None]:
        """However slowly a server drips its answers, they end: the line is cut after `STEPS` times one answer."""
        if self.smtp is not None and self.smtp.sock is not None:
            self.smtp.sock.settimeout(self.seconds * times)
        cut = threading.Timer(self.seconds * STEPS * 1.5, self._cut)
        cut.daemon = True
        cut.start()
        try:
            yield
        finally:
            cut.cancel()

    def _cut(self) -> None:
        if self.smtp is not None and self.smtp.sock is not None:
            with suppress(OSError):
                self.smtp.sock.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Say goodbye where it still listens; after that nothing is open."""
        smtp, self.smtp = self.smtp, None
        if smtp is None:
            return
        with suppress(OSError, smtplib.SMTPException):
            if smtp.sock is not None:
                smtp.sock.settimeout(min(FAREWELL, self.seconds))
                smtp.quit()
        smtp.close()


def trusted() -> ssl.SSLContext:
    """What the system trusts, and the authority of the settings."""
    context = ssl.create_default_context()
    if settings.MULIN_MAIL_CA:
        context.load_verify_locations(settings.MULIN_MAIL_CA)
    return context


def built(envelope: Envelope) -> EmailMessage:
    """Plain text, in seven bits, so that every server understands it. A line end in a header raises ValueError."""
    name, address = settings.MULIN_MAIL_FROM
    mail = EmailMessage(policy=_POLICY)
    mail["From"] = formataddr((name, address)) if name.isascii() else _named(name, address)
    mail["To"] = envelope.address
    mail["Subject"] = envelope.subject
    mail["Date"] = format_datetime(envelope.at)
    mail["Message-ID"] = message_id(envelope.key)
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    if envelope.stop_url:
        mail["List-Unsubscribe"] = f"<{envelope.stop_url}>"
        if envelope.stop_url.startswith("https:"):
            mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.set_content(envelope.body)
    return mail


def _named(name: str, address: str) -> str:
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{quoted}" <{address}>'


def message_id(key: str) -> str:
    """The same at each try, so that whoever gets it twice after all can tell."""
    return f"<{key}@{settings.MULIN_MAIL_FROM[1].rpartition('@')[2]}>"


def status_of(code: int, reply: bytes) -> str:
    """The figures of an answer; its words may quote an address."""
    found = _FIGURES.match(reply)
    return f"{code} {found[1].decode()}" if found else str(code)


def _answered(code: int, reply: bytes, *, has_all: bool = False) -> Outcome:
    """What a refusal means for this mail. 421 is about the server; without figures nobody is called gone."""
    status = status_of(code, reply)
    if code == 421 and not has_all:
        return Unwell(Down.BUSY, status)
    if 500 <= code < 600:
        return Refused(status, gone=status.partition(" ")[2] in GONE)
    return Later(status)


@contextmanager
def _what_is_wrong() -> Iterator[list[Unwell]]:
    """Say of an error what is the matter with the server; the list stays empty where nothing was."""
    wrong: list[Unwell] = []
    try:
        yield wrong
    except (OSError, smtplib.SMTPException) as error:
        wrong.append(_unwell(error))


# The first that fits; what fits none hung up.
_MEANS: tuple[tuple[tuple[type[BaseException], ...], Down], ...] = (
    ((ssl.SSLCertVerificationError, FileNotFoundError), Down.CERTIFICATE),
    ((ssl.SSLEOFError, ssl.SSLZeroReturnError), Down.DROPPED),
    ((ssl.SSLError, smtplib.SMTPNotSupportedError), Down.PLAIN),
    ((socket.gaierror,), Down.NAME),
    ((TimeoutError,), Down.SILENT),
    ((ConnectionRefusedError,), Down.REFUSED),
)


def _unwell(error: OSError | smtplib.SMTPException) -> Unwell:
    if isinstance(error, smtplib.SMTPResponseException):
        final = Down.LOGIN if isinstance(error, smtplib.SMTPAuthenticationError) else Down.DROPPED
        return Unwell(Down.BUSY if error.smtp_code < 500 else final, _of(error))
    if error.errno in (errno.ENETUNREACH, errno.EHOSTUNREACH):
        return Unwell(Down.REFUSED)
    if isinstance(error, smtplib.SMTPServerDisconnected) and isinstance(error.__context__, TimeoutError):
        return Unwell(Down.SILENT)  # smtplib hides it
    return Unwell(next((why for kinds, why in _MEANS if isinstance(error, kinds)), Down.DROPPED))


def _of(error: smtplib.SMTPResponseException) -> str:
    reply = error.smtp_error
    return status_of(error.smtp_code, reply if isinstance(reply, bytes) else reply.encode())
