"""What somebody can do before they have their data erased, and how tests look for what is left."""

from datetime import date, timedelta
from pathlib import Path

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.apps import apps
from django.contrib.auth.models import Group
from django.db import connection

from audits import services as audits
from cases.models import Conflict
from cases.revoking import propose_revocation
from cases.services.assigning import take_case
from cases.services.noting import add_note
from cases.services.snoozing import snooze_case
from cases.two_people import take_back_proposal
from ceus.models import CeuRecord, HeldCard
from ceus.services.correcting import Corrected, correct_record
from core import clock
from core.history import record_history
from core.models import Erasure
from core.personal_data import OfRow, personal_tables
from core.triggers import all_triggers, ensure_installed
from documents.models import UploadHour
from documents.parser import make_safe
from documents.services import note_page, receive_upload, store_document
from hardship.models import Relief
from names.services import approve_name_request, change_own_name
from outbox.models import Letter, LetterRecipient, MailEvent, Notice
from payments.models import Charge, Difference, Dispute
from payments.services.differences import explain_difference
from payments.services.events import keep_event, process_event
from petitions import services as petitions
from renewals.services import advance_application
from tests.audits import scenes as audit_scenes
from tests.cast import colleague
from tests.employers.scenes import leave_consents
from tests.factories import LONG_AGO, CeuRecordFactory
from tests.payments import scenes as payment_scenes
from tests.petitions import scenes as petition_scenes
from tests.providers.scenes import leave_a_report
from tests.renewals.scenes import moment
from trainers.models import Cycle, FactorReset, Invitation, Trainer
from trainers.services.addresses import ask_email_change, drop_email_change
from trainers.services.erasing import erase_trainer, request_erasure
from trainers.services.feed import make_feed
from trainers.services.own_data import ask_for_data_file, build_data_file

MARK = "Zanzibar"  # stands in every personal column, and in nothing else


def live(trainer: Trainer, *, reviewer, registrar, finance, picture) -> None:
    """Leave a row in every table about people, and nothing that an erasure has to wait for."""
    grant(trainer)
    _petition(trainer, reviewer, finance)
    _audit(trainer, reviewer)
    proof = receive_upload(picture(), owner=trainer, at=moment("2027-01-20"), make_safe=make_safe)
    request = change_own_name(trainer, name="Jordan Cole", proof=proof, by=trainer, at=moment("2027-01-20"))
    approve_name_request(request, by=registrar, at=moment("2027-01-21"))
    _mended(trainer)
    make_feed(trainer, by=trainer, at=moment("2027-01-22"))
    _desk(trainer, reviewer)
    _account(trainer)
    _worked_here(trainer, registrar)
    _asked_by_rules(trainer, picture)
    file = ask_for_data_file(trainer, by=trainer, at=clock.now(), kept_for=timedelta(days=7))
    build_data_file(file, at=clock.now(), page=lambda person: person.name)


def _asked_by_rules(trainer: Trainer, picture) -> None:
    """Leave what another policy would have asked for: a card, a fact and a yearly fee."""
    at, credential = moment("2027-01-25"), trainer.credentials.get()
    upload = picture()
    upload.name = "card.png"
    photo = receive_upload(upload, owner=trainer, at=at, make_safe=make_safe)
    stored = store_document(photo, owner=trainer, by=trainer, at=at)
    card = HeldCard.objects.create(
        trainer=trainer, kind="cpr", valid_from=date(2026, 5, 3), document=stored, added_at=at
    )
    record_history(card, "kept", trainer=trainer, by=trainer, at=at, change=("", card.state))
    credential.facts.create(code="hours", value="120", by=trainer, at=at)
    Cycle.objects.latest_of(credential).yearly_fees.create(code="dues", due_on=date(2027, 2, 1))


def grant(trainer: Trainer) -> None:
    """Write the history that the services would have written for what the factories made."""
    rows = [trainer.credentials.get(), *CeuRecord.objects.filter(credential__trainer=trainer)]
    for row in rows:
        record_history(row, "added", trainer=trainer, by=None, at=LONG_AGO, change=("", row.state))


def _petition(trainer: Trainer, reviewer, finance) -> None:
    at = moment("2027-01-11")
    petition = petition_scenes.unpaid(trainer, at=at)
    session = payment_scenes.visit(petition.charge, opened_at=at, expires_at=at + timedelta(days=1))
    process_event(keep_event(payment_scenes.paid(session, at=at), at=at), at=at)
    petition = petitions.submit_paid_petition(petition, at=at)
    take_case(petition, by=reviewer, at=at)
    snooze_case(petition, until=date(2027, 1, 14), reason="They call back.", by=reviewer, at=at)
    Conflict.objects.create(colleague=finance, trainer=trainer, at=at)
    add_note(petition, text="@Fay, look at the fee.", by=reviewer, at=at)
    petition = petitions.ask_question(petition, text="How long was it?", by=reviewer, at=at)
    petition = petitions.answer_question(petition, text="A day.", by=trainer, at=at)
    note_page(petition.documents.all()[0], page=1, by=reviewer, at=at)
    petition_scenes.decided(petition, "approve", by=reviewer, at=at)
    payment = petition.charge.ledger.get(kind="payment")
    missing = Difference.objects.create(what="not_there", entry=payment, found_at=at)
    explain_difference(missing, reason="Held back for a day.", by=finance, at=at)
    payment_scenes.record(payment, finance, cents=500)
    decided = {"verdict": "keep", "reason": "Our error.", "kept_cents": 2000, "decided_at": clock.now()}
    petition.charge.fee_decisions.create(**decided, by=finance)
    dispute(petition.charge, state="won", closed_on=at.date(), won_at=at)


def dispute(charge: Charge, **fields) -> Dispute:
    """The bank asks for the payment of this charge back, or did."""
    told = {
        "opened_at": clock.now(),
        "opened_on": clock.now().date(),
        "told_at": clock.now(),
        "status": "won",
    }
    payment = charge.ledger.get(kind="payment")
    made = charge.disputes.create(payment=payment, provider_id="dp_1", amount_cents=2500, **told, **fields)
    record_history(made, "opened", trainer=charge.trainer, by=None, at=clock.now(), change=("", made.state))
    return made


def _audit(trainer: Trainer, reviewer) -> None:
    audit = audit_scenes.begun(trainer)
    audits.extend_audit(
        audit, through=date(2027, 3, 1), words="You were ill.", by=reviewer, at=moment("2027-01-04")
    )
    audit = audits.send_documents(audit, by=trainer, at=moment("2027-01-05"))
    audit_scenes.judge(audit, reviewer)
    audit = audit_scenes.closed(audit, "pass", reviewer)
    advance_application(audit_scenes.application_of(audit), at=moment("2027-01-06"))


def _mended(trainer: Trainer) -> None:
    """A correction of a course, and a proposal and a new address that were taken back."""
    lead, at = colleague("lead"), moment("2027-01-21")
    credential = trainer.credentials.get()
    told = {"parts": (), "reported_by_provider": True, "completed_on": date(2026, 6, 2)}
    record = CeuRecordFactory(credential=credential, **told)
    record_history(record, "added", trainer=trainer, by=None, at=LONG_AGO, change=("", record.state))
    facts = Corrected(date(2026, 6, 3), 40, record.course)
    correct_record(record, facts=facts, by=lead, at=at, today=at.date(), reason="It says so.")
    change = ask_email_change(
        trainer, email="rivera@example.org", by=colleague("registrar"), at=at, reason="By phone."
    )
    drop_email_change(change, by=colleague("registrar"), at=at, reason="It was another trainer.")
    Relief.objects.create(
        cycle=credential.cycles.latest("starts_on"),
        what="completion",
        kind="illness",
        why="I am ill.",
        asked_at=at,
        made_at=at,
        state="withdrawn",
        ended_at=at,
    )
    asked = propose_revocation(credential, by=lead, at=at, on=at.date(), reason="Fraud.")
    take_back_proposal(asked, by=lead, at=at, reason="It was another trainer.")


def _desk(trainer: Trainer, reviewer) -> None:
    """Write a letter to this person alone."""
    told = {
        "title": "Your name",
        "words": "Hello Jordan.",
        "audience": "one",
        "audience_value": str(trainer.pk),
    }
    letter = Letter.objects.create(
        **told, state="dropped", written_by=reviewer, written_at=clock.now(), ended_at=clock.now()
    )
    LetterRecipient.objects.create(letter=letter, trainer=trainer)


def _account(trainer: Trainer) -> None:
    address = EmailAddress.objects.get(user=trainer)
    EmailConfirmation.objects.create(email_address=address, key="k" * 64)
    Authenticator.objects.create(user=trainer, type="totp", data={"secret": "s"})
    link = SocialAccount.objects.create(user=trainer, provider="https://login.example.org", uid="s-1")
    SocialToken.objects.create(account=link, token="t")
    UploadHour.objects.create(owner=trainer, hour=clock.now())
    trainer.groups.add(Group.objects.first())
    trainer.user_permissions.set(Group.objects.exclude(permissions=None).first().permissions.all()[:1])
    notice = Notice.objects.filter(trainer=trainer).first()
    MailEvent.objects.create(
        event_id="e1", notice=notice, kind="bounced", address=trainer.email, words="No", at=clock.now()
    )


def _worked_here(trainer: Trainer, registrar) -> None:
    """Write that they were invited once, and that somebody asked to reset their second factor."""
    at = clock.now()
    ended = {"person": trainer, "ended_at": at}
    offer = {"role": "reviewer", "by": registrar, "sent_at": at, "link_ends_at": at}
    Invitation.objects.create(**ended, **offer, state="withdrawn")
    FactorReset.objects.create(**ended, asked_by=registrar, asked_at=at, state="dropped")
    leave_a_report(trainer, by=registrar)
    leave_consents(trainer, by=registrar)


def erase(trainer: Trainer) -> Erasure:
    """Request the erasure as the person, send the last mail, and carry it out."""
    erasure = request_erasure(trainer, by=trainer, at=clock.now())
    return erase_trainer(erasure, at=clock.now())


def mark_everything(trainer: Trainer) -> None:
    """Write the mark into every personal text column of every row about `trainer`, whatever guards it."""
    with connection.cursor() as cursor:
        for guard in all_triggers():
            on = f" ON {guard.table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {guard.name}{on}")
    for table, column in ((one, name) for one in personal_tables().values() for name in one.empties):
        field = apps.get_model(table.model)._meta.get_field(column)
        if field.get_internal_type() not in ("CharField", "TextField", "EmailField", "URLField", "JSONField"):
            continue
        for row in table.about(trainer):
            _mark(row, field, unique=isinstance(table.empties[column], OfRow) or field.unique)
    ensure_installed()


def _mark(row, field, *, unique: bool) -> None:
    text = f"{MARK}{row.pk}"
    value = {"mark": text} if field.get_internal_type() == "JSONField" else text
    if field.name == "email":
        value = f"{text.lower()}@example.org"
    if field.name in ("payload",) and row._meta.label == "payments.ProviderEvent":
        value = {**row.payload, "mark": text}
    if field.name in ("stored_as",):
        return
    longest = getattr(field, "max_length", None)
    type(row)._base_manager.filter(pk=row.pk).update(
        **{field.name: value[:longest] if isinstance(value, str) else value}
    )


def columns_with(words: str) -> list[str]:
    """Return every column of the database that contains `words`, in whatever table."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            columns = [one.name for one in connection.introspection.get_table_description(cursor, table)]
            for column in columns:
                cursor.execute(
                    f'SELECT COUNT(*) FROM "{table}" WHERE LOWER(CAST("{column}" AS TEXT)) LIKE %s',  # noqa: S608
                    [f"%{words.lower()}%"],
                )
                found += [f"{table}.{column}"] if cursor.fetchone()[0] else []
    return found


def files_in(folder: Path) -> list[str]:
    return sorted(str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file())


def rows_about(trainer: Trainer) -> dict[str, set[object]]:
    """The primary keys of every row about `trainer`, by table; what such a row is linked to by a table of pairs is too."""
    found = {}
    for label, table in personal_tables().items():
        rows = table.about(trainer)
        found[label] = set(rows.values_list("pk", flat=True))
        for field in rows.model._meta.many_to_many:
            through = field.remote_field.through
            if through._meta.auto_created:
                pairs = through._base_manager.filter(**{f"{field.m2m_field_name()}__in": found[label]})
                found[through._meta.label] = set(pairs.values_list("pk", flat=True))
    return found


def rows_but(mine: dict[str, set[object]]) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table that is not `mine`, with all its values."""
    return {
        label: [row for row in rows if row[0] not in mine.get(label, ())]
        for label, rows in everything().items()
    }


def everything() -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    models = apps.get_models(include_auto_created=True)
    return {one._meta.label: list(one._base_manager.order_by("pk").values_list()) for one in models}


def state_of(trainer: Trainer) -> str:
    """The state of their newest erasure; empty without one."""
    return (
        Erasure.objects.filter(trainer=trainer).order_by("-pk").values_list("state", flat=True).first() or ""
    )
