"""Next cycles that a policy counts from the day of receipt or of approval, or that have another length: what is
opened, with a gap or an overlap, is what the rules answer.
"""

from datetime import date

import pytest
from django.db import IntegrityError

from ceus.standing import facts_for
from renewals.pages.application import renewed_through
from renewals.pages.certificate import certificate_for_cycle
from renewals.services.dues import dues_of, numbered_dues
from tests import factories
from tests.audits.scenes import open_periods
from tests.bodies import let_follow
from tests.reading import text_of
from tests.renewals import scenes
from tests.renewals.decided import approve_application
from tests.renewals.together import broken
from trainers.models import Cycle
from trainers.services.policies import switch_policy

pytestmark = pytest.mark.django_db
FROM = 'cycle = {{ next_from = "{0}" }}\ntotal = {{ value = "2.0" }}\nfees = [{{ code = "renewal", amount = "99.00" }}]\n'
LATE = 'tiers = [{ code = "on_time" }, { code = "late", after = "E", through = "E + 1 year" }]\n'
BACK = 'tiers = [{ code = "on_time" }, { code = "late", after = "E", through = "E + 1 year", next_from = "receipt" }]\n'
BY_HAND = 'values = { auto_approve = { value = false, label = "At once", clause = "house", text = "People look." } }\n'
SHORT = 'paths = [{ code = "usual", text = "By courses." }, { code = "short", text = "For a year.", credits = false, next_length = "1 year" }]\n'


@pytest.fixture
def follow(jordan, stranger, follow_body, clock_at):
    """Return a function that lets Jordan's certification, with all it needs, follow a policy on a day; its
    cycle ends on 2027-03-14.
    """

    def follow(version: str, day: str) -> Cycle:
        clock_at(day)
        cycle = let_follow(jordan.credentials.get(), follow_body(version))
        open_periods(rate="0", policy_code="body")
        factories.CeuRecordFactory(credential=cycle.credential, hundredths=200, completed_on=date(2026, 3, 2))
        return cycle

    return follow


def opened(cycle: Cycle) -> tuple[str, str, str]:
    found = Cycle.objects.latest_of(cycle.credential)
    return found.starts_on.isoformat(), found.expires_on.isoformat(), found.counted_from


@pytest.mark.parametrize(
    ("version", "received", "cycle"),
    [
        (FROM.format("receipt") + LATE, "2027-06-01", ("2027-06-01", "2029-06-01", "receipt")),
        (FROM.format("receipt") + LATE, "2027-03-02", ("2027-03-02", "2029-03-02", "receipt")),
        (
            FROM.format("receipt") + LATE,
            "2027-03-14",
            ("2027-03-14", "2029-03-14", "receipt"),
        ),  # as the award's
        (FROM.format("E") + BACK, "2027-06-01", ("2027-06-01", "2029-06-01", "receipt")),
        (FROM.format("E") + BACK, "2027-03-02", ("2027-03-15", "2029-03-14", "E")),
    ],
)
def test_a_cycle_counted_from_receipt_begins_on_that_day_before_or_after_e(
    follow, jordan, version, received, cycle
):
    running = follow(version, received)
    sent = scenes.renew(jordan, received)
    assert (sent.state, opened(running)) == ("approved", cycle)
    assert renewed_through(sent).isoformat() == cycle[1]
    assert facts_for(Cycle.objects.latest_of(running.credential)).more.number == 4  # awarded in 2021
    assert broken() == []


def test_a_renewed_certification_is_valid_as_long_as_the_policy_chosen_for_the_next_cycle_says(
    follow, follow_body, jordan, lead, signed_in
):
    follow(FROM.format("E"), "2027-03-02")
    longer = 'cycle = { length = "3 years" }\ntotal = { value = "2.0" }\nfees = [{ code = "renewal", amount = "99.00" }]\n'
    follow_body(FROM.format("E"), beside={"longer": longer})
    at = scenes.moment("2027-03-01")
    switch_policy(jordan.credentials.get(), policy="longer", reason="They asked.", by=lead, at=at)
    said = text_of(signed_in(jordan).get("/renew/check/"))
    assert "Next cycle March 15, 2027 through March 14, 2030" in said
    assert renewed_through(scenes.renew(jordan, "2027-03-02")) == date(2030, 3, 14)


def test_a_cycle_counted_from_approval_begins_on_the_day_on_which_it_takes_effect(
    follow, jordan, reviewer, signed_in
):
    running = follow(FROM.format("approval") + LATE + BY_HAND, "2027-06-01")
    sent = scenes.pay(scenes.submit(jordan, "2027-06-01"), "2027-06-01")
    assert sent.state == "in_review"
    done = approve_application(sent, by=reviewer, at=scenes.moment("2027-06-20"))
    assert opened(running) == ("2027-06-20", "2029-06-20", "approval")
    assert done.assessment["dates"]["next_cycle"] == {"starts_on": "2027-06-20", "expires_on": "2029-06-20"}
    assert broken() == []


def test_before_it_is_sent_the_page_promises_no_day_that_hangs_on_the_approval(follow, jordan, signed_in):
    follow(FROM.format("approval") + LATE, "2027-03-02")
    said = text_of(signed_in(jordan).get("/renew/check/"))
    assert "Next cycle From the day on which we approve your renewal" in said


def test_after_a_gap_the_pages_say_so_and_the_certificate_begins_with_the_new_cycle(
    follow, jordan, signed_in, client, clock_at
):
    running = follow(FROM.format("receipt") + LATE, "2027-06-01")
    sent = scenes.renew(jordan, "2027-06-01")
    said = text_of(signed_in(jordan).get(f"/renew/{sent.reference}/"))
    assert "The last cycle ended on March 14, 2027. You were not certified between the two." in said
    paper = certificate_for_cycle(Cycle.objects.latest_of(running.credential))
    assert (paper.starts_on, paper.issued_on) == (date(2027, 6, 1), date(2027, 6, 1))
    checked = client.post("/verify/", {"number": "11934482", "family_name": "Rivera"})
    assert "Certified through June 1, 2029" in text_of(checked)
    transcript = text_of(signed_in(jordan).get("/transcript/"))
    assert "June 1, 2027 through June 1, 2029" in transcript
    assert "March 15, 2025 through March 14, 2027" in transcript


def test_renewed_early_the_running_cycle_is_over_and_its_trainer_was_told_before(follow, jordan, signed_in):
    follow(FROM.format("receipt") + LATE, "2027-01-04")
    browser = signed_in(jordan)
    home = text_of(browser.get("/home/"))
    assert (
        "Your next cycle does not wait for that day: renewed today, it goes through January 4, 2029." in home
    )
    sent = scenes.renew(jordan, "2027-01-04")
    said = text_of(browser.get(f"/renew/{sent.reference}/"))
    assert "The last cycle, which would have ended on March 14, 2027, is over." in said
    assert "certified through January 4, 2029" in text_of(browser.get("/home/"))


def test_the_way_that_was_chosen_gives_the_next_cycle_its_length_and_later_ones_the_usual_one(
    follow, jordan, signed_in
):
    running = follow(FROM.format("E") + SHORT, "2027-03-02")
    signed_in(jordan).post("/renew/way/short/")
    scenes.renew(jordan, "2027-03-02")
    assert opened(running) == ("2027-03-15", "2028-03-14", "E")
    factories.CeuRecordFactory(credential=running.credential, hundredths=200, completed_on=date(2027, 4, 1))
    scenes.renew(jordan, "2028-03-01")
    assert opened(running) == ("2028-03-15", "2030-03-14", "E")
    assert broken() == []


def test_two_short_cycles_that_end_with_one_of_the_award_begin_on_their_own_days(follow, jordan, signed_in):
    running = follow(FROM.format("E") + SHORT, "2027-03-02")
    for day in ("2027-03-02", "2028-03-01"):
        signed_in(jordan).post("/renew/way/short/")
        scenes.renew(jordan, day)
    assert opened(running) == ("2028-03-15", "2029-03-14", "E")
    assert broken() == []


@pytest.mark.parametrize(
    ("starts_on", "expires_on", "counted_from"),
    [
        ("2027-06-01", "2029-06-01", "E"),  # a gap
        ("2027-03-01", "2029-03-01", "E"),  # an overlap
        ("2025-03-15", "2029-03-01", "receipt"),  # it begins with the one before
        ("2026-06-01", "2027-03-14", "approval"),  # it ends with the one before
        ("2027-03-15", "9001-01-01", "E"),  # it ends later than "for life"
    ],
)
def test_the_database_refuses_a_cycle_that_its_policy_could_not_count(
    jordan, starts_on, expires_on, counted_from
):
    cycle = Cycle.objects.get(credential__trainer=jordan)
    with pytest.raises(IntegrityError, match="trainers_cycle_follows"):
        Cycle.objects.create(
            credential=cycle.credential,
            starts_on=date.fromisoformat(starts_on),
            expires_on=date.fromisoformat(expires_on),
            opens_on=cycle.opens_on,
            completion_deadline=cycle.completion_deadline,
            last_day_to_apply=cycle.last_day_to_apply,
            counted_from=counted_from,
        )


def test_a_fee_of_a_time_that_the_next_cycle_has_taken_over_is_asked_for_once(follow, jordan, signed_in):
    dues = 'dues = [{ code = "yearly", label = "Yearly fee", amount = "50.00", fixed_days = ["03-10"], blocks = false }]\n'
    running = follow(FROM.format("receipt") + LATE + dues, "2027-01-04")
    today = date(2027, 3, 20)
    assert [one.due_on for one in dues_of(running, today)] == [date(2026, 3, 10), date(2027, 3, 10)]
    scenes.renew(jordan, "2027-01-04")
    latest = Cycle.objects.latest_of(running.credential)
    asked = [(one.cycle, one.answer.due_on) for one in numbered_dues(latest, today)]
    assert asked == [
        (running, date(2026, 3, 10)),
        (latest, date(2027, 3, 10)),
        (latest, date(2028, 3, 10)),
    ]
    assert [one.due_on for one in dues_of(running, today)] == [date(2026, 3, 10)]
    assert broken() == []
