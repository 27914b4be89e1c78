"""Mounted at the root: what somebody may do who holds a link from a mail."""

from django.urls import path

from mulin.channels.views import stopping

urlpatterns = [path("mail/<str:token>/", stopping.stop, name="mail-stop")]
