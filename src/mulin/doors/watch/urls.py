"""Mounted at the root."""

from django.urls import path

from mulin.doors.watch import views

urlpatterns = [
    path("desk/system/", views.system, name="system"),
    path("health", views.health, name="health"),
    path("metrics", views.metrics, name="metrics"),
    path("trust/", views.trust, name="trust"),
    path("trust/mulin.crt", views.trust_certificate, name="trust-certificate"),
]
