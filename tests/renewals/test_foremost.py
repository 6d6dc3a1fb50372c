"""A denial that a lead reopens counts again, whatever the trainer started meanwhile (Q17, I15)."""

import pytest

from renewals import services
from renewals.lookups import foremost_of
from renewals.models import Application
from renewals.pages.verification import answer_by_number
from tests import factories
from tests.cast import colleague
from tests.reading import heading_of
from tests.renewals import decided, scenes

DAY = "2027-03-02"


@pytest.fixture
def reopened(ready, clock_at) -> Application:
    """Return a denied renewal that was reopened after the trainer had begun and withdrawn another one."""
    clock_at(DAY)
    lead = colleague("lead")
    application = scenes.submit(ready, DAY)
    factories.recount(application.cycle.claimed_records.filter(category="education"), 10)
    application = scenes.pay(application, DAY)
    decided.deny_application(application, by=lead, at=scenes.moment(DAY), reason="Another name.")
    again = services.start_application(scenes.cycle_of(ready), by=ready, at=scenes.moment(DAY))
    services.withdraw_application(again, by=ready, at=scenes.moment(DAY))
    factories.recount(ready.credentials.get().ceu_records.filter(category="education"), 190)
    return decided.reopen_application(
        application, by=lead, at=scenes.moment(DAY), reason="It was the name before."
    )


def test_home_and_verification_use_the_reopened_renewal_and_not_a_later_closed_one(
    reopened, ready, signed_in, clock_at
):
    assert foremost_of(ready.credentials.get()) == reopened
    assert heading_of(signed_in(ready).get("/home/")) == "We are checking your renewal"
    after = clock_at("2027-03-15 12:00")
    number = ready.credentials.get().number
    assert answer_by_number(number, at=after, default_policy="nasm-cpt").state == "In force"
