"""The page for those who can no longer renew: what it costs, whom to ask, and that others need not start again."""

import pytest

from tests.reading import source_of, text_of
from tests.renewals import scenes


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2027-03-01", "You can still renew, through March 13, 2028, and need not start again. It costs $99"),
        ("2027-03-20", "need not start again. It costs $129 through June 12, 2027."),
        ("2028-03-13", "need not start again. It costs $149 through March 13, 2028."),
        ("2028-03-14", "Your certification ended on March 14, 2027."),
    ],
)
def test_start_again_names_price_and_last_day_while_renewing_is_possible(
    jordan, signed_in, clock_at, day, words
):
    clock_at(day)
    assert words in text_of(signed_in(jordan).get("/start-again/"))


def test_home_of_an_ended_certification_links_to_start_again_which_offers_a_mail_with_the_number(
    jordan, signed_in, clock_at
):
    clock_at("2028-03-14")
    browser = signed_in(jordan)
    for path in ("/home/", "/renew/check/"):
        assert 'href="/start-again/">See how' in source_of(browser.get(path))
    page = source_of(browser.get("/start-again/"))
    assert 'href="mailto:help@example.org?subject=Start%20again%2C%201193%204482">Write to us' in page


def test_the_start_again_page_of_a_trainer_with_an_open_renewal_says_that_it_is_under_way(
    ready, signed_in, clock_at
):
    scenes.submit(ready, "2027-03-02")
    clock_at("2027-03-02")
    assert "Your renewal is under way" in text_of(signed_in(ready).get("/start-again/"))


def test_a_visitor_reads_how_to_start_again_and_nothing_about_any_trainer(jordan, client, clock_at):
    clock_at("2028-03-14")
    told = text_of(client.get("/start-again/"))
    assert "you begin with a new certification" in told
    assert "March 14, 2027" not in told
