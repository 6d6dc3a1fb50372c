"""Yearly fees: due on their days, paid by a charge of their own, and in the way of a renewal once overdue."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from core import clock
from core.errors import Refusal
from core.models import HistoryEntry
from core.personal_data import open_things
from hardship.extendable_days import bare_standing
from outbox.models import Notice
from outbox.notices import kind_of
from payments.models import CheckoutSession
from payments.services.events import receive_event
from renewals.models import YearlyFee
from renewals.services.due_reminders import queue_due_reminders
from renewals.services.dues import dues_of, raise_yearly_fee
from tests.bodies import let_follow
from tests.payments.scenes import paid, record, visit
from tests.reading import refused_with, text_of
from trainers.models import Cycle
from trainers.services.erasing import request_erasure

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 3, 2, 12, tzinfo=ZoneInfo("America/Phoenix"))
TODAY = date(2027, 3, 2)
DUES = """total = { value = "2.0" }
fees = [{ code = "renewal", amount = "99.00" }]
dues = [{ code = "yearly", label = "Yearly fee", amount = "50.00", text = "Fifty dollars a year.", first = "S", every = "1 year", grace_days = 30 }]
"""


@pytest.fixture
def cycle(jordan, follow_body, clock_at) -> Cycle:
    """Jordan's cycle from March 15, 2025 through March 14, 2027."""
    clock_at("2027-03-02")
    return let_follow(jordan.credentials.get(), follow_body(DUES))


def unmet(day: date = TODAY) -> bool:
    fresh = Cycle.objects.select_related("credential__trainer").get(credential__number="11934482")
    return "yearly" in bare_standing(fresh, day).unmet


def begun(cycle: Cycle, due_on: date) -> YearlyFee:
    return raise_yearly_fee(cycle, code="yearly", due_on=due_on, by=cycle.credential.trainer, at=NOON)


def test_due_fees_stand_on_their_page_and_overdue_ones_prevent_the_renewal(cycle, signed_in):
    browser = signed_in(cycle.credential.trainer)
    shown = text_of(browser.get("/dues/"))
    assert shown.count("Overdue") == 2
    assert "Due on March 15, 2025 , in time through April 14, 2025 . Fifty dollars a year." in shown
    assert unmet()
    assert not unmet(date(2025, 4, 14))
    assert "Yearly fee: what was due on March 15, 2026 is not paid." in text_of(browser.get("/home/"))


def test_a_due_fee_is_charged_once_and_counts_once_it_is_paid(cycle):
    for due_on in (date(2025, 3, 15), date(2026, 3, 15)):
        fee = begun(cycle, due_on)
        assert begun(cycle, due_on) == fee
        assert (fee.charge.amount_cents, fee.charge.kind) == (5000, "yearly_fee")
        assert fee.charge.policy_version == "body@2000-01-01"
        assert unmet()
        receive_event(paid(visit(fee.charge), name=f"evt_{due_on}"), at=NOON)
    assert YearlyFee.objects.count() == HistoryEntry.objects.filter(verb="begun").count() == 2
    assert not unmet()
    assert {one.state for one in dues_of(Cycle.objects.get(), TODAY)} == {"paid"}
    with refused_with("This fee is paid.", "paid"):
        begun(cycle, date(2026, 3, 15))


def test_only_what_is_due_is_charged_and_only_by_its_owner(cycle, stranger):
    with refused_with("This fee is not due in your cycle.", "no_due"):
        begun(cycle, date(2026, 3, 16))
    with pytest.raises(Refusal):
        raise_yearly_fee(cycle, code="yearly", due_on=date(2026, 3, 15), by=stranger, at=NOON)
    assert not YearlyFee.objects.exists()


def test_a_stranger_does_not_return_to_the_fee_of_another_trainer(cycle, stranger, signed_in):
    fee = begun(cycle, date(2026, 3, 15))
    assert signed_in(stranger).get(f"/dues/{fee.pk}/return/").status_code == 404


def test_a_policy_without_dues_says_so_and_a_fee_that_is_not_listed_leads_back(jordan, signed_in, clock_at):
    clock_at("2027-03-02")
    browser = signed_in(jordan)
    assert "No fees fall due" in text_of(browser.get("/dues/"))
    assert browser.post("/dues/1/pay/").url == "/dues/"
    assert browser.post("/dues/0/pay/").url == "/dues/"


def test_a_fee_that_was_given_back_is_unpaid_again_and_is_begun_anew_with_another_charge(cycle, finance):
    begun(cycle, date(2025, 3, 15))
    first = begun(cycle, date(2026, 3, 15))
    for number, fee in enumerate(YearlyFee.objects.all()):
        receive_event(paid(visit(fee.charge), name=f"evt_{number}"), at=NOON)
    assert not unmet()
    record(first.charge.ledger.get(kind="payment"), finance, 5000)
    assert unmet()
    again = begun(cycle, date(2026, 3, 15))
    assert (again.pk == first.pk, again.charge.state, again.charge.amount_cents) == (False, "open", 5000)
    assert begun(cycle, date(2026, 3, 15)) == again
    assert YearlyFee.objects.get(pk=first.pk).ended_at == NOON
    receive_event(paid(visit(again.charge), name="evt_again"), at=NOON)
    assert not unmet()


def test_an_open_fee_is_voided_when_the_person_is_erased_and_a_payment_page_that_is_open_prevents_it(cycle):
    trainer = cycle.credential.trainer
    fee = begun(cycle, date(2026, 3, 15))
    session = visit(fee.charge)
    assert [one.for_owner for one in open_things(trainer)] == [
        "Not paid: Yearly fee, certification 1193 4482."
    ]
    CheckoutSession.objects.filter(pk=session.pk).update(state="expired", ended_at=NOON)
    assert open_things(trainer) == []
    request_erasure(trainer, by=trainer, at=NOON)
    fee.charge.refresh_from_db()
    assert fee.charge.state == "void"


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2026-02-28", []),
        ("2026-03-01", ["yearly:2026-03-15:coming"]),
        ("2026-04-14", ["yearly:2026-03-15:coming"]),
        ("2026-04-15", ["yearly:2026-03-15:overdue"]),
        ("2026-05-14", ["yearly:2026-03-15:overdue"]),
        ("2026-05-15", []),
    ],
)
def test_a_mail_comes_14_days_before_a_fee_is_due_and_when_it_is_overdue_each_once(
    cycle, clock_at, day, told
):
    clock_at(day)
    for _ in range(2):
        queue_due_reminders(at=clock.now())
    rows = Notice.objects.filter(kind="renewals.due_fee")
    assert list(rows.values_list("event", flat=True)) == told


def test_the_mail_about_a_fee_that_was_paid_meanwhile_is_not_sent(cycle, clock_at):
    clock_at("2026-04-15")
    queue_due_reminders(at=clock.now())
    notice = Notice.objects.get(kind="renewals.due_fee")
    kind = kind_of("renewals.due_fee")
    assert kind.still_due([notice]) == {notice.pk}
    fee = begun(cycle, date(2026, 3, 15))
    receive_event(paid(visit(fee.charge), at=clock.now()), at=clock.now())
    assert kind.still_due([notice]) == set()
    clock_at("2026-04-14")
    assert kind.still_due([notice]) == set()


def test_a_fee_that_was_begun_in_time_and_is_overdue_now_is_charged_with_what_is_added_for_lateness(
    jordan, follow_body, clock_at
):
    late = DUES.replace('amount = "50.00",', 'amount = "50.00", late_amount = "10.00",')
    clock_at("2026-04-14")
    cycle = let_follow(jordan.credentials.get(), follow_body(late))
    due = {"code": "yearly", "due_on": date(2026, 3, 15), "by": jordan}
    in_time = raise_yearly_fee(cycle, **due, at=datetime(2026, 4, 14, 12, tzinfo=NOON.tzinfo))
    assert raise_yearly_fee(cycle, **due, at=datetime(2026, 4, 14, 13, tzinfo=NOON.tzinfo)) == in_time
    overdue = raise_yearly_fee(cycle, **due, at=datetime(2026, 4, 15, 12, tzinfo=NOON.tzinfo))
    in_time.charge.refresh_from_db()
    assert (in_time.charge.amount_cents, in_time.charge.state) == (5000, "void")
    assert (overdue.charge.amount_cents, overdue.charge.state) == (6000, "open")
