"""What other rooms and the doors may use of channels."""

from mulin.channels.actions import choose, may_edit_texts, reset_texts, set_texts
from mulin.channels.mail.at_once import mail_at_once
from mulin.channels.mail.choosing import choose_mail, choose_pace, mail_choice, mail_choices_path
from mulin.channels.mail.lights import lights
from mulin.channels.mail.overseeing import mail_state, send_test, take_bounce, try_again
from mulin.channels.mail.posting import post
from mulin.channels.mail.queue import codes_can_be_sent, send_code
from mulin.channels.models import Message
from mulin.channels.queries.ahead import Ahead, look_ahead
from mulin.channels.queries.inbox import InboxPage, Told, inbox, told_to_reporters, unread_count
from mulin.channels.rules.sending import Asked, Later, No, Why, Yes, may_send
from mulin.channels.tasks import send

__all__ = [
    "Ahead",
    "Asked",
    "InboxPage",
    "Later",
    "Message",
    "No",
    "Told",
    "Why",
    "Yes",
    "choose",
    "choose_mail",
    "choose_pace",
    "codes_can_be_sent",
    "inbox",
    "lights",
    "look_ahead",
    "mail_at_once",
    "mail_choice",
    "mail_choices_path",
    "mail_state",
    "may_edit_texts",
    "may_send",
    "post",
    "reset_texts",
    "send",
    "send_code",
    "send_test",
    "set_texts",
    "take_bounce",
    "told_to_reporters",
    "try_again",
    "unread_count",
]
