"""What lists, letters and bulk actions refuse, each with its sentence."""

import pytest
from django.core.exceptions import NON_FIELD_ERRORS

from cases import services
from cases.models import Snooze
from ceus.models import Provider
from core import clock
from core.errors import Refusal
from core.models import HistoryEntry
from outbox import letters
from outbox.models import Letter, LetterRecipient
from tests import factories
from tests.petitions import scenes as stage
from tests.reading import text_of

pytestmark = pytest.mark.django_db
LIST = "/staff/petitions/petition/"


@pytest.fixture
def petitions(jordan, stranger, clock_at):
    """Two petitions that wait, of January 20, 2027."""
    at = clock_at("2027-01-20 10:00")
    return [stage.submitted(one, at=at, title=f"Course of {one.name}") for one in (jordan, stranger)]


def chosen(action: str, rows, **answers: object) -> dict[str, object]:
    return {"action": action, "_selected_action": [one.pk for one in rows], **answers}


# --- many rows


@pytest.mark.parametrize("key", ["x", "1,2", "9" * 19, "-1", "\u0661"])
def test_a_bulk_action_on_unknown_rows_is_refused_with_a_sentence(petitions, reviewer, desk, key):
    answer = desk(reviewer).post(LIST, {"action": "snooze_these", "_selected_action": [key]}, follow=True)
    assert answer.redirect_chain == [(LIST, 302)]
    assert "Choose rows of this list." in text_of(answer)


def test_a_bulk_action_on_too_many_rows_is_refused(petitions, reviewer, desk, monkeypatch):
    monkeypatch.setattr("staff.desk.bulk.MOST_ROWS", 1)
    answer = desk(reviewer).post(LIST, chosen("snooze_these", petitions), follow=True)
    assert "Choose at most 1 rows. Nothing was done." in text_of(answer)
    assert desk(reviewer).post(LIST, chosen("snooze_these", petitions[:1])).status_code == 200


def test_a_bulk_action_names_the_row_that_was_refused_and_the_reason(petitions, reviewer, desk, monkeypatch):
    snooze = services.snooze_case

    def refuse_one(case, **asked):
        if case.pk == petitions[0].pk:
            raise Refusal("Somebody was faster.", code="pending")
        return snooze(case, **asked)

    monkeypatch.setattr(services, "snooze_case", refuse_one)
    client = desk(reviewer)
    asked = client.post(LIST, chosen("snooze_these", petitions))
    answers = {"until": "2027-01-25", "reason": "Away.", "confirmed": "yes"}
    applies = asked.context["form"]["applies"].value()
    told = client.post(LIST, chosen("snooze_these", petitions, **answers, applies=applies), follow=True)
    assert (
        "1 of 2 put off until January 25, 2027. Left as they were: "
        f"{petitions[0].reference} was left, because: Somebody was faster." in text_of(told)
    )
    assert "faster.." not in text_of(told)
    assert Snooze.objects.get().subject == f"petitions.petition:{petitions[1].pk}"


# --- a row that two save at once


def test_a_row_that_a_colleague_saved_at_the_same_moment_is_refused_with_a_sentence(
    registrar, desk, clock_at, monkeypatch
):
    """The form was checked before the colleague's row existed; the constraint of the database
    refuses the second row.
    """
    clock_at("2027-03-02")
    factories.ProviderFactory(name="Hill House")
    monkeypatch.setattr(Provider, "validate_unique", lambda self, exclude=None: None)
    monkeypatch.setattr(Provider, "validate_constraints", lambda self, exclude=None: None)
    typed = {"name": "Hill House", "approved_from": "2026-01-01", "seen": "0"}
    answer = desk(registrar).post("/staff/ceus/provider/add/", typed, follow=True)
    assert "Somebody else saved the same thing a moment ago. Nothing was changed." in text_of(answer)
    assert Provider.objects.filter(name="Hill House").count() == 1
    assert not HistoryEntry.objects.filter(verb="added").exists()


# --- letters


@pytest.fixture
def letter(lead, jordan, clock_at) -> Letter:
    clock_at("2027-03-02")
    return letters.write_letter(
        by=lead, at=clock.now(), title="Hello", words="Hello {name}.", audience="certified"
    )


def sentence_of(answer) -> str:
    assert answer.status_code == 422
    return " ".join(answer.context["form"].errors[NON_FIELD_ERRORS])


def test_a_letter_that_a_colleague_has_just_proposed_or_stopped_is_neither_changed_nor_sent(
    letter, jordan, lead, second_lead, desk
):
    browser, page = desk(lead), f"/staff/outbox/letter/{letter.pk}"
    told = {"audience": "certified", "audience_value": "", "urgency": "firm", "title": "Hi", "words": "Hi."}
    letters.propose_letter(letter, by=lead, at=clock.now())
    assert sentence_of(browser.post(f"{page}/change-words/", told)) == (
        "Take the letter back first, then change it."
    )
    letters.approve_letter(letter, recipients=[jordan.pk], by=second_lead, at=clock.now())
    assert sentence_of(browser.post(f"{page}/take-back/", {})) == (
        "A letter that is “being sent” cannot be taken back."
    )
    letters.stop_letter(letter, by=lead, at=clock.now())
    assert sentence_of(browser.post(f"{page}/send/", {"counted": "1", "confirmed": "yes"})) == (
        "This letter was stopped. Resume it instead."
    )
    assert (Letter.objects.get().title, LetterRecipient.objects.count()) == ("Hello", 1)


def test_a_letter_to_a_group_without_members_today_is_not_sent(letter, lead, desk):
    Letter.objects.update(audience="expiring", audience_value="2027-04")
    page = f"/staff/outbox/letter/{letter.pk}/send/"
    for sent in ({"counted": "0"}, {"counted": "0", "confirmed": "yes"}):
        assert sentence_of(desk(lead).post(page, sent)) == "Nobody is in this group today."
    assert Letter.objects.get().state == "draft"
