"""What is told, and to whom, when a provider takes a report back and staff decide about it.

Jordan and Sam Stranger completed Balance for Runners on May 3, 2026; their renewals may claim it.
"""

from datetime import date, timedelta

import pytest

from ceus.models import CeuRecord
from outbox.models import Notice
from providers.models import Completion
from providers.services.correcting import correct_completion, decide_completion_for_staff, withdraw_batch
from staff.providers.actions import action_to_keep, action_to_take_off
from tests.factories import CeuRecordFactory
from tests.payments.scenes import mail_of
from tests.providers.scenes import AT, TODAY, broken, claim, counted, report, row, with_history
from tests.reading import refused_with
from tests.renewals.scenes import cycle_of

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=2)
SAM = row(number="20000001", name="Sam Stranger", line=2)


def decide(completion: Completion, by, *, keep: bool = False) -> Completion:
    return decide_completion_for_staff(completion, keep=keep, by=by, at=LATER, reason="Not on the list.")


def release(trainer) -> None:
    CeuRecord.objects.filter(claimed_for=cycle_of(trainer)).update(claimed_for=None)


def told(trainer, kind: str = "providers.changed"):
    return Notice.objects.filter(kind=kind, trainer=trainer).order_by("pk")


def mails_to(trainer, kind: str = "providers.changed") -> list[str]:
    return [mail_of(one).text for one in told(trainer, kind)]


@pytest.fixture
def with_staff(jordan, course, reporter) -> Completion:
    """A completion that the provider took back while a renewal claimed it; it claims it no more."""
    batch = report(row())
    claim(jordan)
    withdraw_batch(batch, by=reporter, at=AT + timedelta(days=1), reason="Wrong list.")
    release(jordan)
    return batch.completions.get()


def test_a_completion_that_is_taken_off_twice_stays_taken_off_with_one_mail(with_staff, registrar, jordan):
    assert [decide(with_staff, registrar).state for _ in range(2)] == ["withdrawn", "withdrawn"]
    assert told(jordan).count() == 2
    with refused_with("A completion that is “withdrawn” cannot be kept.", "out_of_order"):
        decide(with_staff, registrar, keep=True)
    assert (counted(jordan), broken()) == (0, [])


@pytest.mark.parametrize(
    ("number", "state", "words"), [("11934482", "reported", "reported"), ("99999999", "refused", "not taken")]
)
def test_a_completion_that_does_not_wait_for_staff_is_not_taken_off(
    jordan, course, registrar, number, state, words
):
    completion = report(row(number=number)).completions.get()
    with refused_with(f"A completion that is “{words}” cannot be taken off.", "out_of_order"):
        decide(completion, registrar)
    completion.refresh_from_db()
    assert completion.state == state


def test_a_trainer_hears_that_staff_took_off_what_the_provider_took_back(with_staff, registrar, jordan):
    decide(with_staff, registrar)
    decided = mail_of(told(jordan)[1]).text
    assert "We looked at what Harbor Fitness Academy reported" in decided
    assert "“Balance for Runners” on May 3, 2026. It no longer counts." in decided
    assert "Why: Not on the list." in decided


def test_a_mail_about_a_withdrawn_report_names_only_what_was_withdrawn_then_and_why(
    jordan, stranger, course, reporter
):
    batch = report(row(), row(completed_on="2026-05-10", line=2))
    first = batch.completions.get(line=1)
    who = {"by": reporter, "latest_day": TODAY}
    correct_completion(first, row=None, at=AT + timedelta(days=1), reason="Not there.", **who)
    withdraw_batch(batch, by=reporter, at=LATER, reason="Wrong list.")
    one, whole = mails_to(jordan)
    assert "on May 3, 2026. It no longer counts." in one
    assert "Why: Not there." in one
    assert "on May 10, 2026. It no longer counts." in whole
    assert "May 3" not in whole
    assert "Why: Wrong list." in whole
    assert mails_to(stranger) == []


@pytest.fixture
def differing(jordan, stranger, course) -> Completion:
    """A reported row that gives less than Jordan's record, which a renewal claims."""
    with_history(
        CeuRecordFactory(credential=jordan.credentials.get(), course=course, completed_on=date(2026, 5, 3))
    )
    claim(jordan)
    return report(row(ceus="0.2"), SAM).completions.get(line=1)


def test_a_trainer_is_told_that_we_look_at_a_report_that_differs_from_a_sent_renewal(
    differing, jordan, stranger
):
    (mail,) = mails_to(jordan, "providers.reported")
    assert (
        "Harbor Fitness Academy reported that you completed “Balance for Runners” on May 3, 2026: 0.2 CEUs."
        in mail
    )
    assert "Your renewal says something else, so nothing changes now: we look at it" in mail
    assert "There is nothing to do" not in mail
    (other,) = mails_to(stranger, "providers.reported")
    assert "There is nothing to do. If you were not there" in other


def test_staff_read_of_a_report_that_differs_that_nothing_was_taken_back(differing, registrar):
    for action in (action_to_keep(differing, registrar), action_to_take_off(differing, registrar)):
        said = " ".join((action.title, *action.lines))
        assert "took it back" not in said
        assert "differs" in said
