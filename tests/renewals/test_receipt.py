"""What is fixed when a renewal is received: the day, the fee, the attestation, the claims, the last day to pay."""

import re
from datetime import date

import pytest

from ceus.models import CeuRecord
from core.errors import Refusal
from core.models import HistoryEntry
from outbox.models import Notice
from payments.models import Charge, LedgerEntry
from renewals import services
from renewals.models import Application
from tests import factories
from tests.renewals.scenes import cycle_of, moment, submit


@pytest.mark.parametrize(
    ("day", "cents", "lines"),
    [
        ("2026-01-01", 9900, ["renewal"]),
        ("2026-06-30", 9900, ["renewal"]),
        ("2026-07-01", 12900, ["renewal", "late"]),
        ("2026-09-28", 12900, ["renewal", "late"]),
        ("2026-09-29", 14900, ["renewal", "late", "additional"]),
        ("2027-06-29", 14900, ["renewal", "late", "additional"]),
    ],
)
def test_the_fee_of_a_renewal_is_that_of_the_day_of_receipt(complete, day, cents, lines):
    application = submit(complete, day)
    assert (application.fee_total_cents, [line["code"] for line in application.fee_lines]) == (cents, lines)
    assert application.charge.amount_cents == cents
    assert application.received_on == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("day", "code"), [("2025-12-31", "window"), ("2027-06-30", "window"), ("2029-01-01", "window")]
)
def test_a_renewal_submitted_on_the_day_before_or_after_the_window_is_refused(complete, day, code):
    with pytest.raises(Refusal) as refusal:
        submit(complete, day)
    assert refusal.value.code == code
    assert not Application.objects.exists()
    assert not Charge.objects.exists()


def test_the_day_of_receipt_is_the_start_of_the_request_in_the_policys_time_zone(complete):
    application = submit(complete, "2026-06-30 23:59:59")
    assert (application.received_on, application.fee_total_cents) == (date(2026, 6, 30), 9900)


def test_a_renewal_received_a_second_after_midnight_in_phoenix_is_late(complete):
    application = submit(complete, "2026-07-01 00:00:01")
    assert (application.received_on, application.fee_total_cents) == (date(2026, 7, 1), 12900)


def test_the_agreed_attestation_is_stored_word_for_word(complete):
    application = submit(complete, "2026-06-30")
    assert "you will send proof within 30 days if we ask" in application.attestation_text
    assert re.fullmatch(r"2026-11-[0-9a-f]{8}", application.attestation_version)
    assert application.pay_through == date(2026, 7, 7)
    assert application.charge.pay_by == moment("2026-07-08 00:00")
    assert application.charge.description == "Renewal of certification 2606 3000"
    assert LedgerEntry.objects.get().amount_cents == 9900


def test_submitting_a_renewal_writes_its_history(complete):
    application = submit(complete, "2026-06-30")
    told = HistoryEntry.objects.filter(subject=f"renewals.application:{application.pk}").order_by("pk")
    assert [(row.verb, row.from_state, row.to_state, row.by) for row in told] == [
        ("started", "", "draft", complete),
        ("submitted", "draft", "submitted", complete),
    ]


def test_payment_reminders_are_due_after_an_hour_a_day_and_three_days(complete):
    submit(complete, "2026-06-30")
    unpaid = Notice.objects.filter(kind="renewals.unpaid").order_by("send_at")
    assert [notice.send_at for notice in unpaid] == [
        moment("2026-06-30 13:00"),
        moment("2026-07-01 12:00"),
        moment("2026-07-03 12:00"),
    ]


def test_submitting_claims_all_records_of_the_cycle_but_only_the_needed_ones_completed_later(complete):
    credential = complete.credentials.get()
    factories.recount(CeuRecord.objects.filter(category="education"), 150)
    surplus = factories.CeuRecordFactory(credential=credential, hundredths=10, completed_on=date(2026, 6, 30))
    needed = factories.CeuRecordFactory(credential=credential, hundredths=40, completed_on=date(2026, 7, 1))
    spared = factories.CeuRecordFactory(credential=credential, hundredths=40, completed_on=date(2026, 7, 2))
    submit(complete, "2026-07-10")
    claimed = CeuRecord.objects.filter(claimed_for=cycle_of(complete))
    assert {surplus, needed} <= set(claimed)
    assert spared not in claimed
    assert claimed.count() == 4


def test_an_incomplete_application_is_refused_with_the_missing_requirements(complete):
    factories.recount(CeuRecord.objects.filter(category="education"), 150)
    with pytest.raises(Refusal, match="You need 0.4 more"):
        submit(complete, "2026-06-30")
    assert not Application.objects.exists()


def test_a_card_that_expired_on_the_day_before_receipt_does_not_count(complete):
    CeuRecord.objects.filter(category="cpr_aed").update(valid_through=date(2026, 6, 29))
    assert submit_code(complete, "2026-06-30") == "total"


def test_a_card_that_expires_on_the_day_of_receipt_counts(complete):
    CeuRecord.objects.filter(category="cpr_aed").update(valid_through=date(2026, 6, 30))
    assert submit(complete, "2026-06-30").state == "submitted"


def test_a_price_that_has_changed_since_the_page_was_shown_is_not_charged(complete):
    assert submit_code(complete, "2026-07-01 00:00:05", agreed_cents=9900) == "price"
    assert not Charge.objects.exists()


def test_an_agreement_to_an_older_attestation_is_refused(complete):
    assert submit_code(complete, "2026-06-30", attestation_version="2025-1") == "attestation"


def test_submitting_the_same_form_twice_makes_one_application(complete):
    first = submit(complete, "2026-06-30")
    again = submit(complete, "2026-06-30 12:00:01")
    assert first == again
    assert again.received_at == first.received_at
    assert (Application.objects.count(), Charge.objects.count()) == (1, 1)


def test_starting_a_renewal_twice_makes_one_draft(complete):
    cycle = cycle_of(complete)
    first = services.start_application(cycle, by=complete, at=moment("2026-06-01"))
    assert services.start_application(cycle, by=complete, at=moment("2026-06-02")) == first
    submitted = submit(complete, "2026-06-03")
    assert submitted == first
    assert submitted.started_at == moment("2026-06-01")


def test_a_stranger_cannot_renew_for_another(complete, stranger):
    with pytest.raises(Refusal):
        services.submit_application(
            cycle_of(complete), by=stranger, at=moment("2026-06-30"), attestation_version="2026-11"
        )
    assert not Application.objects.exists()


@pytest.mark.parametrize("state", ["suspended", "revoked"])
def test_a_suspended_or_revoked_trainer_cannot_apply(complete, state):
    factories.walk_to(complete.credentials.get(), state, state_on=date(2026, 6, 1))
    assert submit_code(complete, "2026-06-30") == "not_in_force"


def submit_code(trainer, day, **agreed) -> str:
    with pytest.raises(Refusal) as refusal:
        submit(trainer, day, **agreed)
    return refusal.value.code
