"""What a policy says about requests: until when and how often more time, a petition or an appeal may be asked for."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from hardship.models import Relief
from petitions.models import Petition
from petitions.services import ask_another_look
from tests.bodies import let_follow
from tests.hardship.scenes import asked
from tests.petitions.scenes import decided, draft, submitted
from tests.reading import refused_with, text_of
from trainers.models import Cycle

pytestmark = pytest.mark.django_db
PHOENIX = ZoneInfo("America/Phoenix")
FEB_10, FEB_20, FEB_22 = (datetime(2027, 2, day, 12, tzinfo=PHOENIX) for day in (10, 20, 22))
ACTS = """total = { value = "2.0" }
fees = [{ code = "renewal", amount = "99.00" }]
acts = [
    { code = "petition", from = "S", through = "L", at_most = 1, text = "You can ask for one course in a cycle." },
    { code = "extension", from = "S", through = "D - 30 days", at_most = 1, text = "More time is asked for thirty days before." },
    { code = "appeal", from = "D", through = "D + 10 days", text = "You can appeal for ten days." },
]
values = { petition_fee = { value = "25.00" }, decision_hold_minutes = { value = 10 } }
"""
TWICE = "You have asked for this already."
TYPED = {
    **{"what": "application:", "kind": "illness", "why": "I am in hospital."},
    **{"through_month": "4", "through_day": "30", "through_year": "2027"},
}


@pytest.fixture
def cycle(jordan, follow_body, clock_at) -> Cycle:
    """Jordan's cycle, which can be renewed through March 14, 2027."""
    clock_at("2027-02-12")
    return let_follow(jordan.credentials.get(), follow_body(ACTS))


def test_more_time_is_asked_for_through_the_last_day_of_the_policy(cycle, signed_in, clock_at):
    browser = signed_in(cycle.credential.trainer)
    clock_at("2027-02-13")
    refused = browser.post("/more-time/ask/", TYPED)
    assert refused.status_code == 422
    shown = text_of(refused)
    assert "The last day to ask for this was February 12, 2027. More time is asked for thirty days" in shown
    assert "I am in hospital." in refused.content.decode()
    clock_at("2027-02-12")
    assert browser.post("/more-time/ask/", TYPED).status_code == 302
    assert Relief.objects.get().state == "asked"


def test_more_time_is_asked_for_no_more_often_than_the_policy_says_and_a_fee_is_not_counted(cycle):
    trainer, day = cycle.credential.trainer, {"through": datetime(2027, 4, 30).date()}
    asked(trainer, "2027-02-01", what="fee", through=None)
    asked(trainer, "2027-02-01", **day)
    with refused_with(f"{TWICE} More time is asked for thirty days before.", "too_often"):
        asked(trainer, "2027-02-01", what="both", **day)


def test_a_second_petition_of_a_cycle_is_refused_with_the_sentence_of_the_policy(cycle):
    trainer = cycle.credential.trainer
    submitted(trainer, at=FEB_10)
    with refused_with(f"{TWICE} You can ask for one course in a cycle.", "too_often"):
        submitted(trainer, at=FEB_10, title="Another course")
    assert sorted(Petition.objects.values_list("state", flat=True)) == ["draft", "submitted"]


def test_a_petition_of_another_trainer_or_one_that_is_withdrawn_is_not_counted(cycle, stranger):
    submitted(stranger, at=FEB_10)
    withdrawn = draft(cycle.credential.trainer, at=FEB_10)
    Petition.objects.filter(pk=withdrawn.pk).update(state="withdrawn", ended_at=FEB_10)
    assert submitted(cycle.credential.trainer, at=FEB_10).state == "submitted"


@pytest.mark.parametrize(("at", "is_late"), [(FEB_20, False), (FEB_22, True)])
def test_a_denial_is_appealed_through_the_last_day_of_the_policy(cycle, lead, at, is_late):
    trainer = cycle.credential.trainer
    denied = decided(submitted(trainer, at=FEB_10), "deny", by=lead, at=FEB_10)
    if is_late:
        said = "The last day to ask for this was February 20, 2027. You can appeal for ten days."
        with refused_with(said, "too_late"):
            ask_another_look(denied, by=trainer, at=at, why="It is advanced.")
    else:
        assert ask_another_look(denied, by=trainer, at=at, why="It is advanced.").state == "submitted"
