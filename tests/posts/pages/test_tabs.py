"""Nobody is led to a page that they may not open."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.matters.pages.desk import at_desk, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.tiny_town]


@pytest.mark.parametrize("page", ["seats", "organisations", "roles"])
def test_only_who_may_see_people_is_led_to_them(page: str) -> None:
    people = f'href="{reverse("people")}"'
    assert people not in words_of(at_desk("handler").get(reverse(page)))
    assert people in words_of(at_desk("operator").get(reverse(page)))
