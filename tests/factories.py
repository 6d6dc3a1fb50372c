"""Rows for tests, as the services would have written them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

import factory
from django.db.models import Model, QuerySet
from factory.django import DjangoModelFactory

from cases.models import Proposal
from ceus.models import AffectedRecord, CatalogueChange, CeuRecord, Course, HeldCard, Provider, RecordDocument
from ceus.services.catalogue import search_text_of
from core import clock
from core.history import subject_of
from documents.models import Document
from payments.models import Charge
from renewals.models import Application
from rules.days import CyclePeriod
from rules.facts import Facts
from rules.reminders import next_reminder_on, renewal_marks
from rules.standing import assess
from trainers.models import Credential, Cycle, Trainer

LONG_AGO = datetime(2020, 1, 1, 19, 0, tzinfo=UTC)


class TrainerFactory(DjangoModelFactory):
    class Meta:
        model = Trainer
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"trainer{n}@example.org")
    name = factory.Sequence(lambda n: f"Trainer Number {n}")
    password = factory.django.Password("correct horse battery")
    joined_at = LONG_AGO

    @factory.post_generation
    def verified(self, create, extracted, **kwargs):
        if create and extracted is not False:
            self.emailaddress_set.create(email=self.email, verified=True, primary=True)


class CredentialFactory(DjangoModelFactory):
    class Meta:
        model = Credential

    trainer = factory.SubFactory(TrainerFactory)
    number = factory.Sequence(lambda n: f"{30_000_000 + n}")
    awarded_on = date(2021, 3, 14)


class CycleFactory(DjangoModelFactory):
    """A cycle by its last day; every other date is the rules' answer."""

    class Meta:
        model = Cycle

    credential = factory.SubFactory(CredentialFactory)
    expires_on = date(2027, 3, 14)

    @classmethod
    def _create(cls, model_class, *args, **fields):
        credential, expires_on = fields["credential"], fields["expires_on"]
        facts = Facts(expires_on=expires_on, awarded_on=credential.awarded_on)
        standing = assess(facts, expires_on, credential.policy)
        dates = standing.dates
        fields.setdefault("starts_on", standing.cycle.starts_on)
        fields.setdefault("opens_on", dates.opens_on)
        fields.setdefault("completion_deadline", dates.completion_deadline)
        fields.setdefault("last_day_to_apply", dates.last_day_to_apply)
        marks = renewal_marks(credential.policy, standing.cycle)
        fields.setdefault(
            "remind_on", next_reminder_on(marks, after=clock.today(credential.policy.time_zone))
        )
        return super()._create(model_class, *args, **fields)


def remind_from_the_start(*trainers: Trainer) -> None:
    """The calendar of their cycles as if it had been kept since the first day."""
    for cycle in Cycle.objects.filter(credential__trainer__in=trainers).select_related("credential"):
        marks = renewal_marks(cycle.credential.policy, CyclePeriod(cycle.starts_on, cycle.expires_on))
        Cycle.objects.filter(pk=cycle.pk).update(remind_on=next_reminder_on(marks, after=cycle.starts_on))


def trainer_with_credential(*, number: str, awarded_on: str, expires_on: str, **trainer) -> Trainer:
    """A trainer, a credential and its cycle that ends on `expires_on`."""
    person = TrainerFactory(**trainer)
    credential = CredentialFactory(trainer=person, number=number, awarded_on=date.fromisoformat(awarded_on))
    CycleFactory(credential=credential, expires_on=date.fromisoformat(expires_on))
    return person


class ProviderFactory(DjangoModelFactory):
    class Meta:
        model = Provider

    name = factory.Sequence(lambda n: f"Provider {n}")
    slug = factory.Sequence(lambda n: f"provider-{n}")
    approved_from = date(2015, 1, 1)


class CourseFactory(DjangoModelFactory):
    class Meta:
        model = Course

    provider = factory.SubFactory(ProviderFactory)
    title = factory.Sequence(lambda n: f"Course {n}")
    slug = factory.Sequence(lambda n: f"course-{n}")
    hundredths = 40
    format = Course.Format.ONLINE
    approved_from = date(2015, 1, 1)
    search_text = factory.LazyAttribute(lambda course: search_text_of(course, ()))


class DocumentFactory(DjangoModelFactory):
    """A row without bytes: enough wherever the file itself is not read."""

    class Meta:
        model = Document

    owner = factory.SubFactory(TrainerFactory)
    original_name = "certificate.pdf"
    media_type = Document.MediaType.PDF
    size = 1000
    sha256 = factory.Sequence(lambda n: f"{n:064x}")
    sent_sha256 = factory.Sequence(lambda n: f"{n:064x}")
    stored_as = factory.Sequence(lambda n: f"none/{n}.pdf")
    uploaded_by = factory.SelfAttribute("owner")
    uploaded_at = LONG_AGO


class CeuRecordFactory(DjangoModelFactory):
    """An accepted course with its certificate on file."""

    class Meta:
        model = CeuRecord
        skip_postgeneration_save = True

    credential = factory.SubFactory(CredentialFactory)
    category = "education"
    course = factory.SubFactory(CourseFactory, hundredths=factory.SelfAttribute("..hundredths"))
    title = factory.LazyAttribute(lambda record: record.course.title if record.course else "Course")
    completed_on = date(2026, 5, 3)
    hundredths = 40
    state = CeuRecord.State.ACCEPTED
    logged_at = LONG_AGO
    parts = ("certificate",)

    @classmethod
    def _create(cls, model_class, *args, **fields):
        parts = fields.pop("parts")
        record = super()._create(model_class, *args, **fields)
        for part in parts if record.state == CeuRecord.State.ACCEPTED else ():
            document = DocumentFactory(owner=record.credential.trainer)
            RecordDocument.objects.create(record=record, document=document, part=part)
        return record


class CardFactory(CeuRecordFactory):
    """A current CPR/AED card, front and back."""

    category = "cpr_aed"
    course = None
    title = "CPR and AED"
    hundredths = 10
    valid_through = date(2028, 8, 2)
    parts = ("card_front", "card_back")


class ChargeFactory(DjangoModelFactory):
    class Meta:
        model = Charge

    trainer = factory.SubFactory(TrainerFactory)
    subject = factory.Sequence(lambda n: f"tests.thing:{n}")
    kind = "renewal"
    description = "Renewal of certification 1193 4482"
    lines = factory.LazyFunction(lambda: [{"code": "renewal", "label": "Renewal fee", "amount_cents": 9900}])
    amount_cents = 9900
    currency = "USD"
    live = False
    raised_at = LONG_AGO
    state = "open"
    paid_cents = factory.LazyAttribute(lambda made: made.amount_cents if made.state == "paid" else None)


class HeldCardFactory(DjangoModelFactory):
    class Meta:
        model = HeldCard

    trainer = factory.SubFactory(TrainerFactory)
    kind = "cpr"
    valid_from = date(2026, 5, 3)
    document = factory.SubFactory(DocumentFactory, owner=factory.SelfAttribute("..trainer"))
    added_at = LONG_AGO


class ApplicationFactory(DjangoModelFactory):
    """A draft. Anything further is reached through the services, as a trainer would."""

    class Meta:
        model = Application

    cycle = factory.SubFactory(CycleFactory)
    trainer = factory.SelfAttribute("cycle.credential.trainer")
    reference = factory.Sequence(lambda n: f"R-{n:06d}")
    started_at = LONG_AGO


def everything_met(trainer: Trainer, *, education: int = 190, **course) -> list[CeuRecord]:
    """Records that meet every requirement of the trainer's cycle: `education` hundredths and a current card."""
    credential = trainer.credentials.get()
    cycle = Cycle.objects.latest_of(credential)
    day = cycle.starts_on.replace(year=cycle.starts_on.year + 1)
    return [
        CeuRecordFactory(credential=credential, hundredths=education, completed_on=day, **course),
        CardFactory(
            credential=credential,
            completed_on=day,
            valid_through=cycle.expires_on.replace(year=cycle.expires_on.year + 2),
        ),
    ]


def walk_to(row: Model, state: str, **last_fields) -> None:
    """Write the states on the shortest way from the state of `row` to `state`, the last one with
    `last_fields`.

    It goes past the services, for tests of something else; the trigger accepts declared transitions only.
    """
    ways = {row.state: ()}
    for before in (queue := [row.state]):
        for after in row.TRANSITIONS[before]:
            if after not in ways:
                ways[after] = (*ways[before], after)
                queue.append(after)
    for step in ways[state]:
        fields = last_fields if step == state else {}
        with two_people_agreed(row, step):
            type(row).objects.filter(pk=row.pk).update(state=step, **fields)


@contextmanager
def two_people_agreed(row: Model, state: str) -> Iterator[None]:
    """Let two people have agreed to this step, where it takes two."""
    if not (isinstance(row, Credential) and state == "revoked"):
        yield
        return
    lead, second = (TrainerFactory(is_staff=True) for _ in range(2))
    about = {"kind": "revoke", "subject": subject_of(row), "trainer": row.trainer, "reason": "Fraud."}
    proposal = Proposal.objects.create(**about, by=lead, at=LONG_AGO)
    agreed = Proposal.objects.filter(pk=proposal.pk)
    agreed.update(state="agreed", agreed_by=second, agreed_at=LONG_AGO)
    yield
    agreed.update(state="done", ended_at=LONG_AGO)


def recount(records: "QuerySet[CeuRecord]", hundredths: int) -> None:
    """Let each of the records of courses count `hundredths`, as a lead's decision about the list would."""
    for record in records.exclude(hundredths=hundredths):
        fields = {"at": LONG_AGO, "records": "changed", "reason": "The list was wrong."}
        AffectedRecord.objects.create(
            change=CatalogueChange.objects.create(course=record.course, **fields),
            record=record,
            hundredths_before=record.hundredths,
            hundredths_after=hundredths,
            approved_before=record.approved,
            approved_after=record.approved,
        )
        CeuRecord.objects.filter(pk=record.pk).update(hundredths=hundredths)
