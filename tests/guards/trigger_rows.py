"""What each trigger refuses: of every trigger one illegal change."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from tests.factories import ChargeFactory
from tests.guards.changes import Illegal, change, change_each, copy, remove

LATER = date(2027, 3, 1)


def trigger_rows(s: SimpleNamespace) -> list[Illegal]:
    """Return the illegal change for every trigger."""
    groups = (_people, _payments, _refunds, _disputes, _petitions, _draws, _audits, _extensions, _renewals)
    groups = (*groups, _fixed_people, _fixed_payments, _fixed_petitions, _fixed_audits, _fixed_renewals)
    return [row for group in groups for row in group(s)]


def _people(s: SimpleNamespace) -> list[Illegal]:
    return [
        change("core_historyentry_no_update", s.history, verb="something else"),
        remove("core_historyentry_no_delete", s.history),
        change("documents_viewing_no_update", s.viewing, page=2),
        remove("documents_viewing_no_delete", s.viewing),
        change("trainers_credential_steps", s.revoked, state="suspended"),
        copy("trainers_cycle_follows", s.cycle, starts_on=date(2027, 3, 16), expires_on=date(2029, 3, 15)),
        remove("trainers_cycle_kept", s.cycle),
        change("trainers_invitation_steps", s.withdrawn_invitation, state="sent", ended_at=None),
        change("trainers_factorreset_steps", s.dropped_reset, state="asked", ended_at=None),
        change("trainers_factorreset_fixed", s.reset, asked_by=s.reviewer),
        remove("trainers_factorreset_kept", s.reset),
        change("trainers_trainer_last_superuser", s.root, is_superuser=False),
        change("names_namerequest_steps", s.name_withdrawn, state="requested", ended_at=None),
        remove("names_namerequest_kept", s.name),
        change("outbox_notice_steps", s.sent_notice, state="due", ended_at=None),
        change("ceus_ceurecord_steps", s.removed, state="accepted"),
        change("ceus_ceurecord_decided", s.record, hundredths=50),
        change("ceus_ceurecord_decided", s.record, approved=False),
        change("ceus_course_dated", s.course, hundredths=50),
        change("ceus_cataloguechange_no_update", s.change, reason="Another."),
        remove("ceus_cataloguechange_no_delete", s.change),
        change("ceus_affectedrecord_no_update", s.affected, approved_after=False),
        remove("ceus_affectedrecord_no_delete", s.affected),
        copy("ceus_affectedrecord_true", s.affected, hundredths_before=50, hundredths_after=50),
        copy("ceus_affectedrecord_true", s.affected, change=s.kept, approved_after=False),
    ]


def _payments(s: SimpleNamespace) -> list[Illegal]:
    return [
        change("payments_ledgerentry_no_update", s.payment, amount_cents=-100),
        remove("payments_ledgerentry_no_delete", s.payment),
        change("payments_charge_steps", s.charge, state="open", paid_at=None, paid_cents=None),
        remove("payments_charge_kept", s.open_charge),
        change("payments_charge_paid_fixed", s.charge, paid_cents=100),
        change(
            "payments_charge_waived_only_more",
            ChargeFactory(trainer=s.jordan, waived_cents=100),
            waived_cents=99,
        ),
        copy("payments_ledger_relief_on_charge", s.payment, kind="relief", amount_cents=-100),
        *change_each(
            "payments_session_fixed", s.session, charge=s.charge, amount_cents=100, idempotency_key="another"
        ),
        change("payments_checkoutsession_steps", s.session, state="opening"),
        remove("payments_session_kept", s.session),
        change("payments_providerevent_steps", s.parked, state="processed"),
        remove("payments_event_kept", s.event),
    ]


def _refunds(s: SimpleNamespace) -> list[Illegal]:
    return [
        change("payments_refund_steps", s.answer, state="waiting"),
        copy("payments_refund_within_payment", s.refund, amount_cents=9900),
        change("payments_refund_second_person", s.refund, state="requested"),
        copy("payments_refund_waived_only", s.own_refund, cause="waived"),
        remove("payments_refund_kept", s.refund),
    ]


def _disputes(s: SimpleNamespace) -> list[Illegal]:
    return [
        change("payments_dispute_steps", s.dispute, state="inquiry"),
        copy("payments_dispute_of_payment", s.dispute, payment=s.entry),
        *change_each(
            "payments_dispute_fixed", s.dispute, charge=s.open_charge, payment=s.entry, provider_id="dp_x"
        ),
        remove("payments_dispute_kept", s.dispute),
        copy("payments_ledger_dispute_lost", s.payment, kind="dispute", amount_cents=100),
        change("payments_feedecision_no_update", s.fee_decision, reason="Another."),
        remove("payments_feedecision_no_delete", s.fee_decision),
        copy("payments_feedecision_of_another", s.fee_decision, by=s.jordan),
    ]


def _petitions(s: SimpleNamespace) -> list[Illegal]:
    submitted = {"state": "submitted", "answer_due_on": date(2027, 2, 15)}
    return [
        change("petitions_petition_steps", s.petition, state="answered"),
        change("petitions_petition_steps", s.denied, **submitted, ended_at=None),
        copy("petitions_fee_first_new", s.unpaid, **submitted),
        change("petitions_fee_first", s.unpaid, **submitted),
        change(
            "petitions_fee_kept",
            s.petition_fee_gone,
            state="approved",
            answer_due_on=None,
            ended_at=s.at,
            record=s.card,
        ),
        remove("petitions_kept", s.petition),
        change("petitions_question_later_only", s.question, answer_through=date(2027, 1, 3)),
        remove("petitions_question_kept", s.question),
        change("petitions_decision_steps", s.petition_decided, state="taken_back"),
        remove("petitions_decision_kept", s.petition_decision),
    ]


def _draws(s: SimpleNamespace) -> list[Illegal]:
    return [
        change("audits_draw_no_update", s.draw, selected=False),
        remove("audits_draw_no_delete", s.draw),
        copy("audits_draw_in_open_period", s.draw, period=s.announced),
        copy("audits_draw_in_open_period", s.draw, period=s.closed),
        change("audits_period_opened_once", s.period, public_value="another"),
        change("audits_period_opened_once", s.period, opened_at=s.later),
        change("audits_period_closed_once", s.closed, secret="77"),
        copy("audits_period_apart", s.announced, code="2031-Q2", first_on=date(2031, 3, 31)),
        remove("audits_period_kept", s.announced),
    ]


def _audits(s: SimpleNamespace) -> list[Illegal]:
    return [
        change("audits_audit_steps", s.audit, state="passed", ended_at=s.at),
        change("audits_notified_once", s.audit, notified_on=date(2027, 1, 3)),
        change("audits_due_later_only", s.audit, due_on=date(2027, 2, 2)),
        change("audits_due_later_only", s.audit, due_on=None),
        change("audits_due_with_who", s.audit, due_on=LATER),
        remove("audits_kept", s.audit),
        remove("audits_item_kept", s.item),
        change("audits_decision_steps", s.audit_decided, state="taken_back"),
        remove("audits_decision_kept", s.audit_decision),
    ]


def _extensions(s: SimpleNamespace) -> list[Illegal]:
    return [
        change("audits_extension_steps", s.extension, state="nowhere"),
        change("audits_extension_fixed", s.granted, through=LATER),
        remove("audits_extension_kept", s.extension),
    ]


def _renewals(s: SimpleNamespace) -> list[Illegal]:
    return [
        change("renewals_application_steps", s.approved, state="in_review", ended_at=None),
        change("renewals_cleared", s.in_review, state="approved", assessment={}, ended_at=s.at),
        change("renewals_fee_kept", s.fee_gone, state="approved", assessment={}, ended_at=s.at),
        copy("renewals_fees_sum_new", s.draft, fee_total_cents=5),
        change("renewals_fees_sum", s.draft, fee_total_cents=5),
        change("renewals_correction_not_shortened", s.returned, correct_through=date(2027, 1, 3)),
        remove("renewals_kept", s.draft),
        change("renewals_decision_steps", s.renewal_decided, state="taken_back"),
        remove("renewals_decision_kept", s.renewal_decision),
    ]


def _fixed_people(s: SimpleNamespace) -> list[Illegal]:
    credential, document = s.stranger.credentials.get(), s.proof
    return [
        *change_each(
            "trainers_cycle_fixed",
            s.cycle,
            credential=credential,
            starts_on=date(2025, 3, 14),
            expires_on=date(2027, 3, 15),
            counted_from="receipt",
            draw_id="another",
        ),
        *change_each(
            "names_namerequest_fixed",
            s.name,
            trainer=s.stranger,
            before="Another",
            after="Another",
            proof=document,
            requested_at=s.later,
        ),
    ]


def _fixed_payments(s: SimpleNamespace) -> list[Illegal]:
    return [
        *change_each(
            "payments_charge_fixed",
            s.open_charge,
            amount_cents=100,
            currency="EUR",
            live=True,
            trainer=s.stranger,
            subject="tests.other:1",
            description="Something else",
            policy_version="else@2020-01-01",
            lines=[],
        ),
        *change_each("payments_event_fixed", s.event, event_id="other", type="other", payload={"amount": 1}),
        *change_each(
            "payments_refund_fixed",
            s.refund,
            amount_cents=99,
            payment=None,
            charge=s.open_charge,
            event=s.event,
            payment_ref="pi_2",
            hand_reference="Check 2",
            instead_of=s.failed_refund,
            idempotency_key="another",
            cause="our_error",
            by=s.reviewer,
            reason="Another reason.",
        ),
    ]


def _fixed_petitions(s: SimpleNamespace) -> list[Illegal]:
    return [
        *change_each(
            "petitions_facts_fixed",
            s.petition,
            title="Another",
            provider_name="Another",
            completed_on=date(2027, 1, 3),
            asked_hundredths=80,
            learned="More.",
            instructor="Another",
            received_at=s.later,
            attestation_text="Something else.",
            credential=s.revoked,
            trainer=s.stranger,
        ),
        *change_each("petitions_decision_fixed", s.petition_decision, hundredths=90, **_decided(s, "deny")),
    ]


def _fixed_audits(s: SimpleNamespace) -> list[Illegal]:
    return [
        *change_each(
            "audits_facts_fixed",
            s.audit,
            cycle=s.draft.cycle,
            kind="cause",
            received_on=LATER,
            renewal="R-2",
            reference="A-2",
        ),
        *change_each("audits_item_fixed", s.item, audit=s.ended_audit, record=s.card),
        *change_each(
            "audits_period_fixed",
            s.announced,
            policy_code="other",
            code="2031-Q2",
            first_on=date(2031, 1, 2),
            last_on=date(2031, 3, 30),
            rate="0.2",
            commitment="d",
            public_value_name="Another",
            announced_at=s.later,
        ),
        *change_each("audits_decision_fixed", s.audit_decision, **_decided(s, "fail")),
    ]


def _fixed_renewals(s: SimpleNamespace) -> list[Illegal]:
    return [
        *change_each(
            "renewals_fees_fixed",
            s.in_review,
            received_at=s.later,
            received_on=LATER,
            fee_currency="EUR",
            attestation_text="Something else.",
            fee_lines=[{"code": "late", "label": "Late fee", "amount_cents": 9900}],
        ),
        *change_each("renewals_decision_fixed", s.renewal_decision, record=s.record, **_decided(s, "deny")),
    ]


def _decided(s: SimpleNamespace, verdict: str) -> dict[str, Any]:
    return {
        "verdict": verdict,
        "words": "Other words.",
        "reason_code": "other",
        "by": s.lead,
        "decided_at": s.later,
        "effective_at": s.later,
    }
