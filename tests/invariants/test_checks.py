"""Each check names the damage that it is for, once the mechanism is removed."""

from datetime import date, timedelta

import pytest
from django.db.models import F

from ceus.models import CeuRecord
from core import clock
from core.models import HistoryEntry
from outbox.models import Notice
from outbox.notices import queue_notice
from outbox.resending import send_again
from payments.models import Charge, LedgerEntry, ProviderEvent
from renewals.models import Application
from tests.invariants.scenes import copy_of, said
from trainers.models import Credential, Cycle, Trainer
from trainers.notice_codes import CHANGE


def notice_for(trainer: Trainer, **fields) -> Notice:
    payload = {"mail": "password_set"}
    fields = {"subject": "thing:1", "event": "once", "send_at": clock.now(), "payload": payload, **fields}
    return queue_notice(CHANGE, trainer=trainer, **fields)


def test_data_made_by_the_services_breaks_no_check(world, found):
    assert found(files=True) == {}


def test_i1_names_a_cycle_with_two_open_or_two_approved_renewals(application, unguarded, found):
    unguarded(Application, "renewals_application_one_open", "renewals_application_one_approved")
    open_again = {"state": "draft", "ended_at": None, "charge_id": None}
    copy_of(application, reference="R-2", **open_again)
    copy_of(application, reference="R-3", **open_again)
    Application.objects.filter(reference="R-3").update(state="withdrawn", ended_at=clock.now())
    assert said(found(), 1) == []
    copy_of(application, reference="R-4", **open_again)
    assert said(found(), 1) == [f"cycle {application.cycle_id} has 2 open renewals"]


def test_i2_names_a_gap_or_overlap_of_cycles_and_a_credential_without_a_cycle(world, unguarded, found):
    unguarded()
    later = Cycle.objects.filter(credential__trainer=world).latest("starts_on")
    Cycle.objects.filter(pk=later.pk).update(starts_on=F("starts_on") + timedelta(days=1))
    Credential.objects.create(trainer=world, number="3", awarded_on=date(2021, 3, 14))
    assert said(found(), 2) == [
        "credential 3 has no cycle",
        f"cycle {later.pk} starts on 2027-03-16, and the one before it ends on 2027-03-14",
        f"cycle {later.pk}: starts_on is 2027-03-16, by the rules 2027-03-15",
    ]
    Cycle.objects.filter(pk=later.pk).update(starts_on=date(2027, 3, 14))
    assert f"cycle {later.pk} starts on 2027-03-14, and the one before it ends on 2027-03-14" in said(
        found(), 2
    )


def test_i2_names_a_cycle_date_that_differs_from_the_rules(world, unguarded, found):
    unguarded()
    cycle = Cycle.objects.filter(credential__trainer=world).earliest("starts_on")
    Cycle.objects.filter(pk=cycle.pk).update(last_day_to_apply=date(2028, 3, 14))
    assert said(found(), 2) == [f"cycle {cycle.pk}: last_day_to_apply is 2028-03-14, by the rules 2028-03-13"]
    Credential.objects.filter(pk=cycle.credential_id).update(awarded_on=date(2021, 3, 15))
    assert f"cycle {cycle.pk} ends on 2027-03-14, which is no end of a cycle of its award" in said(found(), 2)


def test_i3_names_a_changed_fee_snapshot(application, unguarded, found):
    unguarded()
    Application.objects.update(fee_total_cents=9800)
    assert said(found(), 3) == [
        f"{application.reference} agreed to 9800, and its lines make 9900",
        f"{application.reference} agreed to 9800, and owes 9900",
    ]


def test_i3_names_a_charge_of_another_renewal(application, unguarded, found):
    unguarded()
    Charge.objects.update(subject="renewals.application:999")
    assert said(found(), 3) == [f"{application.reference} has the charge of renewals.application:999"]


def test_i4_names_a_charge_paid_twice_or_marked_paid_without_payment(application, unguarded, found):
    unguarded()
    payment = LedgerEntry.objects.get(kind="payment")
    second = copy_of(payment, provider_ref="pi_second")
    charge = application.charge_id
    assert said(found(), 4) == [f"charge {charge} is paid, and 19800 of 9900 USD is kept"]
    LedgerEntry.objects.filter(pk__in=[payment.pk, second.pk]).delete()
    assert said(found(), 4) == [f"charge {charge} is paid, and 0 of 9900 USD is kept"]


def test_i4_names_money_kept_for_a_void_charge(application, unguarded, found):
    unguarded()
    Charge.objects.update(state="void", paid_at=None, paid_cents=None, voided_at=clock.now())
    assert said(found(), 4) == [f"charge {application.charge_id} is not paid, and 9900 of 9900 USD is kept"]


def test_i5_names_a_waiver_that_nobody_granted_and_money_that_should_have_gone_back(
    application, unguarded, found
):
    unguarded()
    Charge.objects.update(waived_cents=3000)
    charge = application.charge_id
    assert said(found(), 5) == [
        f"charge {charge} has 3000 waived, and its ledger says 0",
        f"of charge {charge} 3000 is waived, and 0 was granted",
    ]
    assert said(found(), 4) == [f"charge {charge} is paid, and 9900 of 6900 USD is kept"]


def test_i4_names_a_payment_event_that_was_never_processed(world, unguarded, found):
    unguarded()
    ProviderEvent.objects.update(state="received", attempts=5)
    event = ProviderEvent.objects.first()
    assert f"the provider's event {event.event_id} is neither acted on nor parked" in said(found(), 4)


def test_i5_names_a_payment_of_another_amount_or_currency(application, unguarded, found):
    unguarded()
    payment = LedgerEntry.objects.get(kind="payment")
    LedgerEntry.objects.filter(pk=payment.pk).update(amount_cents=-9800)
    assert f"payment {payment.pk} is 9800 USD, its charge 9900 USD" in said(found(), 5)
    LedgerEntry.objects.filter(pk=payment.pk).update(amount_cents=-9900, currency="EUR")
    assert said(found(), 5) == [f"payment {payment.pk} is 9900 EUR, its charge 9900 USD"]


def test_i5_names_a_ledger_that_differs_from_its_charge(application, stranger, unguarded, found):
    unguarded()
    raised = LedgerEntry.objects.get(kind="charge")
    LedgerEntry.objects.filter(pk=raised.pk).update(trainer=stranger)
    assert said(found(), 5) == [f"ledger entry {raised.pk} stands under another trainer than its charge"]
    LedgerEntry.objects.filter(pk=raised.pk).delete()
    Charge.objects.update(lines=[{"code": "renewal", "label": "Fee", "amount_cents": 9800}])
    assert said(found(), 5) == [
        f"charge {application.charge_id} is 9900, and its lines make 9800",
        f"charge {application.charge_id} is not in the ledger with its amount",
    ]


def test_i5_names_a_waived_charge_that_is_not_void(application, unguarded, found):
    unguarded()
    raised = LedgerEntry.objects.get(kind="charge")
    copy_of(raised, kind="waiver", amount_cents=-9900)
    assert said(found(), 5) == [
        f"charge {application.charge_id} is paid, and 9900 of 9900 is waived instead of 0"
    ]


def test_i9_names_a_duplicate_notice(world, unguarded, found):
    unguarded(Notice, "outbox_notice_once")
    copy_of(notice_for(world), message_id="<second@example.org>")
    assert said(found(), 9) == ["2 notices of kind account.change about thing:1 for once"]


def test_i9_names_a_notice_with_contradictory_end_values_or_a_code_kept_after_sending(
    world, unguarded, found
):
    unguarded(Notice, "outbox_notice_one_end")
    notice = notice_for(world, private=True, payload={"code": "K4X-9QD"})
    Notice.objects.filter(pk=notice.pk).update(state="sent")
    assert said(found(), 9) == [
        f"notice {notice.pk} has ended and still holds its code",
        f"notice {notice.pk} is sent and ended at None",
    ]


def test_i10_names_a_notice_more_than_15_minutes_overdue(world, clock_at, found):
    notice = notice_for(world, send_at=clock_at("2027-03-02 12:00:00"))
    clock_at("2027-03-02 12:14:59")
    assert said(found(), 10) == []
    clock_at("2027-03-02 12:15:00")
    words = f"notice {notice.pk} (account.change) should have been sent at 2027-03-02 19:00 UTC"
    assert words in said(found(), 10)


def test_i10_names_a_cycle_whose_next_reminder_was_not_planned_or_was_skipped(
    world, stranger, clock_at, found
):
    """The stranger's cycle ends on June 30, 2027: their next reminder is on April 1."""
    clock_at("2027-03-01")
    (cycle,) = Cycle.objects.filter(credential__trainer=stranger)

    def sentences_with(day: str | None) -> list[str]:
        Cycle.objects.filter(pk=cycle.pk).update(remind_on=day)
        return [sentence for sentence in said(found(), 10) if sentence.startswith(f"cycle {cycle.pk}:")]

    assert sentences_with("2027-04-01") == []
    assert sentences_with("2027-02-28") == []
    assert sentences_with("2027-02-27") == [f"cycle {cycle.pk}: the reminder of 2027-02-27 was never planned"]
    for wrong in ("2027-05-01", None):
        assert sentences_with(wrong) == [
            f"cycle {cycle.pk}: the next reminder is planned for {wrong}, by the rules for 2027-04-01"
        ]


def test_i10_counts_a_postponed_notice_as_late_from_its_new_time(world, clock_at, found):
    notice = notice_for(world, send_at=clock_at("2027-03-02 12:00:00"))
    Notice.objects.filter(pk=notice.pk).update(retry_at=clock_at("2027-03-02 12:10:00"))

    def late() -> bool:
        return any(f"notice {notice.pk} " in sentence for sentence in said(found(), 10))

    clock_at("2027-03-02 12:24:59")
    assert not late()
    clock_at("2027-03-02 12:25:00")
    assert late()


def test_i11_names_a_state_without_history(world, unguarded, found):
    unguarded()
    credential = Credential.objects.get(number="11934482")
    Credential.objects.filter(pk=credential.pk).update(state="revoked")
    assert said(found(), 11) == [
        f"trainers.credential:{credential.pk} is revoked, and its history says in_force"
    ]


@pytest.mark.parametrize(
    ("model", "state"), [(Application, "denied"), (CeuRecord, "rejected"), (Charge, "void")]
)
def test_i11_checks_every_model_with_a_stored_state(world, unguarded, found, model, state):
    unguarded(*((Charge, "payments_charge_paid_at") if model is Charge else ()))
    row = model.objects.order_by("pk").first()
    before = row.state
    model.objects.filter(pk=row.pk).update(state=state)
    assert f"{model._meta.label_lower}:{row.pk} is {state}, and its history says {before}" in said(
        found(), 11
    )


def test_i11_names_a_missing_transition(application, unguarded, found):
    unguarded()
    subject = f"renewals.application:{application.pk}"
    HistoryEntry.objects.filter(subject=subject, to_state="submitted").delete()
    entry = HistoryEntry.objects.get(subject=subject, to_state="in_review")
    assert said(found(), 11) == [f"history {entry.pk}: {subject} left submitted, and was draft"]


def test_i11_accepts_a_message_that_staff_sent_again(world, found):
    lead = Trainer.objects.create_superuser("lead@example.org", name="Lead")
    notice = notice_for(world)
    Notice.objects.filter(pk=notice.pk).update(state="failed", ended_at=clock.now())
    send_again(notice, by=lead, at=clock.now())
    assert said(found(), 11) == []
