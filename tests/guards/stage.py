"""One row of every kind that the database guards, written behind the services' back: `stage.audit` and so on."""

from datetime import date, timedelta
from types import SimpleNamespace

from django.contrib.auth.models import Permission
from django.db.models import Model

from ceus.models import AffectedRecord, CatalogueChange, RecordDocument, Topic, WordKey
from core.models import HistoryEntry, Organisation
from documents.models import UploadHour, Viewing
from names.models import NameRequest
from outbox.models import MailEvent, Notice
from payments.models import CheckoutSession, Dispute, FeeDecision, LedgerEntry, ProviderEvent, Refund
from petitions.models import Decision as PetitionDecision
from petitions.models import Petition, PetitionDocument, Question
from renewals.models import Decision as RenewalDecision
from tests.cast import colleague, trainer
from tests.factories import (
    ApplicationFactory,
    CeuRecordFactory,
    ChargeFactory,
    CourseFactory,
    CredentialFactory,
    CycleFactory,
    DocumentFactory,
    trainer_with_credential,
    walk_to,
)
from tests.guards.badge_rows import add_badges
from tests.guards.desk_rows import add_desk
from tests.guards.employer_rows import add_employers
from tests.guards.erased import add_erasures
from tests.guards.hardship_rows import add_reliefs
from tests.guards.journal_rows import add_journal
from tests.guards.letter_rows import add_letters
from tests.guards.payout_rows import add_payouts
from tests.guards.provider_rows import add_reports
from tests.guards.roster_rows import add_rosters
from tests.guards.stage_audits import AT, DAY, add_audits
from tests.guards.stage_two_people import add_colleagues, add_correction, add_email_changes, add_proposals
from tests.guards.webhook_rows import add_webhooks
from trainers.models import CredentialFact

ASSESSED = {"dates": {"next_cycle": {"expires_on": "2029-03-14"}}}
AGREED = {"received_at": AT, "received_on": DAY}


def build_stage() -> SimpleNamespace:
    """Write every row once and return them by name."""
    stage = SimpleNamespace(
        at=AT, later=AT + timedelta(days=1), jordan=trainer("jordan"), stranger=trainer("stranger")
    )
    stage.lead, stage.reviewer = colleague("lead"), colleague("reviewer")
    stage.credential = stage.jordan.credentials.get()
    stage.cycle = stage.credential.cycles.get()
    stage.fact = CredentialFact.objects.create(credential=stage.credential, code="hours", value="1", at=AT)
    stage.revoked = stage.stranger.credentials.get()
    walk_to(stage.revoked, "revoked")
    stage.membership = stage.lead.groups.through.objects.get(trainer=stage.lead)
    add_colleagues(stage)
    stage.organisation = Organisation.objects.create(pk=1, saved_at=AT)
    permission = Permission.objects.first()
    stage.permission = stage.lead.user_permissions.through.objects.create(
        trainer=stage.lead, permission=permission
    )
    for add in (*OWN, *OF_OTHER_FILES):
        add(stage)
    _disputed(stage.request_fee_gone.charge, 40)
    return stage


def _cycle(stage: SimpleNamespace, number: int) -> Model:
    """Return a new cycle of another person, so that no two test cases disturb each other."""
    person = trainer_with_credential(
        number=f"4000000{number}", awarded_on="2021-03-14", expires_on="2027-03-14"
    )
    return person.credentials.get().cycles.get()


def _add_small_rows(stage: SimpleNamespace) -> None:
    stage.history = HistoryEntry.objects.create(subject="tests.row:1", verb="changed", at=AT)
    stage.document = DocumentFactory(owner=stage.jordan)
    stage.proof = DocumentFactory(owner=stage.jordan)
    stage.viewing = Viewing.objects.create(document=stage.document, by=stage.reviewer, page=1, first_at=AT)
    stage.hour = UploadHour.objects.create(owner=stage.jordan, hour=AT)
    stage.name = NameRequest.objects.create(
        trainer=stage.jordan, before="Jo", after="Jordan", proof=stage.document, requested_at=AT
    )
    stage.name_withdrawn = NameRequest.objects.create(
        trainer=stage.jordan,
        before="Jo",
        after="J",
        proof=stage.document,
        requested_at=AT,
        state="withdrawn",
        ended_at=AT,
    )
    stage.notice = Notice.objects.create(
        kind="tests.kind", trainer=stage.jordan, subject="tests.row:1", event="one", payload={}, send_at=AT
    )
    stage.sent_notice = Notice.objects.create(
        kind="tests.kind",
        trainer=stage.jordan,
        subject="tests.row:2",
        event="one",
        payload={},
        send_at=AT,
        state="sent",
        ended_at=AT,
    )
    stage.mail_event = MailEvent.objects.create(
        event_id="one", notice=stage.sent_notice, kind="bounced", address="jordan@example.org", at=AT
    )


def _add_courses(stage: SimpleNamespace) -> None:
    stage.course = CourseFactory()
    stage.provider = stage.course.provider
    stage.topic = Topic.objects.create(name="Topic", slug="topic")
    stage.word_key = WordKey.objects.create(key="cours", word="course")
    stage.course_topic = stage.course.topics.through.objects.create(course=stage.course, topic=stage.topic)
    stage.record = CeuRecordFactory(credential=stage.credential, course=stage.course)
    stage.card = CeuRecordFactory(
        credential=stage.credential, course=None, title="Card", valid_through=date(2028, 5, 3), parts=()
    )
    stage.removed = CeuRecordFactory(credential=stage.credential, title="Gone", state="removed")
    dated = {"ceus_from": DAY, "hundredths_before": 40, "hundredths_after": 30, "reason": "Listed wrongly."}
    stage.kept, stage.change = (
        CatalogueChange.objects.create(course=stage.course, **dated, records=what, by=stage.lead, at=AT)
        for what in ("kept", "changed")
    )
    counted = {"hundredths_before": 40, "hundredths_after": 40}
    counted |= {"approved_before": True, "approved_after": True}
    stage.affected = AffectedRecord.objects.create(change=stage.change, record=stage.record, **counted)
    stage.record_document = RecordDocument.objects.get(record=stage.record)


def _add_money(stage: SimpleNamespace) -> None:
    stage.open_charge = ChargeFactory(trainer=stage.jordan)
    stage.charge = ChargeFactory(trainer=stage.jordan, state="paid", paid_at=AT)
    made = {"charge": stage.open_charge, "amount_cents": 9900}
    made |= {"opened_at": AT, "expires_at": AT, "provider_id": "cs_1"}
    stage.session = CheckoutSession.objects.create(
        **made, idempotency_key="one", state="open", url="https://pay.example/1"
    )
    owed = {"trainer": stage.jordan, "charge": stage.charge, "currency": "USD", "at": AT}
    stage.entry = LedgerEntry.objects.create(**owed, kind="charge", amount_cents=9900)
    stage.payment = LedgerEntry.objects.create(
        **owed, kind="payment", amount_cents=-9900, provider_ref="pi_1"
    )
    stage.event = ProviderEvent.objects.create(
        event_id="evt_1", type="tests.kind", payload={}, received_at=AT
    )
    stage.parked = ProviderEvent.objects.create(
        event_id="evt_2", type="tests.kind", payload={}, received_at=AT, state="parked"
    )


def _disputed(charge: Model, number: int, **fields) -> Dispute:
    """Return a dispute about a payment of the charge, which a bank decides about."""
    payment = charge.ledger.filter(kind="payment").first() or LedgerEntry.objects.create(
        trainer=charge.trainer,
        charge=charge,
        currency="USD",
        at=AT,
        kind="payment",
        amount_cents=-charge.amount_cents,
        provider_ref=f"pi_disputed_{number}",
    )
    made = {"opened_at": AT, "opened_on": DAY, "told_at": AT, "amount_cents": charge.amount_cents}
    made |= {"provider_id": f"dp_{number}", "state": "answered", "status": "under_review", **fields}
    return Dispute.objects.create(charge=charge, payment=payment, **made)


def _add_disputes(stage: SimpleNamespace) -> None:
    stage.dispute = _disputed(stage.charge, 1, amount_cents=100)
    stage.fee_decision = FeeDecision.objects.create(
        charge=stage.charge,
        verdict="keep",
        reason="Paid by check.",
        kept_cents=0,
        by=stage.lead,
        decided_at=AT,
    )


def _add_refunds(stage: SimpleNamespace) -> None:
    asked = {"charge": stage.charge, "payment": stage.payment, "amount_cents": 100, "requested_at": AT}
    reason = {"cause": "wish", "by": stage.lead, "reason": "They asked for it."}
    stage.refund = Refund.objects.create(**asked, **reason, idempotency_key="one", state="waiting")
    stage.failed_refund = Refund.objects.create(
        **asked, **reason, idempotency_key="two", state="failed", ended_at=AT
    )
    stage.answer = Refund.objects.create(
        **asked, **reason, idempotency_key="three", provider_id="re_3", instead_of=stage.failed_refund
    )
    stage.own_refund = Refund.objects.create(**asked, cause="twice", idempotency_key="four")
    by_hand = {"hand_reference": "Check 1", "state": "returned", "ended_at": AT}
    stage.hand_refund = Refund.objects.create(**asked, **reason, **by_hand, idempotency_key="five")
    stage.unmatched = Refund.objects.create(
        event=stage.parked,
        payment_ref="pi_9",
        amount_cents=100,
        requested_at=AT,
        **{**reason, "cause": "unmatched"},
        idempotency_key="six",
    )


def _add_renewals(stage: SimpleNamespace) -> None:
    def application(number: int, **fields) -> Model:
        return ApplicationFactory(cycle=_cycle(stage, number), **fields)

    def received(**fields) -> dict:
        lines = [{"code": "renewal", "label": "Renewal fee", "text": "On time.", "amount_cents": 9900}]
        charge = ChargeFactory(state="paid", paid_at=AT)
        return {
            **AGREED,
            "charge": charge,
            "fee_lines": lines,
            "fee_total_cents": 9900,
            "pay_through": DAY,
            **fields,
        }

    stage.draft = application(1)
    stage.in_review = application(2, **received(state="in_review"))
    stage.returned = application(3, **received(state="returned", returned_on=DAY, correct_through=DAY))
    stage.fee_gone = application(5, **received(state="in_review"))
    _disputed(stage.fee_gone.charge, 2)
    stage.approved = application(4, **received(state="approved", assessment=ASSESSED, ended_at=AT))
    stage.denied_renewal = application(6, **received(state="denied", ended_at=AT))
    leader = application(7, **received(state="in_review"))
    lower = CredentialFactory(trainer=leader.trainer, number="41000007")
    led = received(charge=None, fee_lines=[], fee_total_cents=0, covered=True, renewed_with=leader)
    stage.led = ApplicationFactory(cycle=CycleFactory(credential=lower), **led, state="in_review")
    about = {"application": stage.in_review, "verdict": "approve", "by": stage.reviewer}
    stage.renewal_decision = RenewalDecision.objects.create(**about, decided_at=AT, effective_at=AT)
    stage.renewal_decided = RenewalDecision.objects.create(
        **about, decided_at=AT, effective_at=AT, state="released", ended_at=AT
    )


def _add_petitions(stage: SimpleNamespace) -> None:
    def petition(reference: str, **fields) -> Model:
        about = {"title": "Course", "provider_name": "Provider", "asked_hundredths": 40, "completed_on": DAY}
        owner = {"trainer": stage.jordan, "credential": stage.credential, "started_at": AT}
        return Petition.objects.create(**owner, **about, reference=reference, **fields)

    def paid() -> dict:
        return {**AGREED, "charge": ChargeFactory(state="paid", paid_at=AT)}

    stage.petition_draft = petition("P-1")
    stage.unpaid = petition("P-2", **AGREED, charge=ChargeFactory(), state="unpaid")
    stage.petition = petition(
        "P-3", **paid(), state="submitted", submitted_at=AT, answer_due_on=date(2027, 2, 15)
    )
    stage.petition_fee_gone = petition(
        "P-6", **paid(), state="submitted", submitted_at=AT, answer_due_on=date(2027, 2, 15)
    )
    _disputed(stage.petition_fee_gone.charge, 3)
    stage.denied = petition("P-4", **paid(), state="denied", submitted_at=AT, ended_at=AT)
    stage.granted_petition = petition(
        "P-5", **paid(), state="approved", submitted_at=AT, record=stage.record, ended_at=AT
    )
    stage.question = Question.objects.create(
        petition=stage.petition, text="How long?", asked_by=stage.reviewer, asked_at=AT, answer_through=DAY
    )
    stage.evidence = PetitionDocument.objects.create(
        petition=stage.petition, document=stage.document, part="certificate"
    )
    decided = {"by": stage.reviewer, "decided_at": AT, "effective_at": AT}
    approve, deny = {"verdict": "approve", "hundredths": 40}, {"verdict": "deny", "reason_code": "other"}
    stage.petition_decision = PetitionDecision.objects.create(petition=stage.petition, **approve, **decided)
    decided |= {"state": "released", "ended_at": AT}
    stage.petition_decided = PetitionDecision.objects.create(
        petition=stage.granted_petition, **approve, **decided
    )
    PetitionDecision.objects.create(petition=stage.denied, **deny, **decided, words="Not enough.")


OWN = (
    *(_add_small_rows, add_letters, add_rosters, _add_courses, _add_money, _add_refunds, _add_disputes),
    *(_add_renewals, add_audits, _add_petitions),
)
OF_OTHER_FILES = (
    *(add_reliefs, add_erasures, add_proposals, add_correction, add_desk, add_email_changes, add_payouts),
    *(add_reports, add_badges, add_employers, add_webhooks, add_journal),
)
