"""A roster under a policy with a way to renew for life, or with cycles that do not follow the award."""

from datetime import date

import pytest

from tests.reading import refused_with
from tests.renewals.scenes import moment
from tests.renewals.together import broken
from tests.trainers.scenes import ROBIN, row
from trainers.lookups import credential_of, current_cycle
from trainers.models import Cycle, Trainer
from trainers.services.credentials import grant_credential

pytestmark = pytest.mark.django_db
USUAL = 'total = { value = "2.0" }\nfees = [{ code = "renewal", amount = "99.00" }]\n'
LIFE = 'paths = [{ code = "usual" }, { code = "life", credits = false, lifetime = true }]\n'
FROM_RECEIPT = 'cycle = { next_from = "receipt" }\n'


def robins_cycle() -> Cycle:
    return current_cycle(credential_of(Trainer.objects.get(email="robin@example.org")))


def test_a_row_for_life_gives_a_cycle_without_an_end_that_begins_with_the_award(desk, follow_body):
    follow_body(USUAL + LIFE)
    for_life = row(expires_on="For life")
    assert (desk.bring_in(for_life, policy="body").new, desk.bring_in(for_life, policy="body").unchanged) == (
        1,
        1,
    )
    cycle = robins_cycle()
    assert (cycle.starts_on, cycle.is_for_life, cycle.remind_on) == (date(2021, 3, 14), True, None)
    assert broken() == []
    refused = desk.refused(ROBIN, policy="body")
    assert "The certification that we hold is for life. This cycle is older." in refused
    assert "9000" not in refused


def test_a_row_for_life_of_a_certification_that_ends_is_refused_in_these_words(desk, follow_body):
    follow_body(USUAL + LIFE)
    desk.bring_in(ROBIN, policy="body")
    refused = desk.refused(row(expires_on="For life"), policy="body")
    assert "We hold 2027-03-14. A later cycle is opened by a renewal, never by a roster." in refused
    assert "for life" in refused
    assert "9000" not in refused


def test_a_row_for_life_is_refused_where_the_policy_knows_no_such_way(desk):
    assert "The policy has no way to renew for life. Write the last day." in desk.refused(
        row(expires_on="for life")
    )


def test_where_cycles_are_counted_from_receipt_any_last_day_is_one_of_a_cycle(desk, follow_body):
    follow_body(USUAL + FROM_RECEIPT)
    assert desk.bring_in(row(expires_on="2027-06-01"), policy="body").new == 1
    assert robins_cycle().starts_on == date(2025, 6, 2)
    assert broken() == []


def test_a_last_day_before_the_award_is_refused_in_its_line_where_any_day_may_end_a_cycle(desk, follow_body):
    follow_body(USUAL + FROM_RECEIPT)
    assert "The award is after the last day of the cycle." in desk.refused(
        row(expires_on="2021-03-01"), policy="body"
    )
    assert not Cycle.objects.exists()


def test_a_certification_is_not_granted_with_a_last_day_before_its_award(jordan, follow_body):
    follow_body(USUAL + FROM_RECEIPT)
    with refused_with("No cycle of this award ends on that day.", "off_series"):
        grant_credential(
            jordan,
            number="55120007",
            policy_code="body",
            awarded_on=date(2022, 6, 10),
            cycle_expires_on=date(2022, 6, 10),
            by=None,
            at=moment("2027-03-02"),
        )
