"""Petitions as they are typed, and as the services led them to each state."""

from datetime import date, datetime, timedelta

from demo.bank import open_bank
from documents.models import Document
from payments.models import Charge
from petitions import services
from petitions.attestation import attestation_for
from petitions.models import Decision, Petition, PetitionDocument
from petitions.services import CourseFacts
from rules.policy.load import load_policy
from tests import factories
from tests.ceus.scenes import a_day
from trainers.models import Credential, Trainer

VERSION = attestation_for(load_policy().versions[0], "$").version
FACTS = CourseFacts(
    title="Kettlebell Biomechanics",
    provider_name="Northside Barbell Club",
    began_on=date(2027, 1, 9),
    completed_on=date(2027, 1, 10),
    asked_hundredths=40,
    learned="Hip hinge mechanics, and how to load them.",
    instructor="Ana Lee, MS, CSCS",
)


def facts(**changes) -> CourseFacts:
    return CourseFacts(**{**{name: getattr(FACTS, name) for name in CourseFacts.__slots__}, **changes})


def attach(petition: Petition, *parts: str) -> None:
    for part in parts:
        document: Document = factories.DocumentFactory(owner=petition.trainer)
        PetitionDocument.objects.create(petition=petition, document=document, part=part)


def draft(trainer: Trainer, *, at: datetime, credential: Credential | None = None, **changes) -> Petition:
    """Return a complete petition that is not sent, about the trainer's only credential or this one."""
    petition = services.start_petition(
        credential or trainer.credentials.get(), facts=facts(**changes), files={}, by=trainer, at=at
    )
    attach(petition, "certificate", "agenda")
    return petition


def unpaid(trainer: Trainer, *, at: datetime, **changes) -> Petition:
    petition = draft(trainer, at=at, **changes)
    version = attestation_for(petition.credential.policy.versions[0], "$").version
    return services.send_petition(petition, by=trainer, at=at, attestation_version=version)


def submitted(trainer: Trainer, *, at: datetime, **changes) -> Petition:
    petition = unpaid(trainer, at=at, **changes)
    pay(petition.charge, at=at)
    return services.submit_paid_petition(petition, at=at)


def submitted_by_another(number: str, at: datetime) -> Petition:
    """Submit a petition of somebody with this certification number, for a course named after it."""
    person = factories.trainer_with_credential(
        number=number, awarded_on="2021-03-14", expires_on="2027-03-14"
    )
    return submitted(person, at=at, title=f"Course {number}")


def pay(charge: Charge, *, at: datetime) -> None:
    with open_bank() as bank:
        bank.pay(charge, at=at)


def decided(petition: Petition, verdict: str, *, by: Trainer, at: datetime, **fields) -> Petition:
    """Decide about the petition, and release the decision ten minutes later."""
    if verdict == "deny":
        fields = {"reason_code": "entry_level", "words": "It does not go beyond entry level.", **fields}
    decision = services.decide_petition(petition, verdict=verdict, by=by, at=at, **fields)
    assert decision.state == Decision.State.PENDING
    services.release_petition_decision(decision, at=at + timedelta(minutes=10))
    petition.refresh_from_db()
    return petition


FORM = {
    "title": "Kettlebell Biomechanics",
    "provider_name": "Northside Barbell Club",
    "provider_link": "www.northside.example",
    **a_day("began_on", "1/9/2027"),
    **a_day("completed_on", "1/10/2027"),
    "hours": "4.5",
    "learned": "Hip hinge mechanics, and how to load them.",
    "instructor": "Ana Lee, MS, CSCS",
}
SHORTEST_FORM = {"title": "Kettlebell Biomechanics", "provider_name": "Northside Barbell Club"}


def page_of(petition: Petition, *end: str) -> str:
    return "/".join(["/petitions", petition.reference, *end, ""])
