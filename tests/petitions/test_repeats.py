"""A step of a petition that is asked for twice happens once: the same answer, and nothing else is written."""

from datetime import date

import pytest

from core.models import HistoryEntry
from outbox.models import Notice
from petitions import services
from tests.petitions import scenes
from tests.reading import refused_with


def written() -> tuple[int, int]:
    return HistoryEntry.objects.count(), Notice.objects.count()


def test_a_trainer_who_takes_more_time_twice_for_a_question_gets_it_once(asked, jordan, clock_at):
    first = services.take_more_time(asked, by=jordan, at=clock_at("2027-02-04 12:00"))
    before = written()
    again = services.take_more_time(asked, by=jordan, at=clock_at("2027-02-05 12:00"))
    assert (first.answer_through, again.answer_through) == (date(2027, 3, 3), date(2027, 3, 3))
    assert written() == before


def test_more_time_after_the_last_day_of_a_question_is_refused(asked, jordan, clock_at):
    with refused_with("The time to answer has ended.", "too_late"):
        services.take_more_time(asked, by=jordan, at=clock_at("2027-02-18 00:00"))


def test_extending_a_question_twice_to_one_day_keeps_the_first_reason(asked, reviewer, clock_at):
    for day in ("2027-02-04 12:00", "2027-02-05 12:00"):
        question = services.extend_question(
            asked, by=reviewer, at=clock_at(day), through=date(2027, 2, 26), reason="You wrote to us."
        )
        assert question.answer_through == date(2027, 2, 26)
    assert HistoryEntry.objects.filter(verb="more time to answer").count() == 1


def test_closing_an_answered_petition_as_unanswered_changes_nothing(asked, jordan, clock_at):
    at = clock_at("2027-02-04 12:00")
    services.answer_question(asked, by=jordan, at=at, text="Six hours.")
    before = written()
    closed = services.close_unanswered_petition(asked, at=clock_at("2027-03-20 12:00"))
    assert (closed.state, written()) == ("answered", before)


def test_a_petition_whose_payment_is_arriving_cannot_be_withdrawn(jordan, at):
    petition = scenes.unpaid(jordan, at=at)
    scenes.pay(petition.charge, at=at)
    petition.refresh_from_db()
    assert petition.state == "unpaid"
    sentence = "Your payment has arrived, and your petition is on its way to us. Try again in a minute."
    with refused_with(sentence, "paid"):
        services.withdraw_petition(petition, by=jordan, at=at)


@pytest.mark.parametrize("granted", [0, -1, 10_001])
def test_approving_a_petition_without_a_usable_amount_is_refused(submitted, reviewer, at, granted):
    with refused_with("Write the CEUs, for example 0.4.", "ceus"):
        services.decide_petition(submitted, verdict="approve", hundredths=granted, by=reviewer, at=at)


def test_following_the_fee_of_a_draft_changes_nothing(draft, at):
    before = written()
    assert (services.follow_fee(draft, at=at).state, written()) == ("draft", before)
