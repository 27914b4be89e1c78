"""The journal's codes of this room."""

from django.utils.translation import gettext_lazy as _

from mulin.journal.face import register


def declare() -> None:
    register("message_text.changed", _("The text of a message was changed"))
    register("message_text.reset", _("The text of a message went back to the default"))
    register("message.chosen", _("A person chose what they are told"))
    register("mail.address_given", _("An address for mail was given"))
    register("mail.address_proved", _("An address for mail was proved"))
    register("mail.address_forgotten", _("An address for mail was taken away"))
    register("mail.chosen", _("A person chose how often mail comes"))
    register("mail.undeliverable", _("Mail to a person could not be delivered any more"))
    register("mail.tested", _("A test mail was sent"))
    register("mail.hurried", _("Waiting mail was tried again at once"))
