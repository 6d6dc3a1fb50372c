"""What staff do with cases besides deciding, in their browser: one by one, many at once, and what opens next."""

import pytest
from django.urls import reverse

from cases.desk import assigned_to, assignment_of
from cases.models import Assignment, Mention, Note, Snooze
from cases.services.assigning import hand_on_case, take_case
from cases.services.snoozing import snooze_case
from core import clock
from petitions.models import Decision, Petition
from petitions.services import ask_question, decide_petition
from tests.petitions import scenes as stage
from tests.reading import text_of

pytestmark = pytest.mark.django_db
LIST = "/staff/petitions/petition/"
SENT = "2027-01-20 10:00"  # promised through Wednesday, February 3


def page(name: str, petition: Petition) -> str:
    return reverse(f"admin:petitions_petition_{name}", args=[petition.pk])


@pytest.fixture
def petition(jordan, clock_at) -> Petition:
    return stage.submitted(jordan, at=clock_at(SENT))


@pytest.fixture
def second(petition, clock_at) -> Petition:
    return stage.submitted_by_another("20000002", clock_at("2027-01-20 11:00"))


def rows(client, query: str = "") -> list[Petition]:
    return list(client.get(LIST + query).context["cl"].result_list)


def assignees() -> dict[str, str]:
    found = assigned_to(list(Petition.objects.all()))
    return {Petition.objects.get(pk=pk).reference: one.assignee.name for pk, one in found.items()}


def chosen(action: str, *petitions: Petition, **answers: object) -> dict[str, object]:
    return {"action": action, "_selected_action": [one.pk for one in petitions], **answers}


def hidden(answer) -> str:
    """The rows that the page of a bulk action names, as it posts them back."""
    return answer.context["form"]["applies"].value()


def test_a_case_is_taken_with_one_click_and_the_second_reviewer_gets_the_name_of_the_first(
    petition, reviewer, second_reviewer, desk
):
    assert "in your order, with nobody" in text_of(desk(reviewer).get(page("review", petition)))
    assert desk(reviewer).post(page("take", petition), {"assignee": 0})["Location"] == page(
        "review", petition
    )
    late = desk(second_reviewer).post(page("take", petition), {"assignee": 0})
    assert (late.status_code, "Robin Reviewer has taken this case by now." in text_of(late)) == (422, True)
    assert "in your order, with you" in text_of(desk(reviewer).get(page("review", petition)))
    assert assignees() == {petition.reference: "Robin Reviewer"}


def test_a_case_can_be_assigned_snoozed_and_woken_on_separate_pages(
    petition, reviewer, second_reviewer, desk
):
    client = desk(reviewer)
    client.post(page("assign", petition), {"assignee": 0, "to": second_reviewer.pk})
    assert assignees() == {petition.reference: "Ben Osei"}
    assert client.post(page("snooze", petition), {"until": "2027-02-04", "reason": "x"}).status_code == 422
    assert client.post(page("snooze", petition), {"until": "2027-01-25"}).status_code == 422
    client.post(page("snooze", petition), {"until": "2027-01-25", "reason": "They call back."})
    review = text_of(client.get(page("review", petition)))
    assert "Snoozed until January 25" in review
    assert "They call back." in review
    client.post(page("wake", petition))
    assert Snooze.objects.get().ended_how == "woken"
    client.post(page("assign", petition), {"assignee": second_reviewer.pk, "to": ""})
    assert assignees() == {}


def test_a_reviewer_who_knows_the_trainer_hands_the_case_on_and_gets_no_more_buttons_for_it(
    petition, reviewer, lead, desk
):
    client = desk(reviewer)
    told = client.post(page("hand-on", petition), {"to": lead.pk}, follow=True)
    assert "You get no more cases of Jordan Rivera." in text_of(told)
    review = client.get(page("review", petition))
    assert "You have said that you know this person" in text_of(review)
    assert page("take", petition) not in review.content.decode()
    assert client.post(page("take", petition), {"assignee": lead.pk}).status_code == 422
    assert assignment_of(petition).assignee == lead


def test_a_note_is_shown_to_staff_on_the_case_page_and_not_to_the_trainer(petition, jordan, reviewer, desk):
    client = desk(reviewer)
    wrong = client.post(page("note", petition), {"text": "@Nobody look"})
    assert (wrong.status_code, "@Nobody look" in text_of(wrong)) == (422, True)
    client.post(page("note", petition), {"text": "They <b>called</b>."})
    review = client.get(page("review", petition)).content.decode()
    assert "They &lt;b&gt;called&lt;/b&gt;." in review
    assert "called" not in desk(jordan).get(stage.page_of(petition)).content.decode()
    assert Note.objects.count() == 1


@pytest.mark.parametrize("name", ["take", "assign", "snooze", "wake", "hand-on", "note"])
def test_read_only_staff_can_neither_take_assign_snooze_nor_annotate_a_case(petition, read_only, desk, name):
    assert desk(read_only).get(page(name, petition)).status_code == 403


def test_the_case_list_can_be_filtered_to_mine_unassigned_late_and_snoozed(
    petition, second, reviewer, lead, desk, clock_at
):
    third = stage.submitted_by_another("20000003", clock_at("2027-01-20 12:00"))
    take_case(petition, by=reviewer, at=clock.now())
    take_case(third, by=lead, at=clock.now())
    snooze_case(second, until=clock.now().date().replace(day=25), reason="x", by=lead, at=clock.now())
    client = desk(reviewer)
    assert rows(client) == [petition, third]
    assert (rows(client, "?shows=mine"), rows(client, "?shows=snoozed")) == ([petition], [second])
    assert rows(client, "?shows=nobody") == []
    chips = text_of(client.get(LIST))
    assert "Waiting 2 Yours 1 Not assigned 0 Late 0 Snoozed 1 With the trainer" in chips
    clock_at("2027-02-04")
    assert rows(client, "?shows=nobody") == [second]
    assert rows(client, "?shows=late") == [petition, second, third]


def test_the_next_case_after_a_decision_is_ones_own_first_and_never_one_that_is_not_allowed(
    petition, second, reviewer, lead, desk, clock_at
):
    known, theirs, asleep, mine = (
        stage.submitted_by_another(f"2000000{number}", clock_at(SENT)) for number in (3, 4, 5, 6)
    )
    hand_on_case(known, to=None, by=reviewer, at=clock.now())
    take_case(theirs, by=lead, at=clock.now())
    snooze_case(asleep, until=clock.now().date().replace(day=25), reason="x", by=lead, at=clock.now())
    take_case(mine, by=reviewer, at=clock.now())
    client = desk(reviewer)
    review = client.get(page("review", petition)).context["desk"]
    assert (review.place, review.previous_url, review.next_url) == (
        "2 of 3",
        page("review", mine),
        page("review", second),
    )
    typed = {
        "seen": client.get(page("approve", petition)).context["form"].initial["seen"],
        "hundredths": "0.4",
    }
    assert client.post(page("approve", petition), typed | {"confirmed": "yes"})["Location"] == page(
        "review", mine
    )


def test_a_bulk_assignment_says_which_cases_it_does_not_apply_to(
    petition, second, reviewer, second_reviewer, desk
):
    hand_on_case(second, to=None, by=second_reviewer, at=clock.now())
    client = desk(reviewer)
    asked = client.post(LIST, chosen("assign_these", petition, second))
    assert "It applies to 2 of 2." in text_of(asked)
    answers = chosen("assign_these", petition, second, to=second_reviewer.pk, confirmed="yes")
    warned = client.post(LIST, answers | {"applies": hidden(asked)})
    assert warned.status_code == 422
    assert f"It applies to 1 of 2: {second.reference} is of somebody whom Ben Osei knows." in text_of(warned)
    assert not Assignment.objects.exists()
    done = client.post(LIST, answers | {"applies": hidden(warned)}, follow=True)
    assert f"1 of 2 given to Ben Osei. Left as they were: {second.reference} is of somebody" in text_of(done)
    assert assignees() == {petition.reference: "Ben Osei"}


def test_a_bulk_snooze_does_not_go_beyond_any_cases_due_day(petition, reviewer, desk, clock_at):
    later = stage.submitted_by_another("20000002", clock_at("2027-01-22 10:00"))
    client = desk(reviewer)
    asked = client.post(LIST, chosen("snooze_these", petition, later))
    answers = chosen("snooze_these", petition, later, until="2027-02-04", reason="Away.", confirmed="yes")
    warned = client.post(LIST, answers | {"applies": hidden(asked)})
    assert f"It applies to 1 of 2: {petition.reference} is due on February 3, 2027." in text_of(warned)
    client.post(LIST, answers | {"applies": hidden(warned)})
    assert Snooze.objects.get().subject == f"petitions.petition:{later.pk}"


def test_a_bulk_approval_applies_only_to_petitions_that_pass_every_check(
    petition, second, jordan, reviewer, lead, desk
):
    again = stage.submitted(jordan, at=clock.now(), title=petition.title.upper())
    asked_about = stage.submitted_by_another("20000003", clock.now())
    ask_question(asked_about, text="How long?", by=lead, at=clock.now())
    client = desk(reviewer)
    these = (petition, second, again, asked_about)
    asked = client.post(LIST, chosen("approve_these", *these))
    said = text_of(asked)
    assert "It applies to 1 of 4: " in said
    assert f"{asked_about.reference} does not wait for us (question asked)" in said
    decide_petition(second, verdict="approve", by=lead, at=clock.now())
    answers = chosen("approve_these", *these, confirmed="yes")
    warned = client.post(LIST, answers | {"applies": hidden(asked)})
    assert "It applies to 0 of 4: " in text_of(warned)
    assert f"{second.reference} is decided already" in text_of(warned)
    assert Decision.objects.filter(by=reviewer).count() == 0


def test_approvals_made_in_bulk_can_each_be_undone(petition, second, reviewer, desk):
    client = desk(reviewer)
    asked = client.post(LIST, chosen("approve_these", petition, second))
    answers = chosen("approve_these", petition, second, confirmed="yes", applies=hidden(asked))
    told = client.post(LIST, answers, follow=True)
    assert "2 of 2 approved as asked for. You can undo each for a few minutes." in text_of(told)
    assert {one.state for one in Decision.objects.filter(by=reviewer)} == {"pending"}


def test_the_selected_rows_are_exported_as_a_table_without_formulas(petition, second, reviewer, desk):
    Petition.objects.filter(pk=petition.pk).update(state=petition.state)
    answer = desk(reviewer).post(LIST, chosen("table_of_these", second))
    table = b"".join(answer.streaming_content).decode()
    assert (second.reference in table, petition.reference in table) == (True, False)


def test_a_note_that_mentions_a_colleague_is_on_their_today_page_until_marked_read(
    petition, reviewer, second_reviewer, desk
):
    desk(reviewer).post(page("note", petition), {"text": "@Ben, look at page 2."})
    mention = Mention.objects.get()
    assert desk(reviewer).post(f"/staff/notes/{mention.pk}/read/").status_code == 404
    client = desk(second_reviewer)
    today = client.get("/staff/")
    assert "look at page 2." in text_of(today)
    assert page("review", petition) in today.content.decode()
    assert client.post(f"/staff/notes/{mention.pk}/read/")["Location"] == "/staff/"
    assert "look at page 2." not in text_of(client.get("/staff/"))


def test_today_lists_ones_own_and_unassigned_cases_but_no_snoozed_or_colleagues_cases(
    petition, second, reviewer, lead, desk
):
    take_case(second, by=lead, at=clock.now())
    client = desk(reviewer)
    assert [one.reference for one in client.get("/staff/").context["waiting"]] == [petition.reference]
    snooze_case(petition, until=clock.now().date().replace(day=25), reason="x", by=reviewer, at=clock.now())
    assert client.get("/staff/").context["waiting"] == []
