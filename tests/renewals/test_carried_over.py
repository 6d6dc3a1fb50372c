"""What a renewal left over counts in the next cycle, under a policy that carries something over."""

from datetime import date

import pytest
from django.urls import reverse

from ceus.models import CeuRecord
from ceus.standing import facts_for
from hardship.extendable_days import bare_standing
from renewals.models import Application
from tests import factories
from tests.audits.scenes import open_periods
from tests.bodies import let_follow
from tests.reading import text_of
from tests.renewals.scenes import renew
from trainers.models import Cycle

pytestmark = pytest.mark.django_db
CARRYING = """total = { value = "2.0" }
fees = [{ code = "renewal", amount = "99.00" }]
carry_over = { most = "0.5", text = "At most {value} are carried over." }
"""
SAID = "Carried over from your last cycle: 0.5 CEUs. At most 0.5 CEUs are carried over."


@pytest.fixture
def cycle(jordan, follow_body, clock_at) -> Cycle:
    clock_at("2027-03-02")
    found = let_follow(jordan.credentials.get(), follow_body(CARRYING))
    open_periods(policy_code="body")
    return found


def log(cycle: Cycle, hundredths: int, day: date) -> CeuRecord:
    return factories.CeuRecordFactory(credential=cycle.credential, hundredths=hundredths, completed_on=day)


def following(cycle: Cycle) -> Cycle:
    return Cycle.objects.latest_of(cycle.credential)


def renewed_with_more(cycle: Cycle) -> Cycle:
    """The next cycle after a renewal with 2.7 CEUs, of which 0.5 are carried over."""
    log(cycle, 200, date(2025, 6, 1))
    log(cycle, 70, date(2026, 6, 1))
    renew(cycle.credential.trainer, "2027-03-02")
    return following(cycle)


def test_the_check_page_says_how_much_of_the_surplus_is_carried_over(cycle, signed_in):
    log(cycle, 200, date(2025, 6, 1))
    log(cycle, 70, date(2026, 6, 1))
    shown = text_of(signed_in(cycle.credential.trainer).get("/renew/check/"))
    assert "You have 0.7 CEUs more than you need. 0.5 of them carry over to your next cycle." in shown


def test_what_was_left_over_counts_in_the_next_cycle_and_is_said_on_its_pages(cycle, signed_in, clock_at):
    after = renewed_with_more(cycle)
    carried = facts_for(after).more.carried
    assert [(one.ceus, one.completed_on) for one in carried] == [(50, date(2026, 6, 1))]
    assert facts_for(cycle).more.carried == ()
    assert bare_standing(after, date(2027, 4, 1)).total.counted == 50
    clock_at("2027-04-01")
    browser = signed_in(after.credential.trainer)
    shown = text_of(browser.get("/my-courses/"))
    assert SAID in shown
    assert "0.5 of 2 CEUs" in shown


def test_a_renewal_that_needs_what_was_carried_over_is_approved_and_claims_only_its_own_records(
    cycle, signed_in, clock_at, lead
):
    after = renewed_with_more(cycle)
    own = log(after, 150, date(2027, 6, 1))
    clock_at("2029-03-01")
    browser = signed_in(after.credential.trainer)
    assert "Carried over from your last cycle 0.5 CEUs" in text_of(browser.get("/renew/check/"))
    sent = renew(after.credential.trainer, "2029-03-01")
    assert sent.state == Application.State.APPROVED
    assert list(CeuRecord.objects.filter(claimed_for=after)) == [own]
    review = reverse("admin:renewals_application_review", args=[sent.pk])
    assert SAID in text_of(signed_in(lead).get(review))
    assert following(after).starts_on == date(2029, 3, 15)
    assert (
        facts_for(following(after)).more.carried == ()
    )  # nothing was left over, and nothing is carried twice


def test_without_what_was_carried_over_the_same_renewal_is_refused(cycle, clock_at):
    log(cycle, 200, date(2025, 6, 1))
    renew(cycle.credential.trainer, "2027-03-02")
    after = following(cycle)
    log(after, 150, date(2027, 6, 1))
    clock_at("2029-03-01")
    assert not bare_standing(after, date(2029, 3, 1)).eligible


def test_nothing_is_carried_over_from_a_cycle_of_another_policy(cycle):
    after = renewed_with_more(cycle)
    Cycle.objects.filter(pk=cycle.pk).update(policy_code="nasm-cpt")
    assert facts_for(Cycle.objects.select_related("credential__trainer").get(pk=after.pk)).more.carried == ()


def test_the_records_of_another_trainer_are_not_carried_over(cycle, stranger):
    after = renewed_with_more(cycle)
    factories.CeuRecordFactory(credential=stranger.credentials.get(), hundredths=900)
    assert sum(one.ceus for one in facts_for(after).more.carried) == 50
