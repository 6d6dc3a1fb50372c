"""What comes after a merge: an erasure takes all of it, links in old mails hold, a new address may be the old one."""

import pytest

from core import clock
from core.personal_data import open_things
from tests.erasure.scenes import MARK, columns_with, erase, files_in, mark_everything
from tests.merging.scenes import merged, second_account
from trainers.models import Trainer
from trainers.my_data import sections_of
from trainers.services.addresses import ask_email_change, confirm_email_change
from trainers.unsubscribing import token_for, trainer_of

pytestmark = pytest.mark.django_db


def test_erasing_a_merged_person_leaves_no_data_of_either_account(lived, other, storage):
    merged(lived, other)
    mark_everything(other)
    other.refresh_from_db()
    assert len(columns_with(MARK)) > 40
    assert open_things(other) == []
    erase(other)
    assert columns_with(MARK) == []
    for words in ("jordan@example.org", "jordan@new.example.org", "Jordan Cole", "Rivera-Cole"):
        assert columns_with(words) == [], words
    assert files_in(storage) == []


def test_the_unsubscribe_link_in_a_mail_to_a_merged_account_works_for_the_account_that_stays(
    jordan, clock_at
):
    clock_at("2027-03-02")
    token, second = token_for(jordan), second_account()
    merged(jordan, second)
    assert trainer_of(token) == second


def test_the_person_can_still_change_to_the_address_of_the_closed_account(jordan, registrar, clock_at):
    clock_at("2027-03-02")
    second = second_account()
    merged(jordan, second)
    change = ask_email_change(
        second, email="jordan@example.org", by=registrar, at=clock.now(), reason="They prefer it."
    )
    confirm_email_change(change, at=clock.now())
    assert Trainer.objects.get(email="jordan@example.org") == second


def test_the_own_data_page_of_a_merged_person_has_the_old_address_and_both_histories(lived, other):
    merged(lived, other)
    sections = {one.heading: one for one in sections_of(other)}
    assert ("Address of an account that is part of this one", "jordan@example.org") in sections[
        "You"
    ].entries[0].shown
    titles = [one.title for one in sections["What was changed"].entries[0].events]
    assert {"Another account of yours became part of this one", "The name was changed"} <= set(titles)
