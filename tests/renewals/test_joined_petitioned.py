"""One application for two certifications, of which the second one needs a course that was asked for: both wait
for that decision (Q15). The first one has 2.0 CEUs, the second one 1.6, and the petition asks for the 0.4.
"""

import pytest

from core.errors import Refusal
from renewals import services
from tests.petitions import scenes as petitions
from tests.reading import text_of
from tests.renewals import scenes
from tests.renewals.together import DAY, PRICED, broken, log_course, of, submitted
from tests.twice import FIRST, SECOND

pytestmark = pytest.mark.django_db
AT = scenes.moment(DAY)
FEE = 'values = { petition_fee = { value = "25.00" } }\n'
SEPARATE = PRICED + 'several = { credits = "separate" }\n' + FEE


@pytest.fixture
def short(pair, clock_at):
    clock_at(DAY)
    first, second = pair(version=SEPARATE)
    log_course(first)
    log_course(second, hundredths=160)
    return first, second


def asked_for(cycle, **changes):
    trainer = cycle.credential.trainer
    return petitions.submitted(trainer, at=AT, credential=cycle.credential, **changes)


def states(*cycles) -> list[str]:
    return [of(one).state for one in cycles]


def decide(petition, verdict, reviewer, application):
    petitions.decided(petition, verdict, by=reviewer, at=scenes.moment("2027-03-05"))
    services.advance_application(application, at=scenes.moment("2027-03-05 13:00"))


def test_both_wait_for_the_petition_of_the_second_one_and_its_approval_approves_both(short, reviewer):
    first, second = short
    petition = asked_for(second)
    scenes.pay(submitted(first, SECOND), DAY)
    assert states(first, second) == ["in_review", "in_review"]
    decide(petition, "approve", reviewer, of(second))
    assert states(first, second) == ["approved", "approved"]
    assert second.claimed_records.filter(granted=True).exists()
    assert broken() == []


def test_a_denied_petition_of_the_second_one_returns_both_and_says_whose_course_is_missing(short, reviewer):
    first, second = short
    petition = asked_for(second)
    scenes.pay(submitted(first, SECOND), DAY)
    decide(petition, "deny", reviewer, of(second))
    assert states(first, second) == ["returned", "returned"]
    assert "5512 0007: " in of(first).returned_reason


def test_the_page_says_that_a_further_one_needs_an_undecided_course(short, signed_in):
    first, second = short
    asked_for(second)
    page = text_of(signed_in(first.credential.trainer).get(f"/certifications/{FIRST}/renew/check/"))
    assert "5512 0007" in page
    assert "Both are decided once we have decided about that." in page


@pytest.mark.parametrize("make", [petitions.draft, petitions.unpaid])
def test_a_petition_that_is_not_paid_lets_nothing_join(short, stranger, make):
    first, second = short
    make(first.credential.trainer, at=AT, credential=second.credential)
    petitions.submitted(stranger, at=AT, title="Somebody else's")
    with pytest.raises(Refusal, match="5512 0007: ") as refused:
        submitted(first, SECOND)
    assert refused.value.code == "cannot_join"
