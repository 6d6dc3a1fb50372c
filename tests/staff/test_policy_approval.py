"""A second lead approves figures: what they make untrue is confirmed, and a file that is gone is a sentence."""

import pytest

from cases.models import PolicyDraft
from tests.cast import colleague
from tests.drafting import AT, FIRST_DAY, draft
from tests.reading import state_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_on_file")]
S2 = "S2: You need 2.0 approved CEUs in every two-year period."


@pytest.fixture
def second(signed_in, clock_at):
    clock_at("2027-03-02")
    return signed_in(colleague("second_lead"))


def address(found: PolicyDraft, name: str = "change") -> str:
    return f"/staff/cases/policydraft/{found.pk}/{name}/"


def test_texts_that_name_a_previous_figure_are_shown_and_must_be_confirmed_at_the_approval(second):
    found = draft(changes={("total", "value"): "3.0"})
    assert S2 in text_of(second.get(address(found)))
    asked = second.post(address(found, "approve"))
    assert f"This text still names a previous figure: {S2}" in text_of(asked)
    assert state_of(found) == "draft"
    anyway = " ".join(asked.context["doubts"])
    second.post(address(found, "approve"), {"anyway": anyway, "confirmed": "yes"})
    assert state_of(found) == "approved"


def test_a_draft_that_leaves_every_text_true_is_approved_at_one_press(second):
    found = draft(changes={("values", "employer_notice_days"): "9"})
    assert "still name a previous figure" not in text_of(second.get(address(found)))
    second.post(address(found, "approve"))
    assert state_of(found) == "approved"


def test_the_second_person_reads_a_change_that_the_rules_page_does_not_state_alone(second):
    found = draft(changes={("reminders", "cycle", "before_30", "on"): "E - 25 days"})
    told = text_of(second.get(address(found)))
    assert "Cycle reminder before_30, on becomes E - 25 days; it was E - 30 days." in told
    asked = text_of(second.get(address(found, "approve")))
    assert "Cycle reminder before_30, on becomes E - 25 days; it was E - 30 days." in asked
    assert "before_7" not in asked


def test_a_draft_of_a_policy_without_a_file_is_shown_refused_and_withdrawn_with_sentences(second):
    found = PolicyDraft.objects.create(
        policy_code="gone",
        first_day=FIRST_DAY,
        changes=[["fees", "late", "35.00"]],
        why="The board decided.",
        by=colleague("lead"),
        at=AT,
    )
    assert "There is no policy of this name." in text_of(second.get(address(found)))
    assert second.get("/staff/cases/policydraft/").status_code == 200
    refused = second.post(address(found, "approve"))
    assert refused.status_code == 422
    assert "The policy has no file any more." in text_of(refused)
    second.post(address(found, "withdraw"), {"reason": "The body left us."})
    assert state_of(found) == "withdrawn"
