"""Home as a page: one heading, one button, forms where something changes, a fixed number of queries."""

import pytest

from renewals import services
from tests import factories
from tests.reading import heading_of, text_of
from tests.renewals import decided, scenes
from tests.renewals.scenes import HOME_QUERIES, queries_of


def test_home_shows_status_dates_and_fees(ready, signed_in, clock_at):
    clock_at("2027-03-02")
    page = signed_in(ready).get("/home/")
    told = text_of(page)
    assert heading_of(page) == "Your certification expires on Sunday, March 14"
    for words in (
        "Expires in 12 days",
        "Renew through March 14 to avoid the $30 late fee. Renew for $99",
        "Hello, Jordan",
        "Everything you need is done 2.0 of 2.0 CEUs",
        "$99 Through Sunday, March 14, 2027 On time. No late fee.",
        "$129 Through June 12, 2027 Adds a $30 late fee.",
        "$149 Through March 13, 2028 Adds a $20 additional fee. The last day to renew at all.",
        "Your certificate Past renewals",
    ):
        assert words in told


def test_home_switches_to_the_new_day_at_midnight_in_the_policys_time_zone(ready, signed_in, clock_at):
    browser = signed_in(ready)
    clock_at("2027-03-14 23:59:59")
    assert "Expires today" in text_of(browser.get("/home/"))
    clock_at("2027-03-15 00:00:00")
    assert "Your certification expired on March 14, 2027" in text_of(browser.get("/home/"))


def test_the_pay_button_on_home_is_a_post_form(ready, signed_in, clock_at):
    clock_at("2027-03-02")
    application = scenes.submit(ready, "2027-03-02")
    page = signed_in(ready).get("/home/").content.decode()
    assert f'<form method="post" action="/renew/{application.reference}/pay/">' in page


@pytest.mark.parametrize("more", [0, 1, 200])
def test_home_uses_the_same_number_of_queries_for_many_records_as_for_few(ready, signed_in, clock_at, more):
    clock_at("2027-03-02")
    factories.CeuRecordFactory.create_batch(more, credential=ready.credentials.get())
    browser = signed_in(ready)
    browser.get("/home/")
    assert queries_of(browser) == HOME_QUERIES


@pytest.mark.parametrize("visits", [0, 1, 3])
def test_home_uses_one_more_query_while_a_payment_is_awaited(ready, signed_in, clock_at, visits):
    clock_at("2027-03-02")
    application = scenes.submit(ready, "2027-03-02")
    for _ in range(visits):
        scenes.visit(application, "2027-03-02", state="expired", ended_at=scenes.moment("2027-03-02"))
    assert queries_of(signed_in(ready)) == HOME_QUERIES + 1


def test_home_of_an_account_without_a_credential_says_so(db, signed_in):
    page = signed_in(factories.TrainerFactory()).get("/home/")
    assert page.status_code == 403
    assert "This account has no certification" in text_of(page)


def test_the_front_page_offers_sign_in_to_a_visitor_and_home_to_a_trainer(client, ready, signed_in):
    told = text_of(client.get("/"))
    for words in (
        "Sign in",
        "First visit",
        "How renewal works",
        "What will it cost?",
        "Find a course",
        "Check a certification",
    ):
        assert words in told
    assert "Go to your home page" in text_of(signed_in(ready).get("/"))


def test_home_uses_no_extra_queries_for_a_returned_renewal_and_three_more_for_a_denied_one(
    ready, reviewer, signed_in, clock_at
):
    clock_at("2027-03-02")
    application = scenes.submit(ready, "2027-03-02")
    application.cycle.claimed_records.filter(category="education").update(state="rejected")
    application = scenes.pay(application, "2027-03-02")
    browser = signed_in(ready)
    assert queries_of(browser) == HOME_QUERIES
    decided.return_application(
        application, by=reviewer, at=scenes.moment("2027-03-02"), reason="Another name."
    )
    assert queries_of(browser) == HOME_QUERIES
    clock_at("2027-04-02")
    services.deny_uncorrected_renewal(application, at=scenes.moment("2027-04-02"))
    assert queries_of(browser) == HOME_QUERIES + 4  # its audit, what became of its fee, fitting courses
