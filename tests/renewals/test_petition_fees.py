"""A body whose petitions are paid with the renewal: each one sent in the cycle is a line of its price."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from hardship.extendable_days import bare_standing
from petitions.attestation import attestation_for
from petitions.models import Petition
from petitions.services import send_petition, submit_paid_petition, withdraw_petition
from tests import factories
from tests.bodies import let_follow
from tests.petitions.scenes import draft, pay
from tests.reading import text_of
from trainers.models import Cycle

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 3, 2, 12, tzinfo=ZoneInfo("America/Phoenix"))
WITH_THE_RENEWAL = """total = { value = "2.0" }
fees = [{ code = "renewal", amount = "99.00" }, { code = "asked", label = "Courses that you asked for", amount = "15.00", per = "petition" }]
tiers = [{ code = "on_time", adds = ["renewal", "asked"] }]
"""
AT_ONCE = WITH_THE_RENEWAL + 'values = { petition_fee = { value = "25.00" } }\n'


@pytest.fixture
def cycle(jordan, follow_body, clock_at) -> Cycle:
    clock_at("2027-03-02")
    return let_follow(jordan.credentials.get(), follow_body(WITH_THE_RENEWAL))


def sent(cycle: Cycle, title: str) -> Petition:
    trainer = cycle.credential.trainer
    petition = draft(trainer, at=NOON, title=title)
    agreed = attestation_for(cycle.policy.versions[0], cycle.policy.currency_symbol).version
    return send_petition(petition, by=trainer, at=NOON, attestation_version=agreed)


def price(cycle: Cycle) -> int:
    fees = bare_standing(cycle, date(2027, 3, 2)).fees
    return fees.total_cents if fees else 0


def test_each_petition_sent_in_the_cycle_is_a_line_of_the_price_and_a_withdrawn_one_is_not(
    cycle, stranger, signed_in
):
    assert price(cycle) == 9900
    one, other = sent(cycle, "A course"), sent(cycle, "Another course")
    assert (one.state, one.charge.amount_cents) == ("submitted", 0)
    let_follow(stranger.credentials.get(), cycle.policy)
    sent(Cycle.objects.latest_of(stranger.credentials.get()), "A course of somebody else")
    assert price(cycle) == 9900 + 2 * 1500
    factories.CeuRecordFactory(credential=cycle.credential, hundredths=200, completed_on=date(2026, 3, 2))
    shown = text_of(signed_in(cycle.credential.trainer).get("/renew/check/"))
    assert "Courses that you asked for" in shown
    assert "Agree and pay $129" in shown
    withdraw_petition(other, by=cycle.credential.trainer, at=NOON)
    assert price(cycle) == 9900 + 1500


def test_a_petition_that_was_charged_when_it_was_sent_is_not_charged_again(jordan, follow_body, clock_at):
    clock_at("2027-03-02")
    cycle = let_follow(jordan.credentials.get(), follow_body(AT_ONCE))
    petition = sent(cycle, "A course")
    pay(petition.charge, at=NOON)
    assert submit_paid_petition(petition, at=NOON).state == "submitted"
    assert price(cycle) == 9900


def test_a_petition_of_an_earlier_cycle_is_not_charged(cycle):
    petition = sent(cycle, "A course")
    Petition.objects.filter(pk=petition.pk).update(received_on=date(2025, 3, 14))
    assert price(cycle) == 9900
    Petition.objects.filter(pk=petition.pk).update(received_on=date(2025, 3, 15))
    assert price(cycle) == 9900 + 1500
