from django.urls import path

from mulin.doors.api.main import api

urlpatterns = [path("v1/", api.urls)]
