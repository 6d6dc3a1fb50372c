"""From payment to renewal, and from unpaid to ended: the 7th day counts to its end (Q13)."""

from datetime import date

import pytest

from ceus.models import CeuRecord
from core.errors import Refusal
from outbox.models import Notice
from payments.models import Charge, Refund
from renewals import services, tasks
from renewals.models import Application
from renewals.services.submission import finish_after_return
from tests import factories
from tests.reading import state_of
from tests.renewals import scenes
from tests.renewals.scenes import cycle_of, moment, submit
from trainers.models import Credential, Cycle


def cycles_of(trainer) -> list[str]:
    cycles = Cycle.objects.filter(credential__trainer=trainer).order_by("starts_on")
    return [f"{cycle.starts_on} {cycle.expires_on}" for cycle in cycles]


def test_a_paid_renewal_that_passes_every_check_is_approved_at_once(ready):
    application = scenes.renew(ready, "2027-03-02")
    assert (application.state, application.ended_at) == ("approved", moment("2027-03-02"))
    assert cycles_of(ready) == ["2025-03-15 2027-03-14", "2027-03-15 2029-03-14"]
    assert Notice.objects.filter(kind="renewals.renewed", trainer=ready).count() == 1


def test_the_charge_settled_signal_approves_the_renewal_that_was_paid(
    ready, clock_at, django_capture_on_commit_callbacks
):
    clock_at("2027-03-02")
    application = submit(ready, "2027-03-02")
    with django_capture_on_commit_callbacks(execute=True):
        scenes.settle(application, "2027-03-02")
    assert state_of(application) == "approved"


def test_a_payer_who_returns_after_the_signal_costs_one_query(
    ready, clock_at, django_capture_on_commit_callbacks, django_assert_num_queries
):
    at = clock_at("2027-03-02")
    application = submit(ready, "2027-03-02")
    with django_capture_on_commit_callbacks(execute=True):
        scenes.settle(application, "2027-03-02")
    application.charge = Charge.objects.get()
    with django_assert_num_queries(1):
        known = finish_after_return(application, at=at, wait=False)
        assert (known.state, known.charge.state, known.cycle.credential.trainer) == (
            "approved",
            "paid",
            ready,
        )


def test_a_payer_who_returns_is_approved_when_the_signal_of_the_payment_was_lost(ready, clock_at):
    at = clock_at("2027-03-02")
    application = submit(ready, "2027-03-02")
    application.charge = scenes.settle(application, "2027-03-02").charge
    assert finish_after_return(application, at=at, wait=False).state == "approved"


def test_submitting_takes_few_statements_and_queues_each_reminder_to_pay_once(
    ready, clock_at, django_assert_max_num_queries
):
    clock_at("2027-03-02")
    with django_assert_max_num_queries(34):
        submit(ready, "2027-03-02")
    submit(ready, "2027-03-02")
    unpaid = Notice.objects.filter(kind="renewals.unpaid").order_by("send_at")
    assert [(one.event, one.send_at, one.trainer) for one in unpaid] == [
        ("1h", moment("2027-03-02 13:00"), ready),
        ("24h", moment("2027-03-03 12:00"), ready),
        ("72h", moment("2027-03-05 12:00"), ready),
    ]


def test_the_sweep_approves_a_paid_renewal_when_the_signal_of_its_payment_was_lost(ready, clock_at):
    clock_at("2027-03-02")
    application = scenes.settle(submit(ready, "2027-03-02"), "2027-03-02")
    assert application.state == "submitted"
    assert tasks.finish_paid() == 1
    assert tasks.finish_paid() == 0
    assert state_of(application) == "approved"


def test_a_renewal_is_approved_once_however_often_it_is_settled_and_swept(ready, clock_at):
    clock_at("2027-03-02")
    application = scenes.renew(ready, "2027-03-02")
    for _ in range(3):
        services.advance_application(application, at=moment("2027-03-02"))
        tasks.finish_paid()
    assert len(cycles_of(ready)) == 2
    assert Notice.objects.filter(kind="renewals.renewed").count() == 1


def test_after_an_early_renewal_the_next_cycle_starts_when_the_current_one_ends(ready):
    scenes.renew(ready, "2026-09-15")
    assert cycles_of(ready)[-1] == "2027-03-15 2029-03-14"


def test_after_a_late_renewal_the_new_cycle_starts_on_the_day_after_the_old_one(ready):
    scenes.renew(ready, "2027-06-12")
    assert cycles_of(ready)[-1] == "2027-03-15 2029-03-14"


def test_a_credential_awarded_on_february_29_has_a_next_cycle_that_ends_on_february_29(db):
    trainer = factories.trainer_with_credential(
        email="leap@example.org",
        name="Lee Leap",
        number="22900000",
        awarded_on="2024-02-29",
        expires_on="2026-02-28",
    )
    credential = trainer.credentials.get()
    factories.CeuRecordFactory(credential=credential, hundredths=190, completed_on=date(2024, 2, 29))
    factories.CardFactory(credential=credential, completed_on=date(2026, 2, 28))
    scenes.renew(trainer, "2026-02-28")
    assert cycles_of(trainer)[-1] == "2026-03-01 2028-02-29"


def test_an_unneeded_course_completed_after_expiration_counts_for_the_new_cycle(ready):
    credential = ready.credentials.get()
    spared = factories.CeuRecordFactory(credential=credential, hundredths=40, completed_on=date(2027, 3, 20))
    scenes.renew(ready, "2027-04-01")
    spared.refresh_from_db()
    assert spared.claimed_for is None
    assert spared in CeuRecord.objects.for_cycle(cycle_of(ready))


def test_requirements_are_checked_again_when_the_payment_settles(ready):
    application = submit(ready, "2027-03-02")
    CeuRecord.objects.filter(category="education").update(state="rejected")
    assert scenes.pay(application, "2027-03-03").state == "in_review"
    assert len(cycles_of(ready)) == 1


def test_requirements_are_checked_as_of_the_day_of_receipt_and_not_of_payment(ready):
    CeuRecord.objects.filter(category="cpr_aed").update(valid_through=date(2027, 3, 2))
    assert scenes.pay(submit(ready, "2027-03-02"), "2027-03-05").state == "approved"


def test_a_course_logged_after_submitting_does_not_count_in_the_check_at_payment(ready):
    application = submit(ready, "2027-03-02")
    CeuRecord.objects.filter(category="education").update(state="rejected")
    factories.CeuRecordFactory(
        credential=ready.credentials.get(), hundredths=190, completed_on=date(2027, 3, 2)
    )
    assert scenes.pay(application, "2027-03-03").state == "in_review"


def test_a_renewal_of_a_trainer_suspended_after_submitting_waits_for_reinstatement(ready, clock_at):
    clock_at("2027-03-05")
    application = submit(ready, "2027-03-02")
    Credential.objects.update(state="suspended", state_on=date(2027, 3, 3))
    assert scenes.pay(application, "2027-03-04").state == "in_review"
    assert tasks.finish_paid() == 0
    Credential.objects.update(state="in_force", state_on=date(2027, 3, 5))
    assert tasks.finish_paid() == 1
    assert Application.objects.get().state == "approved"


@pytest.mark.parametrize(
    ("settled", "state"),
    [
        ("2027-03-08 23:59", "approved"),
        ("2027-03-09 23:59:59", "approved"),
        ("2027-03-10 00:00", "submitted"),
    ],
)
def test_a_payment_is_accepted_through_the_seventh_day_after_submission(ready, settled, state):
    application = submit(ready, "2027-03-02")
    assert scenes.pay(application, settled).state == state


def test_a_payment_made_in_time_counts_when_its_webhook_message_is_three_days_late(ready):
    application = submit(ready, "2027-03-02")
    scenes.visit(application, "2027-03-09")
    with pytest.raises(Refusal) as refusal:
        services.lapse_application(application, at=moment("2027-03-10 08:00"))
    assert refusal.value.code == "may_still_settle"
    scenes.settle(application, "2027-03-09 23:59", heard="2027-03-12")
    assert services.advance_application(application, at=moment("2027-03-12")).state == "approved"


def test_a_payment_later_than_seven_days_after_submission_is_refunded(ready):
    application = submit(ready, "2027-03-02")
    scenes.settle(application, "2027-03-10 00:00")
    assert Refund.objects.get().cause == "late"
    assert application.charge.state == "open"


def test_an_unpaid_renewal_ends_on_the_eighth_day_after_submission(ready, clock_at):
    application = submit(ready, "2027-03-02")
    clock_at("2027-03-09 23:59:59")
    assert tasks.lapse_unpaid() == 0
    clock_at("2027-03-10 00:00")
    assert tasks.lapse_unpaid() == 1
    assert tasks.lapse_unpaid() == 0
    application.refresh_from_db()
    assert (application.state, application.end_reason) == ("lapsed", "The time to pay ended.")
    assert Charge.objects.get().state == "void"
    assert not CeuRecord.objects.filter(claimed_for__isnull=False).exists()
    assert Notice.objects.filter(kind="renewals.lapsed").count() == 1
    assert not Notice.objects.filter(kind="renewals.unpaid", state="due").exists()


def test_the_sweep_does_not_end_an_unpaid_renewal_whose_payment_is_still_uncertain(ready, clock_at):
    application = submit(ready, "2027-03-02")
    scenes.visit(application, "2027-03-09")
    clock_at("2027-03-10")
    assert tasks.lapse_unpaid() == 0
    scenes.close_page(application, "2027-03-10")
    assert tasks.lapse_unpaid() == 1


def test_a_new_application_ends_an_overdue_unpaid_one_before_the_sweep_does(ready):
    first = submit(ready, "2027-03-02")
    second = submit(ready, "2027-03-16")
    first.refresh_from_db()
    assert (first.state, first.fee_total_cents) == ("lapsed", 9900)
    assert (second.state, second.fee_total_cents) == ("submitted", 12900)


def test_submitting_again_within_the_time_to_pay_continues_the_unpaid_renewal(ready):
    first = submit(ready, "2027-03-02")
    assert submit(ready, "2027-03-09 23:59") == first


def test_a_payment_for_a_closed_renewal_is_refunded(ready):
    application = submit(ready, "2027-03-02")
    services.withdraw_application(application, by=ready, at=moment("2027-03-03"))
    scenes.settle(application, "2027-03-03 13:00")
    assert Refund.objects.get().cause == "not_due"
    assert services.advance_application(application, at=moment("2027-03-03 13:00")).state == "withdrawn"


def test_a_renewal_that_was_just_paid_cannot_be_withdrawn(ready):
    application = scenes.settle(submit(ready, "2027-03-02"), "2027-03-02")
    with pytest.raises(Refusal):
        services.withdraw_application(application, by=ready, at=moment("2027-03-02"))
    assert scenes.pay(application, "2027-03-02").state == "approved"


def test_a_renewal_that_raises_an_error_in_the_sweep_stops_no_other(ready, stranger, clock_at, monkeypatch):
    factories.everything_met(stranger)
    clock_at("2027-03-02")
    poison = scenes.settle(submit(ready, "2027-03-02"), "2027-03-02")
    other = scenes.settle(submit(stranger, "2027-03-02"), "2027-03-02")
    original = services.advance_application

    def fragile(application, *, at):
        if application.pk == poison.pk:
            raise RuntimeError("broken row")
        return original(application, at=at)

    monkeypatch.setattr(tasks.services, "advance_application", fragile)
    assert tasks.finish_paid() == 1
    assert state_of(other) == "approved"
