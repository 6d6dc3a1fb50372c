"""Yearly fees of the cycles before the latest one: asked for, paid and reminded of until they are paid."""

from datetime import date

import pytest
from django.http import HttpResponse

from core import clock
from outbox.models import Notice
from payments.services.events import receive_event
from renewals.models import YearlyFee
from renewals.services.due_reminders import queue_due_reminders
from renewals.services.dues import dues_of, earlier_dues, raise_yearly_fee
from staff.reports.money import money_lines
from staff.reports.span import Span
from tests import factories
from tests.bodies import let_follow
from tests.payments.scenes import paid, visit
from tests.reading import text_of
from trainers.models import Cycle

pytestmark = pytest.mark.django_db
DUES = """total = { value = "2.0" }
fees = [{ code = "renewal", amount = "99.00" }]
dues = [{ code = "yearly", label = "Yearly fee", amount = "50.00", text = "Fifty dollars a year.", fixed_days = ["03-01"], grace_days = 30, blocks = false }]
"""


@pytest.fixture
def cycle(jordan, follow_body) -> Cycle:
    """Jordan's cycle through March 14, 2027, with a fee due on March 1, 2026 and 2027; the next one is open."""
    first = let_follow(jordan.credentials.get(), follow_body(DUES))
    factories.CycleFactory(
        credential=first.credential, starts_on=date(2027, 3, 15), expires_on=date(2029, 3, 14)
    )
    return first


def test_what_fell_due_in_an_earlier_cycle_is_asked_for_on_home_and_paid_on_the_page_of_fees(
    cycle, stranger, signed_in, clock_at, monkeypatch
):
    monkeypatch.setattr("renewals.views.dues.redirect_to_payment", lambda *_, **__: HttpResponse())
    at = clock_at("2027-04-20")
    browser = signed_in(cycle.credential.trainer)
    assert "Pay $50: Yearly fee" in text_of(browser.get("/home/"))
    shown = text_of(browser.get("/dues/"))
    earlier, own = shown.split("This cycle")
    assert "Not paid in an earlier cycle" in earlier
    assert earlier.count("Overdue") == 2
    assert "Due on March 1, 2028" in own
    browser.post("/dues/2/pay/")  # the second of the first cycle, whatever was paid meanwhile
    fee = YearlyFee.objects.get()
    assert (fee.cycle, fee.due_on, fee.charge.amount_cents) == (cycle, date(2027, 3, 1), 5000)
    receive_event(paid(visit(fee.charge), at=at), at=at)
    again = text_of(browser.get("/dues/"))
    assert again.partition("This cycle")[0].count("Overdue") == 1
    latest = Cycle.objects.current().get(credential=cycle.credential)
    assert [(one.number, one.answer.due_on) for one in earlier_dues(latest, date(2027, 4, 20))] == [
        (1, date(2026, 3, 1))
    ]
    assert earlier_dues(stranger.credentials.get().cycles.get(), date(2027, 4, 20)) == []


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2027-02-15", ["yearly:2027-03-01:coming"]),
        ("2027-04-01", ["yearly:2027-03-01:overdue"]),
        ("2027-04-30", ["yearly:2027-03-01:overdue"]),
        ("2027-05-01", []),
    ],
)
def test_the_mails_about_a_fee_come_also_once_the_next_cycle_was_opened(cycle, clock_at, day, told):
    clock_at(day)
    queue_due_reminders(at=clock.now())
    assert list(Notice.objects.filter(kind="renewals.due_fee").values_list("event", flat=True)) == told


def test_a_fee_that_a_version_brings_after_a_cycle_ended_was_never_due_in_it(jordan, follow_body):
    plain, _, dues = DUES.partition("dues = ")
    later = f"{plain}[[versions]]\nin_force_from = 2027-04-01\ndues = {dues}"
    first = let_follow(jordan.credentials.get(), follow_body(later))
    second = factories.CycleFactory(
        credential=first.credential, starts_on=date(2027, 3, 15), expires_on=date(2029, 3, 14)
    )
    assert earlier_dues(second, date(2027, 4, 20)) == []
    assert [one.due_on for one in dues_of(second, date(2027, 4, 20))] == [date(2028, 3, 1), date(2029, 3, 1)]


def test_staff_read_the_unpaid_fees_of_an_earlier_cycle_on_the_page_of_the_person_and_in_the_report_once_paid(
    cycle, finance, signed_in, clock_at
):
    at = clock_at("2027-04-20")
    trainer = cycle.credential.trainer
    words = text_of(signed_in(finance).get(f"/staff/trainers/trainer/{trainer.pk}/change/"))
    assert "1193 4482: Yearly fee, $50 due on March 1, 2027, overdue" in words
    fee = raise_yearly_fee(cycle, code="yearly", due_on=date(2027, 3, 1), by=trainer, at=at)
    receive_event(paid(visit(fee.charge), at=at), at=at)
    lines = money_lines(Span(date(2027, 4, 1), date(2027, 4, 30)))
    assert [(one.label, one.cents) for one in lines if "Yearly" in one.label] == [("Yearly fees", 5000)]


def test_the_fees_of_a_cycle_that_ended_are_those_of_its_last_day_and_late_by_today(cycle):
    assert [(one.due_on, one.state) for one in dues_of(cycle, date(2027, 3, 31))] == [
        (date(2026, 3, 1), "overdue"),
        (date(2027, 3, 1), "open"),
    ]
