"""The texts by which notices and history name rows and events, made and read back."""

import pytest

from core.history import subject_of, subject_pk, subject_prefix
from outbox.models import Notice
from outbox.notices import event_parts, join_event, subject_pks
from trainers.models import Trainer


def test_a_notice_subject_contains_the_primary_key_of_its_row():
    person = Trainer(pk=1_234_567)
    assert subject_of(person) == subject_prefix(Trainer) + "1234567"
    assert subject_pk(subject_of(person)) == 1_234_567


def test_a_notice_subject_that_names_no_row_has_no_primary_key():
    with pytest.raises(ValueError, match="invalid literal"):
        subject_pk("trainers.trainer")


def test_the_primary_keys_of_subjects_are_looked_up_by_the_primary_keys_of_notices():
    batch = [Notice(pk=7, subject="trainers.cycle:12"), Notice(pk=8, subject="trainers.cycle:12")]
    assert subject_pks(batch) == {7: 12, 8: 12}


def test_the_parts_joined_into_a_notice_event_are_split_back_unchanged():
    assert join_event("2026-06-30", "before_1") == "2026-06-30:before_1"
    assert event_parts(join_event(5, "2026-06-30", "before_1")) == ["5", "2026-06-30", "before_1"]
    assert event_parts("opened") == ["opened"]
