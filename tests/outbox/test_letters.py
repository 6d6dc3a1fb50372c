"""Letters: nobody on the list is lost or gets one twice, however it is stopped, resumed or asked for again."""

from datetime import timedelta

import pytest
from django.core import mail

from core import clock
from core.errors import Refusal
from outbox import letters, sender
from outbox.models import Letter, LetterRecipient, Notice
from tests.factories import LONG_AGO, TrainerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def written(lead):
    return letters.write_letter(
        by=lead,
        at=LONG_AGO,
        title="We are closed on December 24",
        words="Hello {first name},\n\nyour number is {number}, through {last day}.\n\nGood days, {name}!",
        audience="certified",
    )


def some(count: int) -> list[int]:
    return [TrainerFactory(name=f"Kim {n}", email=f"kim{n}@example.org").pk for n in range(count)]


def sent_to() -> list[str]:
    return sorted(one.to[0] for one in mail.outbox)


def drain(rounds: int = 3) -> None:
    for _ in range(rounds):
        letters.queue_letters(clock.now())
        sender.send_due()


def refusal(code: str, act, *args, **told) -> str:
    with pytest.raises(Refusal) as refused:
        act(*args, **told)
    assert refused.value.code == code
    return str(refused.value)


def test_a_letter_is_mailed_once_to_each_recipient_with_their_own_details(written, lead, jordan, stranger):
    letters.approve_letter(written, recipients=[jordan.pk, jordan.pk], by=lead, at=clock.now())
    drain()
    assert [(one.to, one.subject) for one in mail.outbox] == [
        ([jordan.email], "We are closed on December 24")
    ]
    assert "Hello Jordan," in mail.outbox[0].body
    assert "your number is 1193 4482, through March 14, 2027." in mail.outbox[0].body
    assert "Good days, Jordan Rivera!" in mail.outbox[0].body
    written.refresh_from_db()
    assert (written.state, written.counted) == ("sent", 1)


def test_the_notices_of_a_letter_are_queued_in_batches(written, lead, monkeypatch):
    monkeypatch.setattr(letters, "AT_ONCE", 3)
    letters.approve_letter(written, recipients=some(7), by=lead, at=clock.now())
    now = clock.now()
    assert [letters.queue_letters(now), letters.queue_letters(now)] == [3, 0]
    sender.send_due()
    assert letters.queue_letters(now) == 3
    drain()
    assert sent_to() == [f"kim{n}@example.org" for n in range(7)]
    assert Letter.objects.get().state == "sent"


def test_a_stopped_letter_sends_nothing_until_it_is_resumed(written, lead, monkeypatch):
    monkeypatch.setattr(letters, "AT_ONCE", 3)
    letters.approve_letter(written, recipients=some(5), by=lead, at=clock.now())
    letters.queue_letters(clock.now())
    letters.stop_letter(written, by=lead, at=clock.now())
    drain()
    assert sent_to() == []
    letters.resume_letter(written, by=lead, at=clock.now())
    drain(5)
    assert sent_to() == [f"kim{n}@example.org" for n in range(5)]


def test_a_cancelled_letter_is_sent_to_no_further_recipients(written, lead, monkeypatch):
    monkeypatch.setattr(letters, "AT_ONCE", 2)
    letters.approve_letter(written, recipients=some(5), by=lead, at=clock.now())
    letters.queue_letters(clock.now())
    sender.send_due()
    letters.queue_letters(clock.now())
    letters.stop_letter(written, by=lead, at=clock.now())
    letters.drop_letter(written, by=lead, at=clock.now())
    with clock.moved_to(clock.now() + timedelta(days=40_000)):
        drain()
    assert sent_to() == ["kim0@example.org", "kim1@example.org"]
    assert sorted(Notice.objects.values_list("state", flat=True)) == [
        "sent",
        "sent",
        "superseded",
        "superseded",
    ]


def test_a_letter_to_more_than_100_people_needs_approval_by_a_second_lead(written, lead, second_lead):
    people = some(101)
    said = refusal("second_person", letters.approve_letter, written, recipients=people, by=lead, at=LONG_AGO)
    assert said == "It goes to 101 people. Above 100 somebody else must approve it."
    assert LetterRecipient.objects.count() == 0
    letters.propose_letter(written, by=lead, at=LONG_AGO)
    assert letters.approve_letter(written, recipients=people, by=second_lead, at=LONG_AGO).counted == 101


def test_the_last_person_to_edit_a_letter_counts_as_author_and_cannot_approve_it_for_many(
    written, lead, second_lead
):
    told = {
        "title": "Other",
        "words": "Hello.",
        "audience": "certified",
        "audience_value": "",
        "urgency": "firm",
    }
    changed = letters.change_letter(written, by=second_lead, at=LONG_AGO, **told)
    assert changed.written_by == second_lead
    refusal(
        "second_person", letters.approve_letter, changed, recipients=some(101), by=second_lead, at=LONG_AGO
    )


def test_a_letter_to_100_people_needs_no_second_lead_and_a_repeated_click_keeps_its_list(written, lead):
    people = some(100)
    letters.approve_letter(written, recipients=people, by=lead, at=LONG_AGO)
    letters.approve_letter(written, recipients=[*people, *some(0)], by=lead, at=LONG_AGO)
    assert LetterRecipient.objects.count() == 100


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"title": " "}, "no_words"),
        ({"title": "x" * 51}, "words_length"),
        ({"words": ""}, "no_words"),
        ({"words": "x" * 4001}, "words_length"),
        ({"words": "Hello {surname}"}, "place"),
        ({"title": "For {}"}, "place"),
    ],
)
def test_a_letter_with_an_invalid_title_or_text_is_refused_at_the_field(lead, told, code):
    said = {"title": "Hello", "words": "Hello.", "audience": "certified", **told}
    refusal(code, letters.write_letter, by=lead, at=LONG_AGO, **said)
    assert not Letter.objects.exists()


def test_a_letter_with_an_unfilled_gap_of_its_template_cannot_be_sent(lead, jordan):
    letter = letters.write_letter(
        by=lead, at=LONG_AGO, title="Closed on [day]", words="Hello.", audience="certified"
    )
    said = refusal("gap", letters.approve_letter, letter, recipients=[jordan.pk], by=lead, at=LONG_AGO)
    assert said == "[day] stands in the letter still. Write what belongs there."
    refusal("gap", letters.propose_letter, letter, by=lead, at=LONG_AGO)


def test_sending_a_letter_to_nobody_or_changing_one_already_sent_is_refused(written, lead, jordan):
    refusal("nobody", letters.approve_letter, written, recipients=[], by=lead, at=LONG_AGO)
    refusal("out_of_order", letters.stop_letter, written, by=lead, at=LONG_AGO)
    refusal("out_of_order", letters.resume_letter, written, by=lead, at=LONG_AGO)
    letters.approve_letter(written, recipients=[jordan.pk], by=lead, at=LONG_AGO)
    drain()
    for act, done in (
        (letters.stop_letter, "stopped"),
        (letters.drop_letter, "dropped"),
        (letters.take_back_letter, "taken back"),
        (letters.propose_letter, "proposed"),
    ):
        said = refusal("out_of_order", act, written, by=lead, at=LONG_AGO)
        assert said == f"A letter that is “sent” cannot be {done}."


def test_an_optional_letter_skips_people_who_switched_optional_mail_off(lead, jordan):
    letter = letters.write_letter(
        by=lead, at=LONG_AGO, title="News", words="News.", audience="certified", urgency="optional"
    )
    type(jordan).objects.filter(pk=jordan.pk).update(wants_reminders=False)
    letters.approve_letter(letter, recipients=[jordan.pk], by=lead, at=clock.now())
    drain()
    assert (sent_to(), Notice.objects.get().state) == ([], "suppressed")


def test_placeholders_are_left_empty_for_a_recipient_without_a_certification(lead, reviewer):
    letter = letters.write_letter(
        by=lead, at=LONG_AGO, title="Hi", words="No. {number}, {last day}.", audience="one"
    )
    letters.approve_letter(letter, recipients=[reviewer.pk], by=lead, at=clock.now())
    drain()
    assert "No. , ." in mail.outbox[0].body


def test_a_notice_that_a_sender_releases_after_its_letter_was_stopped_is_postponed_too(written, lead):
    letters.approve_letter(written, recipients=some(2), by=lead, at=clock.now())
    letters.queue_letters(clock.now())
    held = Notice.objects.order_by("pk")[0]
    Notice.objects.filter(pk=held.pk).update(leased_until=clock.now() + timedelta(seconds=60))
    letters.stop_letter(written, by=lead, at=clock.now())
    Notice.objects.filter(pk=held.pk).update(leased_until=None)
    letters.queue_letters(clock.now())
    sender.send_due()
    assert sent_to() == []
    letters.resume_letter(written, by=lead, at=clock.now())
    drain()
    assert sent_to() == ["kim0@example.org", "kim1@example.org"]


def test_the_waiting_messages_of_a_letter_that_is_stopped_and_cancelled_are_no_longer_needed(
    written, lead, monkeypatch
):
    monkeypatch.setattr(letters, "AT_ONCE", 2)
    letters.approve_letter(written, recipients=some(5), by=lead, at=clock.now())
    letters.queue_letters(clock.now())
    letters.stop_letter(written, by=lead, at=clock.now())
    letters.drop_letter(written, by=lead, at=clock.now())
    states = Notice.objects.filter(kind="outbox.letter").values_list("state", flat=True)
    assert list(states) == ["superseded", "superseded"]
    drain()
    assert sent_to() == []
