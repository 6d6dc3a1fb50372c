"""Cases that wait for staff, and one row of everything that staff can open."""

import re
from collections.abc import Mapping
from datetime import date
from html import unescape

from django.template.response import TemplateResponse
from django.urls import reverse

from badges.services import ensure_key
from cases.models import Note, PolicyDraft, Proposal
from ceus.models import CatalogueChange, Correction, Course, HeldCard, Topic
from ceus.models.corrections import FACTS
from core.history import subject_of
from core.mail import Mail
from core.models import Erasure, HistoryEntry
from documents.models import Document
from documents.services import note_download
from employers.services.showing import start_widget
from hardship.models import Relief, ReliefDocument
from journal.services import make_journal_key, write_entries
from names.models import NameRequest
from outbox.models import Letter, Notice
from payments.models import Difference, Dispute, FeeDecision, ProviderEvent, Refund
from petitions.services import decide_petition
from providers.models import IssuerKey
from renewals.models import Application, Decision
from renewals.services import release_renewal_decision
from tests import factories
from tests.audits.scenes import an_audit
from tests.cast import colleague
from tests.employers.scenes import consent, leave_a_key, listed
from tests.payments.payout_scenes import a_line, a_payout
from tests.payments.scenes import mail_of
from tests.petitions import scenes as stage
from tests.providers import scenes as provider_scenes
from tests.renewals import scenes as steps
from tests.webhooks.scenes import an_endpoint, tell
from trainers.models import Roster, Trainer

DAY = "2027-03-02"


def another_waiting(number: str, day: str = DAY, **trainer) -> Application:
    person = factories.trainer_with_credential(
        number=number, awarded_on="2021-03-14", expires_on="2027-03-14", **trainer
    )
    factories.everything_met(person)
    return steps.renew(person, day)


def a_row_of_everything(jordan: Trainer) -> None:
    """Make at least one row of each kind that staff can open."""
    credential = jordan.credentials.get()
    factories.CeuRecordFactory(credential=credential, completed_on=date(2026, 6, 1))
    application = steps.renew(jordan, DAY)
    course = factories.CourseFactory()
    CatalogueChange.objects.create(course=course, through_after=date(2027, 6, 30), at=factories.LONG_AGO)
    _money_of_every_kind(application)
    Topic.objects.create(name="Nutrition", slug="nutrition")
    petition = stage.submitted(jordan, at=steps.moment(DAY))
    decide_petition(petition, verdict="approve", by=colleague("reviewer"), at=steps.moment(DAY))
    application.decisions.create(
        verdict="approve",
        by=colleague("second_reviewer"),
        decided_at=application.received_at,
        effective_at=application.received_at,
    )
    ask_for_name(jordan)
    provider_scenes.report_and_ask(jordan)
    leave_a_key()
    consent(jordan)
    listed(jordan)
    start_widget(jordan.credentials.first(), by=jordan, at=steps.moment(DAY))
    what_leads_keep(application)
    an_endpoint()
    tell()
    make_journal_key("Books", by=colleague("lead"), at=steps.moment(DAY))
    write_entries(at=steps.moment(DAY))
    audit = an_audit(application.cycle, state="sent", sent_at=steps.moment(DAY))
    audit.decisions.create(
        verdict="pass", by=colleague("second_reviewer"), decided_at=audit.made_at, effective_at=audit.made_at
    )


def _asked_by_rules(jordan: Trainer) -> None:
    """Other figures of the rules, a card that they ask for, and whose signed files count."""
    _other_figures()
    ensure_key(at=factories.LONG_AGO)
    IssuerKey.objects.create(
        **{"name": "Board", "did": "did:web:board.example.org", "public_key": "zOne"},
        **{"added_by": colleague("lead"), "added_at": factories.LONG_AGO},
    )
    HeldCard.objects.create(
        **{"trainer": jordan, "kind": "cpr", "valid_from": date(2026, 5, 3), "added_at": factories.LONG_AGO},
        document=factories.DocumentFactory(owner=jordan),
    )


def _other_figures() -> None:
    PolicyDraft.objects.create(
        **{"policy_code": "nasm-cpt", "first_day": "2099-01-01", "changes": [["fees", "late", "35.00"]]},
        **{"why": "Why.", "by": colleague("lead"), "at": factories.LONG_AGO},
    )


def what_leads_keep(application: Application) -> None:
    """A request for more time, an erasure, a correction, a proposal, a roster, a note and a letter."""
    jordan, credential = application.trainer, application.cycle.credential
    cycle, words = application.cycle, {"kind": "illness", "why": "I am ill.", "asked_at": factories.LONG_AGO}
    relief = Relief.objects.create(cycle=cycle, what="completion", made_at=factories.LONG_AGO, **words)
    ReliefDocument.objects.create(relief=relief, document=factories.DocumentFactory(owner=jordan))
    Erasure.objects.create(trainer=jordan, asked_by=colleague("lead"), asked_at=factories.LONG_AGO)
    record = factories.CeuRecordFactory(credential=credential, completed_on=date(2026, 6, 2))
    said = {f"{name}_{side}": getattr(record, name) for name in FACTS for side in ("before", "after")}
    about = {"record": record, "by": colleague("lead"), "at": factories.LONG_AGO, "reason": "Why."}
    Correction.objects.create(**{**said, **about, "hundredths_after": 35})
    Proposal.objects.create(
        kind="revoke",
        subject=subject_of(credential),
        answers={"on": "2027-03-02"},
        trainer=jordan,
        reason="Why.",
        by=colleague("lead"),
        at=factories.LONG_AGO,
    )
    _asked_by_rules(jordan)
    Roster.objects.create(
        **{"name": "autumn.csv", "sha256": "a" * 64, "size": 9, "line_count": 2, "policy_code": "nasm-cpt"},
        sent_by=colleague("lead"),
        sent_at=factories.LONG_AGO,
    )
    Note.objects.create(
        subject=subject_of(application),
        trainer=jordan,
        text="Called about the card.",
        by=colleague("lead"),
        at=factories.LONG_AGO,
    )
    Letter.objects.create(
        title="Hello",
        words="Hello.",
        audience="certified",
        written_by=colleague("lead"),
        written_at=factories.LONG_AGO,
    )


def _money_of_every_kind(application: Application) -> None:
    """A refund, a message of the provider, a dispute, a decision about the fee, a payout that differs."""
    payment = application.charge.ledger.get(kind="payment")
    Refund.objects.create(
        charge=application.charge,
        payment=payment,
        amount_cents=9900,
        cause="twice",
        idempotency_key="refund-1",
        requested_at=factories.LONG_AGO,
    )
    ProviderEvent.objects.create(
        event_id="evt_1", type="charge.refunded", payload={"id": "evt_1"}, received_at=factories.LONG_AGO
    )
    Dispute.objects.create(
        charge=application.charge,
        payment=payment,
        provider_id="dp_1",
        state="won",
        status="won",
        amount_cents=9900,
        opened_at=factories.LONG_AGO,
        opened_on=factories.LONG_AGO.date(),
        told_at=factories.LONG_AGO,
        closed_on=factories.LONG_AGO.date(),
    )
    FeeDecision.objects.create(
        charge=application.charge,
        verdict="keep",
        reason="Why.",
        kept_cents=0,
        by=colleague("lead"),
        decided_at=factories.LONG_AGO,
    )
    line = a_line(a_payout(amount_cents=9900), ref=payment.provider_ref, entry=payment)
    Difference.objects.create(what="amount", line=line, found_at=factories.LONG_AGO)


def ask_for_name(trainer: Trainer) -> NameRequest:
    proof = factories.DocumentFactory(owner=trainer)
    names = {"before": trainer.name, "after": "Jordan Cole"}
    return NameRequest.objects.create(trainer=trainer, **names, proof=proof, requested_at=factories.LONG_AGO)


def notice(trainer, state: str, number: int = 0, **fields) -> Notice:
    ended = None if state == "due" else factories.LONG_AGO
    return Notice.objects.create(
        kind="renewals.renewed",
        subject=f"renewals.application:{number}",
        event=state,
        trainer=trainer,
        send_at=factories.LONG_AGO,
        state=state,
        ended_at=ended,
        title="You are renewed",
        text="Hello Jordan",
        last_error="550 no such user" if state == "failed" else "",
        attempts=5 if state == "failed" else 0,
        **fields,
    )


WORDS = {"reason_code": "other", "words": "Send the page with your name on it."}
QUEUE = "/staff/renewals/application/"


def rows_of(client, query: str = "") -> list[Application]:
    """The renewals that the list shows, in its order."""
    return list(client.get(QUEUE + query).context["cl"].result_list)


def open_everything(reader: Trainer) -> None:
    """Record that `reader` has downloaded every document."""
    for document in Document.objects.all():
        note_download(document, by=reader, at=factories.LONG_AGO)


def page(name: str, application: Application) -> str:
    return reverse(f"admin:renewals_application_{name}", args=[application.pk])


def seen(client, name: str, application: Application) -> dict[str, object]:
    """Return the hidden field that the form of the page posts back."""
    return {"seen": client.get(page(name, application)).context["form"].initial["seen"]}


def decide(client, name: str, application: Application, answers=None):
    """Read the mail of the decision, and confirm it."""
    typed = (answers or {}) | seen(client, name, application)
    preview = client.post(page(name, application), typed)
    assert (preview.status_code, preview.context["mail"] is not None) == (200, True)
    return client.post(page(name, application), typed | {"confirmed": "yes"})


def preview_of(client, url: str, typed: Mapping[str, object]) -> TemplateResponse:
    """Return the page with the mail that this would send. Nothing is done yet."""
    before = HistoryEntry.objects.count(), Notice.objects.count()
    answer = client.post(url, typed)
    assert (answer.status_code, answer.context["mail"] is not None) == (200, True)
    assert (HistoryEntry.objects.count(), Notice.objects.count()) == before
    return answer


def confirm(client, url: str, typed: Mapping[str, object] | None = None) -> Mail:
    """Read the mail, press the button on its page, and return the mail that was shown."""
    shown = preview_of(client, url, typed or {})
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', shown.content.decode())
    answer = client.post(url, {name: unescape(value) for name, value in hidden} | {"confirmed": "yes"})
    assert answer.status_code == 302
    return shown.context["mail"]


def mail_sent(kind: str) -> Mail:
    """Return the newest queued mail of this kind as it is sent."""
    return mail_of(Notice.objects.filter(kind=kind).latest("pk"))


def ten_minutes_later(application: Application) -> Application:
    decision = Decision.objects.get(application=application)
    release_renewal_decision(decision, at=decision.effective_at)
    application.refresh_from_db()
    return application


def row_url(row) -> str:
    return reverse(f"admin:ceus_{row._meta.model_name}_change", args=[row.pk])


def row_form(client, row, **answers) -> dict[str, object]:
    """Return what the form of the row would post, with `answers` in the place of the present values."""
    form = client.get(row_url(row)).context["adminform"].form
    found = {name: form[name].value() for name in form.fields}
    found = {name: "" if value is None else value for name, value in found.items()}
    return found | {"topics": []} | answers if isinstance(row, Course) else found | answers
