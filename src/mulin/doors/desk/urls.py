"""Mounted at `desk/`."""

from django.urls import include, path

from mulin.doors.desk.views import (
    calendars,
    handover,
    jobs,
    places,
    queue,
    search,
    settings,
    vacancies,
)

urlpatterns = [
    path("", queue.home, name="desk"),
    path("queue/", queue.queue, name="queue"),
    path("queue/stamp/", queue.stamp, name="queue-stamp"),
    path("", include("mulin.doors.desk.urls_map")),
    path("search/", search.search, name="search"),
    path("settings/", settings.settings, name="settings"),
    path("jobs/", jobs.jobs_page, name="jobs"),
    path("jobs/<uuid:id>/", jobs.job, name="job"),
    path("jobs/<uuid:id>/bar/", jobs.bar, name="job-bar"),
    path("jobs/<uuid:id>/file/", jobs.file, name="job-file"),
    path("jobs/<uuid:id>/stop/", jobs.stop, name="job-stop"),
    path("vacancies/", vacancies.vacancies, name="vacancies"),
    path("posts/<uuid:id>/hand-over/", handover.post_hand_over, name="post-hand-over"),
    path("seats/<uuid:id>/hand-over/", handover.seat_hand_over, name="seat-hand-over"),
    path("calendars/", calendars.calendars_page, name="calendars"),
    path("calendars/new/", calendars.new, name="calendar-new"),
    path("calendars/seed/", calendars.seed, name="calendar-seed"),
    path("calendars/<uuid:id>/", calendars.calendar, name="calendar"),
    path("calendars/<uuid:id>/hours/", calendars.hours, name="calendar-hours"),
    path("calendars/<uuid:id>/days/", calendars.days, name="calendar-days"),
    path("calendars/<uuid:id>/days.csv", calendars.csv, name="calendar-csv"),
    path("calendars/<uuid:id>/lines/", calendars.lines, name="calendar-lines"),
    path("calendars/<uuid:id>/clear/", calendars.clear, name="calendar-clear"),
    path("calendars/<uuid:id>/year/", calendars.take_over, name="calendar-year"),
    path("calendars/<uuid:id>/close/", calendars.close, name="calendar-close"),
    path("places/", places.places, name="places"),
    path("places/<str:path>/", places.place, name="place"),
]
