"""What each check and each unique constraint refuses: of every one an illegal row."""

from datetime import date
from types import SimpleNamespace

from tests.guards.changes import Illegal, copy

EARLY, LATER = date(2027, 1, 3), date(2027, 3, 1)


def constraint_rows(s: SimpleNamespace) -> list[Illegal]:
    """Return the illegal row for every check and unique constraint."""
    groups = (_people, _courses, _money, _refunds, _petitions, _petition_cases, _draws, _audits, _audit_cases)
    return [row for group in (*groups, _changes, _renewals) for row in group(s)]


def _people(s: SimpleNamespace) -> list[Illegal]:
    return [
        copy("trainers_trainer_email_key", s.jordan, "email"),
        copy("trainers_trainer_email_lower", s.jordan, email="Capital@example.org"),
        copy("trainers_trainer_groups_trainer_id_group_id_b2bb855e_uniq", s.membership),
        copy("trainers_trainer_user_pe_trainer_id_permission_id_15ba36dd_uniq", s.permission),
        copy("core_organisation_only", s.organisation, id=2),
        copy("trainers_credential_check_code_key", s.credential, "check_code"),
        copy("trainers_credential_number_key", s.credential, "number"),
        copy("trainers_credential_number_given", s.credential, number=""),
        copy("trainers_credential_state", s.credential, state="nowhere"),
        copy("trainers_cycle_draw_id_key", s.cycle, "draw_id", **NEXT_CYCLE),
        copy("trainers_cycle_start", s.cycle),
        copy("trainers_cycle_order", s.cycle, **OUT_OF_ORDER),
        copy("trainers_invitation_one_open", s.invitation),
        copy("trainers_invitation_one_end", s.invitation, person=s.stranger, ended_at=s.at),
        copy("trainers_factorreset_one_open", s.reset),
        copy("trainers_factorreset_one_end", s.reset, person=s.stranger, ended_at=s.at),
        copy("trainers_factorreset_confirmed", s.reset, state="confirmed", ended_at=s.at),
        copy(
            "trainers_factorreset_two_people", s.reset, state="confirmed", ended_at=s.at, confirmed_by=s.lead
        ),
        copy("trainers_factorreset_of_another", s.reset, person=s.lead),
        copy("documents_document_stored_as_key", s.document, "stored_as"),
        copy("documents_document_type", s.document, media_type="text/html"),
        copy("documents_uploadhour_one_row_an_hour", s.hour),
        copy("documents_viewing_once", s.viewing),
        copy("names_namerequest_one_open", s.name),
        copy("names_namerequest_one_end", s.name, ended_at=s.at),
        copy("names_namerequest_decided", s.name, state="approved", ended_at=s.at),
        copy("names_namerequest_refused_why", s.name, state="refused", ended_at=s.at, decided_by=s.lead),
        copy("outbox_notice_message_id_key", s.notice, "message_id", event="two"),
        copy("outbox_notice_once", s.notice),
        copy("outbox_notice_one_end", s.notice, ended_at=s.at),
        copy("outbox_notice_urgency", s.notice, urgency="high"),
        copy("outbox_mailevent_event_id_key", s.mail_event, "event_id"),
        copy("outbox_mailevent_kind", s.mail_event, kind="opened"),
    ]


NEXT_CYCLE = {"starts_on": date(2027, 3, 15), "expires_on": date(2029, 3, 14)}
OUT_OF_ORDER = {"starts_on": date(2027, 3, 17), "expires_on": date(2027, 3, 16), "counted_from": "receipt"}


def _courses(s: SimpleNamespace) -> list[Illegal]:
    return [
        copy("ceus_provider_name_key", s.provider, "name"),
        copy("ceus_provider_slug_key", s.provider, "slug"),
        copy("ceus_provider_order", s.provider, approved_through=date(2014, 12, 31)),
        copy("ceus_topic_name_key", s.topic, "name"),
        copy("ceus_topic_slug_key", s.topic, "slug"),
        copy("ceus_wordkey_once", s.word_key),
        copy("ceus_course_once", s.course),
        copy("ceus_course_slug_key", s.course, "slug", title="Another"),
        copy("ceus_course_order", s.course, approved_through=date(2014, 12, 31)),
        copy("ceus_course_hundredths", s.course, hundredths=0),
        copy("ceus_course_hundredths", s.course, hundredths=10_001),
        copy("ceus_course_topics_course_id_topic_id_7dc45ab8_uniq", s.course_topic),
        copy("ceus_record_once", s.record),
        copy("ceus_record_untitled_once", s.card),
        copy("ceus_record_hundredths", s.record, hundredths=0),
        copy("ceus_record_hundredths", s.record, hundredths=10_001),
        copy("ceus_record_state", s.record, state="nowhere"),
        copy("ceus_record_card_order", s.card, valid_through=date(2026, 5, 2)),
        copy("ceus_record_removed_unclaimed", s.removed, claimed_for=s.cycle),
        copy("ceus_record_document_current", s.record_document),
    ]


def _changes(s: SimpleNamespace) -> list[Illegal]:
    return [
        copy("ceus_cataloguechange_one_row", s.change, provider=s.provider),
        copy("ceus_cataloguechange_ceus_whole", s.change, hundredths_after=None),
        copy("ceus_cataloguechange_hundredths", s.change, hundredths_after=0),
        copy("ceus_cataloguechange_hundredths", s.change, hundredths_after=10_001),
        copy("ceus_cataloguechange_reason", s.change, reason=""),
        copy("ceus_affectedrecord_once", s.affected),
    ]


def _money(s: SimpleNamespace) -> list[Illegal]:
    return [
        copy("payments_charge_subject_key", s.open_charge, "subject"),
        copy("payments_charge_paid_at", s.open_charge, paid_at=s.at),
        copy("payments_charge_paid_cents_check", s.charge, paid_cents=-1),
        copy("payments_charge_waived_cents_check", s.open_charge, waived_cents=-1),
        copy("payments_checkoutsession_amount_cents_check", s.session, amount_cents=-1, **_ended(s)),
        copy("payments_charge_paid", s.charge, paid_cents=9901),
        copy("payments_charge_waived", s.charge, waived_cents=9901),
        copy("payments_charge_open_is_due", s.open_charge, waived_cents=9900),
        copy("payments_checkoutsession_idempotency_key_key", s.session, "idempotency_key", **_ended(s)),
        copy("payments_checkoutsession_provider_id_key", s.session, "provider_id", **_ended(s)),
        copy("payments_session_one_living", s.session),
        copy("payments_session_one_end", s.session, ended_at=s.at),
        copy("payments_session_open_has_url", s.session, url=""),
        copy("payments_ledgerentry_provider_ref_key", s.payment, "provider_ref"),
        copy("payments_ledger_one_charge", s.entry),
        copy("payments_ledger_sign", s.entry, amount_cents=-9900),
        copy("payments_ledger_sign", s.payment, amount_cents=9900),
        copy("payments_ledger_one_way_back", s.payment, hand_reference="Check 2"),
        copy(
            "payments_ledger_one_way_back",
            s.payment,
            kind="refund",
            amount_cents=100,
            hand_reference="Check 2",
        ),
        copy("payments_dispute_provider_id_key", s.dispute, "provider_id"),
        copy("payments_dispute_amount", s.dispute, amount_cents=0),
        copy("payments_dispute_one_end", s.dispute, closed_on=EARLY),
        copy("payments_dispute_lost_when", s.dispute, state="lost", closed_on=EARLY),
        copy("payments_feedecision_why", s.fee_decision, reason=""),
        copy("payments_providerevent_event_id_key", s.event, "event_id"),
        copy("payments_event_handled_by_whom", s.parked, state="handled", handled_at=s.at, answer="nothing"),
        copy("payments_event_handled_by_whom", s.parked, answer="nothing"),
    ]


def _ended(s: SimpleNamespace) -> dict:
    return {"state": "expired", "ended_at": s.at}


def _refunds(s: SimpleNamespace) -> list[Illegal]:
    return [
        copy("payments_refund_idempotency_key_key", s.refund, "idempotency_key"),
        copy("payments_refund_provider_id_key", s.answer, "provider_id", instead_of=None),
        copy("payments_refund_amount", s.refund, amount_cents=0),
        copy("payments_refund_one_end", s.refund, ended_at=s.at),
        copy("payments_refund_by_whom_and_why", s.refund, by=None),
        copy("payments_refund_by_whom_and_why", s.refund, reason=""),
        copy("payments_refund_by_whom_and_why", s.refund, cause="twice"),
        copy("payments_refund_by_hand_never_sent", s.hand_refund, attempts=1),
        copy("payments_refund_two_people", s.refund, decided_by=s.lead),
        copy("payments_refund_of_one_thing", s.refund, event=s.parked),
        copy("payments_refund_unmatched_once", s.unmatched),
        copy("payments_refund_one_automatic", s.own_refund),
        copy("payments_refund_by_hand_once", s.hand_refund),
        copy("payments_refund_one_answer", s.answer),
    ]


def _petitions(s: SimpleNamespace) -> list[Illegal]:
    return [
        copy("petitions_petition_reference_key", s.petition_draft, "reference"),
        copy("petitions_petition_charge_id_key", s.petition),
        copy("petitions_petition_record_id_key", s.granted_petition, charge=s.charge),
        copy("petitions_petition_whole", s.unpaid, charge=None),
        copy("petitions_petition_hundredths", s.petition_draft, asked_hundredths=0),
        copy("petitions_petition_hundredths", s.petition_draft, asked_hundredths=10_001),
        copy("petitions_petition_order", s.petition_draft, began_on=date(2027, 1, 5)),
        copy("petitions_petition_record", s.granted_petition, record=None),
        copy("petitions_petition_record", s.petition_draft, record=s.record),
        copy("petitions_petition_one_end", s.petition_draft, ended_at=s.at),
        copy("petitions_petition_promise", s.petition, answer_due_on=None),
        copy("petitions_petition_promise", s.petition_draft, answer_due_on=LATER),
        copy("petitions_document_current", s.evidence),
    ]


def _petition_cases(s: SimpleNamespace) -> list[Illegal]:
    return [
        copy("petitions_question_one_open", s.question),
        copy("petitions_question_one_end", s.question, answered_at=s.at, closed_at=s.at),
        copy("petitions_decision_one_pending", s.petition_decision),
        copy("petitions_decision_one_end", s.petition_decision, ended_at=s.at),
        copy("petitions_decision_whole", s.petition_decision, hundredths=0),
        copy("petitions_decision_whole", s.petition_decision, hundredths=None),
        copy("petitions_decision_whole", s.petition_decision, verdict="deny", hundredths=None, words="No."),
    ]


def _draws(s: SimpleNamespace) -> list[Illegal]:
    later = {"first_on": date(2033, 1, 1), "last_on": date(2033, 3, 31)}
    return [
        copy("audits_draw_cycle_id_key", s.draw),
        copy("audits_draw_chance", s.draw, chance="often"),
        copy("audits_period_once", s.announced, **later),
        copy("audits_period_order", s.announced, first_on=date(2033, 1, 2), last_on=date(2033, 1, 1)),
        copy("audits_period_opened", s.announced, **later, opened_at=s.at),
        copy("audits_period_revealed", s.announced, **later, secret="5e"),
    ]


def _audits(s: SimpleNamespace) -> list[Illegal]:
    cause = {"kind": "cause", "cause": "A card may be altered."}
    return [
        copy("audits_audit_reference_key", s.audit, "reference", state="ended", ended_at=s.at),
        copy("audits_audit_one_open", s.audit),
        copy("audits_audit_one_end", s.audit, ended_at=s.at),
        copy("audits_audit_clock", s.audit, due_on=EARLY),
        copy("audits_audit_clock", s.audit, due_on=None),
        copy("audits_audit_clock", s.audit, notified_on=None),
        copy("audits_audit_cause", s.audit, asked_by=s.lead),
        copy("audits_audit_cause", s.audit, **cause, agreed_by=s.reviewer),
        copy("audits_audit_two_people", s.audit, **cause, asked_by=s.lead, agreed_by=s.lead),
        copy("audits_audit_two_people", s.audit, **cause, asked_by=s.lead),
    ]


def _audit_cases(s: SimpleNamespace) -> list[Illegal]:
    reviewed = {"reviewed_by": s.reviewer, "reviewed_at": s.at}
    return [
        copy("audits_item_once", s.item),
        copy("audits_item_reviewed", s.item, verdict="accepted"),
        copy("audits_item_reviewed", s.item, **reviewed),
        copy("audits_item_words", s.item, **reviewed, verdict="refused"),
        copy("audits_extension_one_asked", s.extension),
        copy("audits_extension_whole", s.extension, through=LATER),
        copy("audits_extension_whole", s.granted, words=""),
        copy("audits_extension_whole", s.granted, through=None),
        copy("audits_decision_one_pending", s.audit_decision),
        copy("audits_decision_one_end", s.audit_decision, ended_at=s.at),
        copy("audits_decision_words", s.audit_decision, verdict="fail"),
    ]


def _renewals(s: SimpleNamespace) -> list[Illegal]:
    return [
        copy("renewals_application_reference_key", s.approved, "reference", state="denied", charge=s.charge),
        copy("renewals_application_charge_id_key", s.approved, state="denied"),
        copy("renewals_application_one_open", s.draft),
        copy("renewals_application_one_approved", s.approved, charge=s.charge),
        copy("renewals_application_submitted_whole", s.in_review, charge=None),
        copy("renewals_application_paid_once", s.draft, state="withdrawn", ended_at=s.at, covered=True),
        copy("renewals_application_assessed", s.approved, assessment=None),
        copy("renewals_application_one_end", s.draft, ended_at=s.at),
        copy("renewals_application_last_day_to_correct", s.returned, correct_through=None),
        copy("renewals_decision_one_pending", s.renewal_decision),
        copy("renewals_decision_one_end", s.renewal_decision, ended_at=s.at),
        copy("renewals_decision_words", s.renewal_decision, verdict="deny"),
    ]
