"""A provider with a person and a course, and how its rows are written."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import transaction

from api.services import make_key
from ceus.models import CeuRecord, Course, Provider
from ceus.services import claim_records
from ceus.standing import standing_for
from core.history import record_history
from core.models import HistoryEntry
from providers.invariants import CHECKS
from providers.models import ApiKey, Batch, CourseRequest, Decision, ProviderPerson
from providers.rows import ReadRow, read_row
from providers.services.deciding import decide_course_request, release_request_decision
from providers.services.people import accept_provider_invitation, invite_provider_person
from providers.services.reporting import report_completions
from providers.services.requesting import AskedCourse, request_course, request_longer_approval
from rules.policy.load import load_policy
from tests.cast import colleague
from tests.factories import CourseFactory, ProviderFactory
from tests.renewals.scenes import cycle_of
from trainers.models import Trainer

AT = datetime(2026, 6, 1, 19, 0, tzinfo=UTC)
TODAY = date(2026, 6, 1)
UNIT = load_policy("nasm-cpt").unit


def harbor() -> Provider:
    """Return Harbor Fitness Academy with its course "balance", which gives 0.4 CEUs."""
    provider = Provider.objects.filter(slug="harbor").first()
    if provider is None:
        provider = ProviderFactory(name="Harbor Fitness Academy", slug="harbor")
        CourseFactory(provider=provider, title="Balance for Runners", slug="balance", hundredths=40)
    return provider


def balance() -> Course:
    return harbor().courses.get(slug="balance")


def penny(provider: Provider | None = None, name: str = "Penny Provider") -> Trainer:
    """Return a person with an active role at the provider."""
    email = f"{name.split()[0].lower()}@harbor.example.org"
    if found := Trainer.objects.filter(email=email).first():
        return found
    at = provider or harbor()
    role = invite_provider_person(at, email=email, name=name, by=colleague("registrar"), at=AT)
    accept_provider_invitation(role, at=AT)
    person = Trainer.objects.get(email=email)
    person.emailaddress_set.update(verified=True)
    return person


def role_of_penny() -> ProviderPerson:
    return ProviderPerson.objects.get(person=penny())


def row(
    number: str = "1193 4482",
    name: str | None = "Jordan Rivera",
    course: str = "balance",
    completed_on: str = "2026-05-03",
    ceus: str = "",
    line: int = 1,
) -> ReadRow:
    told = {"number": number, "name": name, "course": course, "completed_on": completed_on, "ceus": ceus}
    return read_row(line, **told, unit=UNIT)


def report(*rows: ReadRow, key: str = "one", at: datetime = AT, by: Trainer | None = None) -> Batch:
    return report_completions(
        harbor(), rows=rows, source="file", idempotency_key=key, by=by or penny(), at=at, latest_day=TODAY
    )


def outcomes(batch: Batch) -> list[str]:
    return list(batch.completions.order_by("line").values_list("outcome", flat=True))


def with_history(record: CeuRecord) -> CeuRecord:
    """Write the history that the services would have written for what a factory made."""
    subject = f"ceus.ceurecord:{record.pk}"
    HistoryEntry.objects.create(
        subject=subject, trainer=record.credential.trainer, verb="logged", to_state=record.state, at=AT
    )
    return record


def leave_a_report(trainer: Trainer, *, by: Trainer) -> None:
    """Leave a report with a row about this trainer that was not taken, and an earlier role of theirs."""
    told = {"reference": "B-OLD", "provider": harbor(), "source": "file", "idempotency_key": "old"}
    batch = Batch.objects.create(**told, sent_by=by, sent_at=AT, row_count=1, taken_count=0, sha256="a" * 64)
    record_history(batch, "reported", trainer=None, by=by, at=AT, change=("", "reported"))
    batch.completions.create(
        line=1,
        number=trainer.credentials.get().number,
        name="Jo",
        outcome="name_differs",
        state="refused",
        credential=trainer.credentials.get(),
        reason="Jo was not there.",
    )
    offer = {"invited_by": by, "invited_at": AT, "link_ends_at": AT, "state": "ended", "ended_at": AT}
    role = ProviderPerson.objects.create(person=trainer, provider=harbor(), **offer)
    record_history(role, "ended", trainer=trainer, by=by, at=AT, change=("invited", "ended"))


def report_and_ask(trainer: Trainer) -> None:
    """Leave one row of everything that a provider does, and a pending decision about a second request."""
    report(row(trainer.credentials.get().number, trainer.name))
    asked_longer()
    other = AskedCourse("Stairs for Runners", "online", 20, "Two hours.")
    request = request_course(harbor(), asked=other, by=penny(), at=AT)
    decide_course_request(
        request, verdict="deny", words="Send the outline.", by=colleague("registrar"), at=AT
    )
    make_key(harbor(), kind=ApiKey, name="Our booking system", scopes=["report"], by=penny(), at=AT)


def asked_longer() -> CourseRequest:
    """Return Penny's request that the approval of "balance" be extended."""
    return request_longer_approval(balance(), about="Nothing has changed.", by=penny(), at=AT)


def decided(request: CourseRequest, **said: Any) -> Decision:
    """Let the registrar decide, and the decision take effect after its ten minutes."""
    decision = decide_course_request(request, by=colleague("registrar"), at=AT, **said)
    return release_request_decision(decision, at=AT + timedelta(minutes=10))


def claim(trainer: Trainer) -> CeuRecord:
    """Let the trainer's renewal claim their only record."""
    record = CeuRecord.objects.get(credential__trainer=trainer)
    with transaction.atomic():
        claim_records(cycle_of(trainer), ids=[record.pk], by=trainer, at=AT)
    return record


def counted(trainer: Trainer) -> int:
    return standing_for(cycle_of(trainer), today=TODAY).total.counted


def broken() -> list[str]:
    """Return what the invariants of reports find."""
    return [line for check in CHECKS for line in check.find()]
