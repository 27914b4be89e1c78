"""Addresses of the desk pages about lists."""

from django.urls import path

from mulin.visits.lists import views

urlpatterns = [
    path("lists/", views.lists, name="lists"),
    path("lists/new/", views.list_new, name="list-new"),
    path("lists/<uuid:id>/", views.list_one, name="list-one"),
    path("lists/<uuid:id>/compare/", views.compare, name="list-compare"),
    path("lists/<uuid:id>/rows/", views.rows, name="list-rows"),
    path("lists/<uuid:id>/tick/", views.tick, name="list-tick"),
    path("lists/<uuid:id>/tasks/", views.tasks, name="list-tasks"),
    path("lists/<uuid:id>/result/", views.result, name="list-result"),
    path("lists/<uuid:id>/erase/", views.erase, name="list-erase"),
]
