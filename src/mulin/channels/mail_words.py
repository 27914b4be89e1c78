"""What the codes of mail mean."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mulin.channels.mail.queue import MailKind
from mulin.channels.models import MailStage
from mulin.channels.rules.server import Tls


def kinds_in_words() -> Mapping[str, str]:
    return {
        MailKind.CODE: _("A code to sign in"),
        MailKind.PROOF: _("A code that proves an address"),
        MailKind.TEST: _("Test mail"),
        MailKind.MESSAGES: _("Messages"),
    }


def states_in_words() -> Mapping[str, str]:
    return {
        MailStage.SENT: pgettext("mail", "sent"),
        MailStage.WAITING: pgettext("mail", "waits"),
        MailStage.CLAIMED: pgettext("mail", "is being sent"),
        MailStage.HANDING: pgettext("mail", "is being handed over"),
        MailStage.FAILED: pgettext("mail", "refused"),
        MailStage.UNSURE: pgettext("mail", "nobody knows whether it arrived"),
        MailStage.DROPPED: pgettext("mail", "not sent"),
        "bounced": pgettext("mail", "came back"),
    }


def whys_in_words() -> Mapping[str, str]:
    return {
        "no_answer": _("The server had all of it and did not answer. It is not sent twice."),
        "refused": _("The receiver's server refused it."),
        "late": _("It would have come too late."),
        "unwanted": _("The person wants no mail."),
        "no_address": _("The person has no address any more."),
        "bounced": _("There is no such mailbox."),
        "unreadable": _("Its words or its address could not be read any more."),
    }


def tls_in_words() -> Mapping[str, str]:
    return {
        Tls.START: _("encrypted (STARTTLS)"),
        Tls.WHOLE: _("encrypted (TLS)"),
        Tls.NONE: _("not encrypted"),
    }
