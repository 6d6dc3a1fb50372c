"""How many queries each page of the desk takes, by role: as many for fifty rows as for one."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import Mention, Note
from core import clock
from core.history import subject_of
from petitions.models import Petition
from renewals.models import Application
from tests import factories
from tests.audits.scenes import an_audit
from tests.cast import colleague
from tests.petitions import scenes as stage
from tests.renewals.scenes import moment
from tests.staff.scenes import DAY, another_waiting, notice
from trainers.services.people import invite_colleague

pytestmark = pytest.mark.django_db
MANY = 4

# Four of them are of who asks (session, person, permissions) and of the tabs; a superuser needs no permissions.
TODAY = {"root": 9, "lead": 10, "reviewer": 10, "finance": 7, "registrar": 7, "read_only": 7}
LISTS = {
    "petitions_petition": 8,
    "audits_audit": 8,
    "renewals_application": 8,
    "petitions_decision": 7,
    "renewals_decision": 7,
    "audits_decision": 7,
    "trainers_trainer": 7,
    "trainers_credential": 6,
    "trainers_cycle": 6,
    "ceus_ceurecord": 7,
    "payments_charge": 6,
    "payments_ledgerentry": 6,
    "payments_refund": 6,
    "outbox_notice": 6,
    "core_historyentry": 6,
    "documents_document": 6,
}
MOST_OF_A_LIST = 8


def queries(client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200, address
    return len(asked)


def add_rows(count: int, first: int) -> None:
    """Trainers with records, mails and a case of each kind."""
    for number in range(first, first + count):
        renewal = another_waiting(f"3000{number:04}")
        trainer = renewal.trainer
        stage.submitted(trainer, at=moment(DAY), title=f"Course {number}")
        audited = another_waiting(f"4000{number:04}")
        an_audit(audited.cycle, state="sent", sent_at=moment(DAY), reference=f"A-{audited.reference[2:]}")
        notice(trainer, "sent", number)
        factories.DocumentFactory(owner=trainer)


@pytest.fixture
def few(by_hand, clock_at, stranger):
    clock_at(DAY)
    add_rows(1, 0)


@pytest.mark.parametrize(("role", "most"), TODAY.items())
def test_the_today_page_takes_as_many_queries_for_many_cases_as_for_one(few, desk, role, most):
    client = desk(colleague(role))
    found = queries(client, "/staff/")
    add_rows(MANY, 1)
    assert (found, queries(client, "/staff/")) == (most, most)


def test_the_today_page_takes_one_query_more_for_notes_from_colleagues(few, desk, lead, reviewer):
    client, at = desk(reviewer), clock.now()
    found = queries(client, "/staff/")
    for row in (Petition.objects.first(), Application.objects.first(), Petition.objects.first().trainer):
        trainer = getattr(row, "trainer", row)
        note = Note.objects.create(
            subject=subject_of(row), trainer=trainer, text="@Robin look", by=lead, at=at
        )
        Mention.objects.create(note=note, person=reviewer)
    assert queries(client, "/staff/") == found + 1 == 11
    notes = client.get("/staff/").context["notes"]
    assert [one.about for one in notes] == [
        f"petition {Petition.objects.first().reference}",
        f"renewal {Application.objects.first().reference}",
        "a trainer",
    ]


@pytest.mark.parametrize("role", ["lead", "finance"])
def test_every_list_takes_as_many_queries_for_many_rows_as_for_one(few, desk, role):
    person = colleague(role)
    client = desk(person)
    pages = {
        name: reverse(f"admin:{name}_changelist")
        for name in LISTS
        if person.has_perm(f"{name.replace('_', '.view_', 1)}")
    }
    assert pages
    found = {name: queries(client, address) for name, address in pages.items()}
    add_rows(MANY, 1)
    assert {name: queries(client, address) for name, address in pages.items()} == found
    assert found == {name: LISTS[name] for name in pages}
    assert max(found.values()) <= MOST_OF_A_LIST


def test_a_trainers_page_takes_as_many_queries_for_many_rows_as_for_one(few, desk, stranger):
    client = desk(colleague("lead"))
    address = reverse("admin:trainers_trainer_change", args=[stranger.pk])
    found = queries(client, address)
    credential = stranger.credentials.get()
    for number in range(50):
        completed_on = clock.now().date() - timedelta(days=number)
        factories.CeuRecordFactory(credential=credential, completed_on=completed_on)
        notice(stranger, "sent", 100 + number)
    assert (found, queries(client, address)) == (6, 6)


def test_the_people_page_takes_as_many_queries_for_many_colleagues_as_for_one(few, desk, lead):
    client, address = desk(lead), reverse("admin:people")
    found = queries(client, address)
    for number in range(MANY):
        invited = {"name": "Mina Duarte", "email": f"mina{number}@example.org", "role": "reviewer"}
        invite_colleague(**invited, by=lead, at=clock.now())
        factories.TrainerFactory(is_staff=True)
    assert (found, queries(client, address)) == (6, 6)
