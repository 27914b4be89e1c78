"""What other rooms and the doors may use of channels."""

from mulin.channels.actions import choose, may_edit_texts, reset_texts, set_texts
from mulin.channels.email.queue import codes_can_be_sent, send_code
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
    "codes_can_be_sent",
    "inbox",
    "look_ahead",
    "may_edit_texts",
    "may_send",
    "reset_texts",
    "send",
    "send_code",
    "set_texts",
    "told_to_reporters",
    "unread_count",
]
