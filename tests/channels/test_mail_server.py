"""What the lane makes of a real server that is slow, refuses, hangs, drops, or is not who it says it is."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import trustme

from mulin.channels.face import lights, send_code
from mulin.channels.mail.smtp import SmtpSender
from mulin.channels.models import Mail, Relay
from mulin.channels.rules.server import read_server
from mulin.channels.senders import Down, Envelope, Refused, Unwell
from tests.channels.mail_world import Office, a_port, carry, key_of, knows, later, office, states, the_mail
from tests.registry.rings import own_ring
from tests.registry.test_unreadable import damage
from tests.support.clock import NOW

pytestmark = [pytest.mark.django_db]
__all__ = ["own_ring"]


@pytest.fixture
def server(settings: Any) -> Iterator[Office]:
    with office(settings) as handler:
        yield handler


def a_code(address: str = "li@example.cn") -> Mail:
    assert send_code(address, "135790", "zh-hans", now=NOW)
    return Mail.objects.latest("id")


def why() -> str:
    """Why the server rests."""
    return Relay.objects.get(name="email").why


def test_a_mail_arrives_as_it_was_written(server: Office) -> None:
    mail = a_code()
    assert carry() == 1
    [taken] = server.taken
    assert server.envelopes == [("mulin@town.example.cn", ["li@example.cn"])]
    assert str(taken["Subject"]) == "您的验证码：135790"
    assert str(taken["From"]) == "睦邻 <mulin@town.example.cn>"
    assert taken["Auto-Submitted"] == "auto-generated"
    assert "135790" in server.texts[0]
    assert key_of(taken) == mail.pk
    assert carry() == 0
    assert len(server.taken) == 1


def test_what_is_over_leaves_neither_address_nor_words(server: Office) -> None:
    a_code()
    carry()
    mail = the_mail()
    assert (mail.stage, mail.address, mail.subject, mail.body) == ("sent", "", "", "")
    assert mail.status == "250 2.0.0"


@pytest.mark.usefixtures("own_ring")
def test_a_mail_that_cannot_be_read_goes_nowhere_and_the_round_goes_on(server: Office) -> None:
    lost, whole = a_code(), a_code("wang@example.cn")
    damage(lost, "address")
    assert carry() == 2
    assert server.envelopes == [("mulin@town.example.cn", ["wang@example.cn"])]
    lost.refresh_from_db()
    whole.refresh_from_db()
    assert (lost.stage, lost.why, lost.address_index) == ("dropped", "unreadable", "")
    assert whole.stage == "sent"


def test_a_slow_server_gets_it_all_the_same(server: Office) -> None:
    server.does = dict.fromkeys(("EHLO", "MAIL", "RCPT", "DATA"), "slow")
    a_code()
    carry()
    assert (len(server.taken), states()) == (1, ["sent"])


def test_many_go_over_one_line(server: Office) -> None:
    for number in range(5):
        a_code(f"li{number}@example.cn")
    assert carry() == 5
    assert server.asked.count("EHLO") == 1


def test_who_is_put_off_is_tried_again_later(server: Office) -> None:
    server.says["RCPT"] = "451 4.7.1 Greylisted, come again"
    a_code()
    carry()
    assert (states(), the_mail().status) == (["waiting"], "451 4.7.1")
    server.says.clear()
    carry(later(seconds=5))
    assert server.taken == []
    carry(later(minutes=1))
    assert len(server.taken) == 1


def test_no_such_mailbox_is_final_and_holds_nobody_up(server: Office) -> None:
    server.says["RCPT"] = "550 5.1.1 <li@example.cn>: no such user"
    a_code()
    carry()
    assert (states(), the_mail().status) == (["failed"], "550 5.1.1")
    server.says.clear()
    a_code("wang@example.cn")
    carry()
    assert len(server.taken) == 1


def test_words_that_are_not_wanted_are_final(server: Office) -> None:
    server.says["DATA"] = "554 5.7.1 Looks like spam"
    a_code()
    carry()
    assert (states(), server.taken) == (["failed"], [])


@pytest.mark.parametrize("step", ["EHLO", "MAIL", "RCPT"])
@pytest.mark.parametrize(("does", "said"), [("hang", Down.SILENT), ("drop", Down.DROPPED)])
def test_a_server_that_fails_before_the_words_gets_it_again(
    server: Office, step: str, does: str, said: Down
) -> None:
    server.does[step] = does
    a_code()
    carry()
    assert (states(), why()) == (["waiting"], said)
    server.does.clear()
    carry(later(seconds=5))
    assert server.taken == []  # it rests
    carry(later(minutes=1))
    assert (len(server.taken), states()) == (1, ["sent"])
    assert why() == ""


@pytest.mark.parametrize("does", ["hang", "drop"])
def test_whoever_may_have_it_does_not_get_it_twice(server: Office, does: str) -> None:
    server.does["DATA"] = does
    a_code()
    a_code("wang@example.cn")
    carry()
    assert sorted(states()) == ["unsure", "waiting"]  # and the others wait until it is better
    server.does.clear()
    taken = len(server.taken)
    carry(later(minutes=1))
    assert sorted(states()) == ["sent", "unsure"]
    assert len(server.taken) == taken + 1
    [light] = lights(later(minutes=2))
    assert (light.colour, "did not say" in str(light.says)) == ("amber", True)


def test_nobody_there(settings: Any) -> None:
    settings.MULIN_MAIL_SERVER = read_server(f"smtp+plain://127.0.0.1:{a_port()}")
    a_code()
    carry()
    assert (states(), why()) == (["waiting"], Down.REFUSED)


def test_a_server_that_is_down_rests_longer_and_longer(settings: Any) -> None:
    settings.MULIN_MAIL_SERVER = read_server(f"smtp+plain://127.0.0.1:{a_port()}")
    assert send_code("li@example.cn", "1", "en", now=NOW, lasts=timedelta(hours=9))
    now, rests = NOW, []
    for _ in range(4):
        carry(now)
        next_at = Relay.objects.get().next_at
        assert next_at
        rests.append((next_at - now).total_seconds())
        now = next_at
    assert rests == [30, 60, 120, 300]
    assert Relay.objects.get().down_since == NOW


def test_a_code_that_comes_too_late_is_not_sent(server: Office) -> None:
    a_code()
    carry(later(minutes=11))
    assert (states(), the_mail().why, the_mail().body, server.taken) == (["dropped"], "late", "", [])


# -- encryption


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> tuple[trustme.CA, Path]:
    ca = trustme.CA()
    file = tmp_path_factory.mktemp("ca") / "ca.pem"
    ca.cert_pem.write_to_path(str(file))
    return ca, file


def context(ca: trustme.CA, name: str) -> ssl.SSLContext:
    made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    ca.issue_cert(name).configure_cert(made)
    return made


def test_starttls_and_a_password(settings: Any, authority: tuple[trustme.CA, Path]) -> None:
    ca, file = authority
    settings.MULIN_MAIL_CA = str(file)
    safe = context(ca, "127.0.0.1")
    with office(
        settings, "smtp", "town:p%2Fw@", tls_context=safe, require_starttls=True, authenticator=knows
    ) as server:
        a_code()
        carry()
        assert (len(server.taken), states()) == (1, ["sent"])
        settings.MULIN_MAIL_SERVER = read_server(server.url.replace("p%2Fw", "wrong"))
        a_code()
        carry()
        assert why() == Down.LOGIN


def test_tls_from_the_first_byte(settings: Any, authority: tuple[trustme.CA, Path]) -> None:
    ca, file = authority
    settings.MULIN_MAIL_CA = str(file)
    with office(settings, "smtps", ssl_context=context(ca, "127.0.0.1")) as server:
        a_code()
        carry()
        assert len(server.taken) == 1


@pytest.mark.parametrize("name", ["another.example.cn", "127.0.0.1"])
def test_a_wrong_certificate_gets_nothing(
    settings: Any, authority: tuple[trustme.CA, Path], name: str
) -> None:
    """Of another name, though its authority is trusted; or of the right name, by an authority that is not."""
    ca, file = authority
    settings.MULIN_MAIL_CA = str(file) if name != "127.0.0.1" else ""
    with office(settings, "smtp", tls_context=context(ca, name)) as server:
        a_code()
        carry()
        assert (states(), why(), server.taken) == (["waiting"], Down.CERTIFICATE, [])
        assert "MAIL" not in server.asked


def test_a_server_without_encryption_gets_nothing_where_it_was_asked_for(settings: Any) -> None:
    with office(settings, "smtp") as server:
        a_code()
        carry()
        assert (why(), server.taken) == (Down.PLAIN, [])


def test_an_authority_that_is_not_there_is_a_wrong_certificate(settings: Any, tmp_path: Path) -> None:
    with office(settings, "smtp") as server:
        settings.MULIN_MAIL_CA = str(tmp_path / "none.pem")
        settings.MULIN_MAIL_SERVER = read_server(server.url.replace("smtp:", "smtps:"))
        assert SmtpSender().open() == Unwell(Down.CERTIFICATE)


def test_a_head_that_no_mail_may_have_is_refused_and_the_round_goes_on(server: Office) -> None:
    line = SmtpSender().open()
    assert not isinstance(line, Unwell)
    bad = Envelope("k1", "a@example.cn", "two\nlines", "x", NOW)
    assert line.send(bad, lambda: True) == Refused("5.6.0")
    line.close()
    assert server.taken == []
