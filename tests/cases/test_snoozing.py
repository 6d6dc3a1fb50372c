"""A snoozed case returns to its list by itself, at the latest on its due day."""

from datetime import date, timedelta

import pytest

from cases.desk import offered_to, snooze_of
from cases.models import Snooze
from cases.services.snoozing import snooze_case, wake_case
from cases.tasks import keep_desk
from core.errors import Refusal
from petitions import services
from petitions.models import Petition
from tests.audits import scenes as audit_scenes
from tests.cases.desk_racing import AT
from tests.petitions import scenes

WHY = "They call back."
DUE = date(2027, 2, 16)


@pytest.fixture
def petition(jordan) -> Petition:
    return scenes.submitted(jordan, at=AT)


def snooze(petition, until: str, by, *, reason: str = WHY) -> Snooze:
    return snooze_case(petition, until=date.fromisoformat(until), reason=reason, by=by, at=AT)


def test_a_snoozed_case_is_not_offered_before_the_start_of_the_chosen_day(petition, reviewer):
    made = snooze(petition, "2027-02-04", reviewer)
    assert snooze(petition, "2027-02-04", reviewer) == made
    assert (made.due_on, snooze_of(petition, on=date(2027, 2, 3))) == (petition.answer_due_on, made)
    assert not offered_to(reviewer, Petition.objects.all(), on=date(2027, 2, 3)).exists()
    assert offered_to(reviewer, Petition.objects.all(), on=date(2027, 2, 4)).exists()


@pytest.mark.parametrize(
    ("until", "code"), [("2027-02-01", "too_early"), ("2027-02-02", ""), ("2027-02-16", "too_late")]
)
def test_a_case_can_be_snoozed_from_tomorrow_through_its_due_day(petition, reviewer, until, code):
    assert petition.answer_due_on == date(2027, 2, 15)
    if not code:
        assert snooze(petition, until, reviewer)
        assert snooze(petition, "2027-02-15", reviewer).until_on == petition.answer_due_on
        return
    with pytest.raises(Refusal) as refused:
        snooze(petition, until, reviewer)
    assert (refused.value.code, refused.value.field) == (code, "until")


def test_a_late_case_or_one_that_waits_for_the_trainer_cannot_be_snoozed(petition, reviewer):
    late = AT + timedelta(days=14)
    with pytest.raises(Refusal, match="due already"):
        snooze_case(petition, until=date(2027, 2, 16), reason=WHY, by=reviewer, at=late)
    services.ask_question(petition, text="How long was it?", by=reviewer, at=AT)
    with pytest.raises(Refusal, match="does not wait for us"):
        snooze(petition, "2027-02-04", reviewer)


def test_a_snoozed_audit_is_due_the_promised_days_after_its_documents_were_sent(ready, reviewer):
    at = AT.replace(month=1, day=4)
    audit = audit_scenes.an_audit(ready.credentials.get().cycles.get(), state="sent", sent_at=at)
    assert snooze_case(audit, until=date(2027, 1, 8), reason=WHY, by=reviewer, at=at).due_on == date(
        2027, 1, 18
    )


def test_a_step_in_the_case_by_anybody_ends_its_snooze(petition, jordan, reviewer):
    made = snooze(petition, "2027-02-04", reviewer)
    services.withdraw_petition(petition, by=jordan, at=AT)
    made.refresh_from_db()
    assert (made.ended_how, made.ended_at) == ("moved", AT)


def test_snoozing_again_replaces_the_day_and_staff_can_end_the_snooze(petition, reviewer, lead):
    first = snooze(petition, "2027-02-04", reviewer)
    second = snooze(petition, "2027-02-05", lead)
    wake_case(petition, by=reviewer, at=AT)
    wake_case(petition, by=reviewer, at=AT)
    assert [one.ended_how for one in Snooze.objects.order_by("pk")] == ["replaced", "woken"]
    assert first.pk != second.pk


def test_the_sweep_ends_a_snooze_on_the_chosen_day_and_not_before(petition, reviewer, clock_at):
    snooze(petition, "2027-02-04", reviewer)
    clock_at("2027-02-03 23:59")
    assert keep_desk() == 0
    clock_at("2027-02-04 00:01")
    assert (keep_desk(), keep_desk()) == (1, 0)
    assert Snooze.objects.get().ended_how == "day_came"
