"""A lower certification whose last day is over while the renewal of the higher one, which renews it, too, is
being decided: it is certified for everybody, as the higher one is.

Jordan's "Body Trainer" (1193 4482) is certified through March 14, 2027; the lower "Helper Trainer" (5512 0007)
through March 20, 2027, or as a test says.
"""

from collections.abc import Callable
from datetime import date

import pytest

from employers.directory import Wanted, entries_now
from renewals.pages.badge_status import positions_set
from renewals.pages.verification import answer_by_number
from renewals.ranks import undecided_above
from renewals.services.badges import make_badge
from renewals.status import Certification, certification_on, certifications_of
from tests import factories
from tests.employers.scenes import listed
from tests.reading import heading_of, text_of
from tests.renewals import scenes
from tests.renewals.together import submitted
from tests.twice import BODY, RANKED, SECOND
from trainers.models import Credential, Cycle

pytestmark = pytest.mark.django_db
AS_STORED = {
    "returned": {"returned_on": date(2027, 3, 11), "correct_through": date(2027, 4, 10)},
    "denied": {"ended_at": scenes.moment("2027-03-11")},
}
LONG = 'cycle = { length = "4 years" }\n'
Lower = Callable[..., Cycle]


@pytest.fixture
def lower(ranked, clock_at) -> Lower:
    """`lower()` lets the higher certification's renewal, received on March 2, 2027, be in review, and returns
    the lower one's cycle.
    """

    def made(ends: date = date(2027, 3, 20), state: str = "in_review", **more: str) -> Cycle:
        clock_at("2027-03-02")
        first, second = ranked(ends, **more)
        factories.CeuRecordFactory(credential=first.credential, hundredths=200, completed_on=date(2026, 9, 1))
        application = submitted(first)
        if state != "submitted":
            factories.walk_to(application, state, **AS_STORED.get(state, {}))
        return Cycle.objects.select_related("credential__trainer").get(pk=second.pk)

    return made


def status_on(cycle: Cycle, day: str) -> Certification:
    """Return the status, asked alone and among many."""
    alone = certification_on(date.fromisoformat(day), cycle.credential, cycle, None)
    assert certifications_of([cycle], scenes.at_hour(day)) == {cycle.pk: alone}
    return alone


def test_a_lower_certification_is_in_force_for_others_while_the_higher_renewal_is_in_review(
    lower, stranger, signed_in, clock_at
):
    cycle = lower()
    badge = make_badge(cycle.credential, by=cycle.credential.trainer, at=clock_at("2027-03-02 12:00"))
    at = clock_at("2027-03-25")
    assert status_on(cycle, "2027-03-25") == Certification(True)
    asked = {"at": at, "default_policy": "body"}
    assert answer_by_number(SECOND, **asked).state == "In force"
    assert positions_set("suspension", badge.list_number, at=at) == []
    listed(cycle.credential.trainer)
    assert SECOND in [one.credential.number for one in entries_now(Wanted(), at=at)]
    page = signed_in(cycle.credential.trainer).get(f"/certifications/{SECOND}/home/")
    assert heading_of(page) == "Your certification stays active while we check"
    assert "Your renewal of Body Trainer is being decided." in text_of(page)
    theirs = stranger.credentials.get().cycles.select_related("credential").get()
    assert not status_on(theirs, "2029-01-01").certified


@pytest.mark.parametrize(
    ("state", "day", "certified"),
    [
        ("submitted", "2027-03-25", False),  # not paid
        ("in_review", "2027-03-20", True),
        ("returned", "2027-04-10", True),
        ("returned", "2027-04-11", False),
        ("denied", "2027-03-25", False),
    ],
)
def test_the_lower_certification_is_kept_as_long_as_the_higher_renewal_is_undecided(
    lower, state, day, certified
):
    assert status_on(lower(state=state), day).certified is certified


@pytest.mark.parametrize(
    ("ends", "more"),
    [
        (date(2027, 3, 1), {}),  # it was over on the day of receipt
        (date(2027, 3, 20), {"lower": BODY}),
        (date(2027, 3, 20), {"higher": BODY}),
    ],
)
def test_a_lower_certification_that_the_renewal_does_not_renew_in_time_is_not_kept(lower, ends, more):
    assert not status_on(lower(ends, **more), "2027-03-25").certified


def test_a_lower_certification_with_a_renewal_of_its_own_is_not_kept_by_the_higher_one(lower):
    cycle = lower()
    factories.CeuRecordFactory(
        credential=cycle.credential, hundredths=200, completed_on=date(2026, 9, 1), title="Another course"
    )
    submitted(cycle)  # and never paid
    assert not status_on(cycle, "2027-03-25").certified


@pytest.mark.parametrize("when", ["before it is sent", "in review"])
@pytest.mark.parametrize(("ends", "promised"), [(date(2029, 3, 14), True), (date(2029, 3, 15), False)])
def test_a_lower_certification_is_promised_a_renewal_only_when_it_ends_by_the_next_last_day_of_the_higher_one(
    lower, ranked, signed_in, clock_at, when, ends, promised
):
    if when == "in review":
        owner = lower(ends, lower=RANKED + LONG).credential.trainer
    else:
        clock_at("2027-01-05")
        owner = ranked(ends, RANKED + LONG)[0].credential.trainer
    told = text_of(signed_in(owner).get(f"/certifications/{SECOND}/home/"))
    assert ("Renews together" in told) is promised
    assert ("What you need to renew" in told) is not promised


@pytest.mark.parametrize(("ends", "promised"), [(date(2029, 3, 2), True), (date(2029, 3, 3), False)])
def test_a_lower_certification_is_kept_only_by_the_next_cycle_that_a_renewal_of_that_day_opens(
    lower, ranked, signed_in, clock_at, ends, promised
):
    from_receipt = RANKED + 'cycle = { next_from = "receipt" }\n'
    clock_at("2027-03-02")
    owner = ranked(ends, RANKED + LONG, from_receipt)[0].credential.trainer
    told = text_of(signed_in(owner).get(f"/certifications/{SECOND}/home/"))
    assert ("Renews together" in told) is promised


@pytest.mark.parametrize(("ends", "promised"), [(date(2029, 3, 2), True), (date(2029, 3, 3), False)])
def test_a_lower_certification_is_renewed_with_a_sent_renewal_only_if_its_next_cycle_lasts_as_long(
    lower, ends, promised
):
    from_receipt = RANKED + 'cycle = { next_from = "receipt" }\n'
    cycle = lower(ends, lower=RANKED + LONG, higher=from_receipt)
    assert bool(undecided_above(cycle)) is promised


def test_a_lower_certification_expires_while_the_higher_one_is_suspended(lower, clock_at):
    cycle = lower()
    clock_at("2027-03-25")
    assert status_on(cycle, "2027-03-25") == Certification(True)
    higher = Credential.objects.exclude(pk=cycle.credential_id).get(trainer=cycle.credential.trainer)
    factories.walk_to(higher, "suspended", state_on=date(2027, 3, 24))
    cycle = Cycle.objects.select_related("credential__trainer").get(pk=cycle.pk)
    assert not status_on(cycle, "2027-03-25").certified
