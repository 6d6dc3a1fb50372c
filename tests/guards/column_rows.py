"""What each column refuses by itself: a text that is too long, a number below nothing."""

from datetime import date
from types import SimpleNamespace

from tests.guards.changes import Illegal, change, copy
from tests.guards.constraint_rows import NEXT_CYCLE


def column_rows(s: SimpleNamespace) -> list[Illegal]:
    """Return the illegal row for every length and every number without a sign."""
    return [*_lengths(s), *_unsigned(s)]


def _lengths(s: SimpleNamespace) -> list[Illegal]:
    longest = {
        s.history: {"reason": 4000},
        s.jordan: {"name": 120, "mail_trouble": 300, "country": 2},
        s.credential: {"number": 20, "check_code": 32, "next_policy_code": 40},
        s.document: {"original_name": 120},
        s.name: {"before": 120, "after": 120, "words": 2000},
        s.notice: {"title": 150},
        s.unsent_letter: {"title": 50, "words": 4000, "audience": 20, "audience_value": 80},
        s.mail_event: {"event_id": 200, "words": 300},
        s.provider: {"name": 120, "about": 2000},
        s.topic: {"name": 60},
        s.word_key: {"key": 6, "word": 160},
        s.course: {"title": 160, "about": 2000},
        s.record: {"title": 160},
        **dict.fromkeys((s.change, s.fee_decision), {"reason": 2000}),
        s.open_charge: {"description": 160, "policy_version": 60},
        s.event: {"event_id": 255, "type": 80, "note": 300, "answer_reason": 300},
        s.dispute: {"reason": 60, "status": 40},
        s.refund: {"reason": 300, "hand_reference": 80, "last_error": 300},
        s.payout: {"trouble": 300},
        s.free_line: {"words": 200, "type": 60},
        s.explained: {"reason": 300},
        s.petition_draft: {"title": 160, "provider_name": 120, "another_look_why": 4000},
        s.unpaid: {"learned": 4000, "instructor": 4000},
        s.question: {"text": 4000, "answer": 4000},
        s.petition_decision: {"words": 4000, "stuck_reason": 2000},
        s.draw: {"x": 16},
        s.audit: {"end_reason": 2000, "cause": 2000, "another_look_why": 2000},
        s.item: {"words": 2000, "unavailable_why": 2000, "suspected_why": 2000},
        s.extension: {"why": 2000, "words": 2000},
        s.audit_decision: {"words": 4000, "stuck_reason": 2000},
        s.draft: {"end_reason": 2000, "returned_reason": 2000, "tier": 40, "policy_version": 60},
        s.renewal_decision: {"words": 4000, "stuck_reason": 2000},
    }
    return [
        copy(f"{row._meta.db_table}_{field}_length", row, **{field: "x" * (most + 1)})
        for row, fields in longest.items()
        for field, most in fields.items()
    ] + [*_awkward_lengths(s), *_of_the_organisation(s)]


def _of_the_organisation(s: SimpleNamespace) -> list[Illegal]:
    """Return the texts of the one row that cannot be copied."""
    longest = {
        **dict.fromkeys(("name", "signer_name", "signer_title"), 80),
        **{"short_name": 30, "accent": 7, "accent_dark": 7, "postal_address": 300, "support_email": 254},
        **dict.fromkeys(("conduct_url", "privacy_url"), 300),
    }
    return [
        change(f"core_organisation_{field}_length", s.organisation, **{field: "x" * (most + 1)})
        for field, most in longest.items()
    ]


def _awkward_lengths(s: SimpleNamespace) -> list[Illegal]:
    """Return the texts of rows that other guards let be copied only with further values."""
    period = {"first_on": date(2033, 1, 1), "last_on": date(2033, 3, 31)}
    return [
        copy("trainers_cycle_counted_from", s.cycle, **NEXT_CYCLE, counted_from="other"),
        copy("trainers_cycle_draw_id_length", s.cycle, **NEXT_CYCLE, draw_id="x" * 33),
        copy("trainers_cycle_path_length", s.cycle, **NEXT_CYCLE, path="x" * 41),
        copy("trainers_cycle_policy_code_length", s.cycle, **NEXT_CYCLE, policy_code="x" * 41),
        copy("trainers_cycle_renewed_by_length", s.cycle, **NEXT_CYCLE, renewed_by="x" * 41),
        copy(
            "payments_ledgerentry_hand_reference_length",
            s.payment,
            kind="refund",
            amount_cents=100,
            provider_ref=None,
            hand_reference="x" * 81,
        ),
        copy("audits_drawperiod_public_value_name_length", s.closed, **period, public_value_name="x" * 201),
        copy("audits_drawperiod_public_value_length", s.closed, **period, public_value="x" * 201),
    ]


def _unsigned(s: SimpleNamespace) -> list[Illegal]:
    fees = [{"code": "renewal", "label": "Renewal fee", "amount_cents": -1}]
    rows = {
        s.record: ["hundredths"],
        s.course: ["hundredths"],
        s.change: ["hundredths_before", "hundredths_after"],
        s.affected: ["hundredths_before", "hundredths_after"],
        s.document: ["size", "sent_size"],
        s.hour: ["files", "size"],
        s.viewing: ["page"],
        s.notice: ["attempts"],
        s.withdrawn_invitation: ["times_sent"],
        s.unsent_letter: ["counted"],
        s.open_charge: ["amount_cents"],
        s.dispute: ["amount_cents"],
        s.event: ["attempts"],
        s.refund: ["amount_cents", "attempts"],
        s.petition_draft: ["answer_days_left", "asked_hundredths"],
        s.petition_decision: ["hundredths"],
        s.draft: ["correction_days_spent"],
    }
    negative = [
        copy(f"{row._meta.db_table}_{field}_check", row, **{field: -1})
        for row, fields in rows.items()
        for field in fields
    ]
    total = copy("renewals_application_fee_total_cents_check", s.draft, fee_lines=fees, fee_total_cents=-1)
    return [*negative, total]
