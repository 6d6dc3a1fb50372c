"""Reminders of a card that ends: the newest card only, while renewing is possible, 7 days apart."""

from collections.abc import Callable
from datetime import date

import pytest

from ceus.models import CeuRecord
from outbox.models import Notice
from tests import factories
from tests.bodies import WITH_CARD
from tests.renewals import scenes
from tests.renewals.scenes import live_days, new_card, sent_titles
from tests.renewals.together import log_course, submitted
from trainers.models import Credential, Cycle
from trainers.services.credentials import suspend_credential

CARD_DAYS = ["2026-12-31", "2027-01-30", "2027-02-22"]


def test_reminders_about_an_expiring_card_are_sent_60_30_and_7_days_before(card):
    live_days("2026-12-28", "2027-03-05")
    assert [day for day, _ in sent_titles()] == CARD_DAYS
    assert {title for _, title in sent_titles()} == {"Your CPR and AED card ends March 1, 2027"}


def test_a_newer_card_stops_the_reminders_of_the_old_one(card, drew):
    live_days("2026-12-31", "2026-12-31")
    new_card(drew, "2028-01-05")
    live_days("2027-01-01", "2027-03-05")
    assert [day for day, _ in sent_titles()] == CARD_DAYS[:1]


def test_an_older_card_does_not_stop_the_reminders_of_the_newer_one(card, drew):
    new_card(drew, "2027-02-20")
    card.remind_on = date(2027, 2, 22)
    card.save()
    live_days("2027-02-21", "2027-02-23")
    assert [day for day, _ in sent_titles()] == CARD_DAYS[2:]


def test_a_removed_card_gets_no_expiry_reminder(card):
    card.state = "removed"
    card.save()
    live_days("2026-12-28", "2027-01-02")
    assert Notice.objects.count() == 0


def test_a_trainer_who_can_no_longer_renew_gets_no_card_reminder(card):
    card.valid_through, card.remind_on = date(2027, 7, 30), date(2027, 7, 23)
    card.save()
    live_days("2027-07-20", "2027-07-31")
    assert sent_titles() == []


def test_card_and_renewal_reminders_are_sent_at_least_7_days_apart(card, drew):
    """The calendar of the card and that of the cycle fall together on January 2, 2026: one of them waits a week."""
    Cycle.objects.update(remind_on="2026-01-01")
    card.valid_through, card.remind_on = date(2026, 3, 3), date(2026, 1, 2)
    card.save()
    live_days("2025-12-30", "2026-01-20")
    assert [day for day, _ in sent_titles()] == ["2026-01-01", "2026-01-08"]


def test_two_cards_that_expire_on_the_same_day_get_one_reminder(card, drew):
    """CPR and AED learned on two days, with one last day."""
    other = new_card(drew, "2027-03-01", remind_on="2026-12-31", completed_on="2025-03-02")
    assert card.valid_through == other.valid_through
    live_days("2026-12-28", "2027-03-05")
    assert [day for day, _ in sent_titles()] == CARD_DAYS


@pytest.fixture
def with_card(two) -> Callable[..., tuple[Cycle, Cycle]]:
    """`with_card("55120007")` returns Jordan's cycles of two certifications, through March 14, 2027 and June
    30, 2026, that share credits. A card through June 1, 2026 is logged for the one with this number.
    """

    def made(number: str, credits: str = "shared") -> tuple[Cycle, Cycle]:
        cycles = two(credits, WITH_CARD)
        Cycle.objects.update(remind_on=None)
        CeuRecord.objects.update(remind_on=None)
        factories.CardFactory(
            credential=Credential.objects.get(number=number),
            completed_on=date(2025, 6, 1),
            valid_through=date(2026, 6, 1),
            remind_on=date(2026, 5, 2),  # 30 days before
        )
        return cycles

    return made


@pytest.mark.parametrize("number", ["11934482", "55120007"])
def test_a_card_that_counts_for_two_certifications_is_told_in_one_mail_about_both(
    with_card, stranger, number
):
    with_card(number)
    live_days("2026-05-02", "2026-05-02")
    (mail,) = Notice.objects.filter(kind="renewals.card")
    assert (mail.state, mail.trainer.email) == ("sent", "jordan@example.org")
    assert "This is about certifications 5512 0007 and 1193 4482." in mail.text  # the one that ends first


def test_a_shared_card_is_told_for_the_other_certification_when_its_own_is_being_renewed(with_card):
    _, second = with_card("55120007")
    log_course(second, completed_on=date(2025, 6, 1))
    submitted(second, day="2026-03-01")
    live_days("2026-05-02", "2026-05-02")
    (mail,) = Notice.objects.filter(kind="renewals.card", state="sent")
    assert "This is about certification 1193 4482." in mail.text
    assert "/certifications/11934482/" in mail.text


def test_a_shared_card_is_told_for_the_other_certification_when_its_own_is_suspended(with_card, lead):
    _, second = with_card("55120007")
    at = scenes.moment("2026-03-01")
    suspend_credential(second.credential, by=lead, at=at, on=at.date(), reason="Fee went back.")
    live_days("2026-05-02", "2026-05-02")
    (mail,) = Notice.objects.filter(kind="renewals.card", state="sent")
    assert "This is about certification 1193 4482." in mail.text


def test_a_card_is_told_for_its_own_certification_alone_where_credits_are_separate(with_card):
    with_card("11934482", "separate")
    live_days("2026-05-02", "2026-05-02")
    (mail,) = Notice.objects.filter(kind="renewals.card")
    assert "This is about certification 1193 4482." in mail.text
