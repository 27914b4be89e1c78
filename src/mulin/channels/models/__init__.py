"""What this room stores."""

from mulin.channels.models.mail import Letter, Mail, Mailbox, MailStage, Relay
from mulin.channels.models.message import Message, Muted, Template

__all__ = ["Letter", "Mail", "MailStage", "Mailbox", "Message", "Muted", "Relay", "Template"]
