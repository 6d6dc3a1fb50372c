"""The limit on how often an account may search in a minute."""

from datetime import UTC, datetime

import pytest
import time_machine

from tests.reading import text_of

SEARCHES = ["/courses/?q=fuel", "/messages/?q=fuel"]


@pytest.fixture
def minute(settings):
    """It begins at second 20 of a minute."""
    settings.SEARCHES_PER_MINUTE = 2
    with time_machine.travel(datetime(2027, 3, 2, 17, 0, 20, tzinfo=UTC), tick=False) as traveller:
        yield traveller


def test_searches_by_one_account_beyond_the_limit_are_refused_until_the_next_minute(
    minute, jordan, stranger, signed_in
):
    browser = signed_in(jordan)
    assert [browser.get(search).status_code for search in SEARCHES] == [200, 200]
    refused = signed_in(jordan).get(SEARCHES[0])
    assert (refused.status_code, refused["Retry-After"]) == (429, "40")
    assert "These were many searches in one minute." in text_of(refused)
    assert browser.get("/messages/").status_code == 200
    assert signed_in(stranger).get(SEARCHES[0]).status_code == 200
    minute.shift(40)
    assert browser.get(SEARCHES[0]).status_code == 200


def test_searches_by_staff_beyond_the_limit_are_refused(minute, reviewer, signed_in):
    browser = signed_in(reviewer)
    answers = [browser.get("/staff/find/?q=rivera").status_code for _ in range(3)]
    assert answers == [200, 200, 429]
