"""Mounted at `desk/`: the inbox and the texts of messages."""

from django.urls import path

from mulin.channels.views import inbox, mail, own_mail, texts

urlpatterns = [
    path("inbox/", inbox.messages_page, name="inbox"),
    path("inbox/stamp/", inbox.stamp, name="inbox-stamp"),
    path("inbox/read/", inbox.all_read, name="inbox-read"),
    path("inbox/choices/", inbox.choices, name="inbox-choices"),
    path("inbox/<uuid:id>/open/", inbox.message_open, name="message-open"),
    path("inbox/<uuid:id>/read/", inbox.message_read, name="message-read"),
    path("inbox/mail/", own_mail.own_mail, name="own-mail"),
    path("inbox/mail/address/", own_mail.address, name="own-mail-address"),
    path("inbox/mail/prove/", own_mail.prove, name="own-mail-prove"),
    path("inbox/mail/forget/", own_mail.forget, name="own-mail-forget"),
    path("mail/", mail.mail, name="mail"),
    path("mail/test/", mail.test, name="mail-test"),
    path("mail/again/", mail.again, name="mail-again"),
    path("messages/", texts.texts, name="message-texts"),
    path("messages/dry-run/", texts.dry_run, name="message-dry-run"),
    path("messages/<str:kind>/", texts.text, name="message-text"),
    path("messages/<str:kind>/preview/", texts.preview, name="message-text-preview"),
    path("messages/<str:kind>/default/", texts.default, name="message-text-default"),
]
