"""How many queries a list of many people takes under a policy that asks for everything about courses,
people and their other certifications: as many for four people as for one.
"""

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ceus.models import Course
from ceus.standing import facts_for_all
from ceus.touched import ListingChange
from core import clock
from outbox.models import Notice
from outbox.notices import kind_of
from petitions.attestation import attestation_for
from petitions.services import send_petition
from renewals.notice_codes import DUE_FEE
from renewals.pages.lower import asks_for_nothing
from renewals.reminders.notices import cases_of
from renewals.services.due_reminders import queue_due_reminders
from renewals.status import certifications_of
from rules.listing import Days
from staff.catalogue.touched import touched_by
from staff.policy.impact import impact_of
from staff.trainers.dues import unpaid_dues
from tests import factories
from tests.petitions.scenes import draft
from tests.twice import RANKED
from trainers.models import Cycle

pytestmark = pytest.mark.django_db
NAMED = 'topics = ["ethics"]\nformats = ["live"]\nproviders = ["harbor"]\n'
WIDE = (
    RANKED.replace('ranks = ["helper", "body"]', 'ranks = ["helper", "body", "grand"]')
    + """repeats = { count = "never" }
carry_over = { most = "1.0" }
limits = [{ code = "ethics", over = { topics = ["ethics"] }, minimum = { value = "0.1" } }]
dues = [{ code = "yearly", label = "Yearly fee", amount = "50.00", text = "Fifty.", fixed_days = ["03-01"], blocks = false }]
"""
)
DAY = "2027-03-02"


@pytest.fixture
def people(follow_body, clock_at) -> Callable[[int], list[Cycle]]:
    """`people(3)` adds three people, each with two certifications under the policy, a course that was logged
    before it named anything, a paid petition, and a fee that is due soon; returns all current cycles.
    """
    at = clock_at(f"{DAY} 12:00")
    policy = follow_body(NAMED + WIDE, beside={"helper": NAMED + WIDE})
    course, agreed = factories.CourseFactory(), attestation_for(policy.versions[0], "$").version

    def add(count: int) -> list[Cycle]:
        for _ in range(count):
            trainer = factories.TrainerFactory()
            for code, ends in (("body", date(2027, 3, 14)), ("helper", date(2027, 3, 1))):
                credential = factories.CredentialFactory(
                    trainer=trainer, awarded_on=ends.replace(year=2023), policy_code=code
                )
                factories.CycleFactory(credential=credential, expires_on=ends, policy_code=code)
                factories.CeuRecordFactory(
                    credential=credential, course=course, completed_on=date(2026, 5, 1), hundredths=50
                )
                if code == "body":
                    petition = draft(trainer, at=at)
                    send_petition(petition, by=trainer, at=at, attestation_version=agreed)
        return list(Cycle.objects.current().select_related("credential__trainer").order_by("pk"))

    assert policy.wide
    return add


def queries(ask: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as found:
        ask()
    asked = [one["sql"] for one in found if one["sql"].startswith("SELECT")]
    return sum(
        not one.startswith('SELECT "outbox_notice"') for one in asked
    )  # each mail is written by itself


ASKED = {
    "facts": lambda cycles: facts_for_all(cycles),
    "cases": lambda cycles: [
        asks_for_nothing(one) for one in cases_of([one.pk for one in cycles], clock.now()).values()
    ],
    "status": lambda cycles: certifications_of(cycles, clock.now()),
    "dues": lambda cycles: queue_due_reminders(at=clock.now()),
    "the unpaid fees on the page of a person": lambda cycles: unpaid_dues(cycles, clock.now()),
    "due fees that are still due": lambda _: kind_of(DUE_FEE).still_due(Notice.objects.all()),
    "the page before a change of a course": lambda _: touched_by(
        ListingChange(Course.objects.get(), Days(date(2027, 1, 1), None)), today=date(2027, 3, 2)
    ),
    "impact": lambda cycles: impact_of(cycles[0].policy, cycles[0].policy, today=date(2027, 3, 2)),
}


@pytest.mark.parametrize("asked", ASKED)
def test_a_list_of_four_people_takes_as_many_queries_as_one_of_one_person(people, asked):
    ask = ASKED[asked]
    one = people(1)
    queue_due_reminders(at=clock.now())
    ask(one)  # what is cached for everybody
    few = queries(lambda: ask(one))
    four = people(3)
    queue_due_reminders(at=clock.now())
    assert Notice.objects.filter(kind=DUE_FEE).count() == 8
    assert queries(lambda: ask(four)) == few


PAGES = (
    *(
        "trainers/trainer/",
        "trainers/credential/",
        "trainers/cycle/",
        "petitions/petition/",
        "ceus/ceurecord/",
    ),
    *("renewals/application/", "find/?q=trainer", "reports/", ""),
)


def test_every_page_of_the_desk_takes_as_many_queries_for_five_people_as_for_two(people, lead, signed_in):
    browser = signed_in(lead)

    def counts() -> dict[str, int]:
        return {page: queries(partial(browser.get, f"/staff/{page}")) for page in PAGES}

    people(2)
    counts()  # what is cached for everybody
    few = counts()
    assert min(few.values()) > 1
    people(3)
    assert counts() == few
