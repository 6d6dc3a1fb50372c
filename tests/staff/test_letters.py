"""Letters of staff: written from a template, previewed for three recipients, approved, stopped and
resumed.
"""

import re

import pytest
from django.core import mail

from core import clock
from outbox import letters, sender
from outbox.models import Letter, LetterRecipient
from staff.letters.audiences import recipients_of
from tests import factories
from tests.petitions import scenes as stage
from tests.reading import source_of
from tests.renewals import scenes as steps

pytestmark = pytest.mark.django_db
TOLD = {
    "audience": "certified",
    "audience_value": "",
    "urgency": "firm",
    "title": "Hello",
    "words": "Hello {name}.",
}


@pytest.fixture(autouse=True)
def march(clock_at):
    clock_at("2027-03-02")


@pytest.fixture
def letter(lead) -> Letter:
    return letters.write_letter(
        by=lead, at=clock.now(), title="Hello", words="Hello {name}.", audience="certified"
    )


def page(letter: Letter, name: str = "change") -> str:
    return f"/staff/outbox/letter/{letter.pk}/{name}/"


def test_a_lead_can_write_preview_and_send_a_letter(jordan, stranger, drew, desk, lead):
    browser = desk(lead)
    begun = browser.get("/staff/outbox/letter/write/?template=closed").content.decode()
    assert "We are closed on [day]" in begun
    answer = browser.post("/staff/outbox/letter/write/", TOLD, follow=True).content.decode()
    assert "Nobody has got it." in answer
    assert "2 people today" in answer
    assert [name in answer for name in ("Jordan Rivera", "Sam Stranger", "Drew Lake")] == [True, True, False]
    letter = Letter.objects.get()
    preview = browser.post(page(letter, "send"), {"counted": "2"}).content.decode()
    assert "Hello Jordan Rivera." in preview
    assert letter.recipients.count() == 0
    browser.post(page(letter, "send"), {"counted": "2", "confirmed": "1"})
    for _ in range(2):
        letters.queue_letters(clock.now())
        sender.send_due()
    assert sorted(one.to[0] for one in mail.outbox) == ["jordan@example.org", "stranger@example.org"]
    assert "2 of 2 sent" in browser.get(page(letter)).content.decode()


def test_a_letter_is_not_sent_when_its_recipients_changed_after_the_preview(
    letter, jordan, stranger, desk, lead
):
    answer = desk(lead).post(page(letter, "send"), {"counted": "1", "confirmed": "1"})
    assert answer.status_code == 422
    assert "It would go to 2 now, not 1. Look again." in answer.content.decode()
    assert not LetterRecipient.objects.exists()


def test_a_letter_refused_because_its_number_of_recipients_changed_can_be_sent_from_the_same_page(
    letter, jordan, stranger, desk, lead
):
    browser = desk(lead)
    refused = browser.post(page(letter, "send"), {"counted": "1"}).content.decode()
    assert '<input type="hidden" name="counted" value="2"' in refused
    browser.post(page(letter, "send"), {"counted": "2", "confirmed": "1"})
    assert LetterRecipient.objects.count() == 2


def test_above_the_recipient_limit_a_second_lead_must_approve_a_letter(
    letter, jordan, desk, lead, second_lead, monkeypatch
):
    monkeypatch.setattr("staff.letters.actions.ONE_PERSON_SENDS", 0)
    answer = (
        desk(lead)
        .post(page(letter, "send"), {"counted": "1", "confirmed": "1"}, follow=True)
        .content.decode()
    )
    assert "The letter waits for somebody else to approve it." in answer
    desk(second_lead).post(page(letter, "send"), {"counted": "1", "confirmed": "1"})
    letter.refresh_from_db()
    assert (letter.state, letter.approved_by) == ("sending", second_lead)


@pytest.mark.parametrize(
    ("told", "field", "sentence"),
    [
        ({"audience": "one", "audience_value": "nobody@example.org"}, "audience_value", "of one trainer"),
        (
            {"audience": "expiring", "audience_value": "2027-13"},
            "audience_value",
            "Write the month as 2026-12.",
        ),
        ({"words": "Hello {surname}"}, "words", "There is no place {surname}."),
        ({"title": "x" * 51}, "title", "50 characters"),
    ],
)
def test_a_letter_that_cannot_be_sent_shows_an_error_at_its_field(jordan, desk, lead, told, field, sentence):
    answer = desk(lead).post("/staff/outbox/letter/write/", {**TOLD, **told})
    assert answer.status_code == 422
    assert sentence in str(answer.context["form"].errors[field])
    assert not Letter.objects.exists()


def test_each_audience_of_a_letter_contains_the_people_that_it_describes(jordan, stranger, drew):
    late, other = (
        steps.moment("2027-03-02"),
        factories.TrainerFactory(name="No Number", email="none@example.org"),
    )
    stage.unpaid(stranger, at=late)
    names = {
        (code, value): [one.name for one in recipients_of(code, value)]
        for code, value in (
            ("one", str(other.pk)),
            ("certified", ""),
            ("expiring", "2027-03"),
            ("expiring", "2027-04"),
            ("late", ""),
            ("ended", ""),
            ("petition", ""),
            ("audit", ""),
        )
    }
    assert names == {
        ("one", str(other.pk)): ["No Number"],
        ("certified", ""): ["Jordan Rivera", "Sam Stranger"],
        ("expiring", "2027-03"): ["Jordan Rivera"],
        ("expiring", "2027-04"): [],
        ("late", ""): ["Drew Lake"],
        ("ended", ""): [],
        ("petition", ""): ["Sam Stranger"],
        ("audit", ""): [],
    }


def test_a_new_letter_can_be_prefilled_with_the_text_of_an_earlier_one(letter, desk, lead):
    begun = desk(lead).get(f"/staff/outbox/letter/write/?like={letter.pk}").content.decode()
    assert "Hello {name}." in begun


def test_the_page_of_a_letter_offers_only_the_possible_steps(letter, jordan, desk, lead, reviewer):
    browser = desk(lead)

    def steps_shown() -> list[str]:
        return [one.label for one in browser.get(page(letter)).context["tools"]]

    assert steps_shown() == ["Change…", "Send…", "Drop…", "Write another like it…"]
    letters.approve_letter(letter, recipients=[jordan.pk], by=lead, at=clock.now())
    assert steps_shown() == ["Stop…", "Write another like it…"]
    browser.post(page(letter, "stop"))
    assert steps_shown() == ["Resume…", "Drop…", "Write another like it…"]
    browser.post(page(letter, "resume"))
    assert Letter.objects.get().state == "sending"
    assert desk(reviewer).get(page(letter)).context["tools"] == []


def test_only_leads_can_write_and_send_letters(letter, desk, reviewer, finance, registrar, read_only):
    for person in (reviewer, finance, registrar, read_only):
        assert desk(person).get("/staff/outbox/letter/write/").status_code == 403
        assert desk(person).post(page(letter, "send"), {"counted": "1"}).status_code == 403


def test_the_list_of_letters_names_state_people_and_author_in_four_labelled_lines_on_a_phone(
    jordan, letter, desk, lead
):
    browser = desk(lead)
    browser.post(page(letter, "send"), {"counted": "1", "confirmed": "1"})
    source = source_of(browser.get("/staff/outbox/letter/"))
    row = source[source.index("<tbody") : source.index("</tbody>")]
    assert re.findall('data-label="([^"]+)"', row) == ["Goes to", "State", "Written", "Ended at"]
    assert 'Being sent<br><span class="second">1 person</span>' in row
    assert f'{lead.name}<br><span class="second"><time' in row
