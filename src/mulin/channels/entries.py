"""The journal's codes of this room."""

from django.utils.translation import gettext_lazy as _

from mulin.journal.face import register


def declare() -> None:
    register("message_text.changed", _("The text of a message was changed"))
    register("message_text.reset", _("The text of a message went back to the default"))
    register("message.chosen", _("A person chose what they are told"))
