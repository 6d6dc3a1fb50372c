"""Rows loaded many at once are what Django would have stored, on both engines."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import FieldDoesNotExist
from django.db import IntegrityError, transaction

from ceus.models import CeuRecord
from core.loading import load_models
from core.models import HistoryEntry
from outbox.models import Notice
from outbox.notices import queue_notices
from providers.notice_codes import REPORTED
from tests.factories import CeuRecordFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 5, 3, 12, 30, 15, 123456, tzinfo=UTC)
TEXTS = ["a\tb", "a\\b", "a\nb\r\nc", r"\N", "", "O'Brien; DROP TABLE", "Ñandú 🏋", "100 %s"]


def load_history(*rows: tuple[str, str], **same: object) -> list[int]:
    """Load entries of (subject, reason)."""
    return load_models(HistoryEntry, ("subject", "reason"), rows, verb="told", at=AT, **same)


def test_loaded_text_keeps_its_tabs_marks_and_line_breaks_in_the_order_of_the_keys(jordan):
    keys = load_history(*[(f"core.test:{n}", text) for n, text in enumerate(TEXTS)], by=jordan)
    found = HistoryEntry.objects.in_bulk(keys)
    assert [found[key].reason for key in keys] == TEXTS
    assert [found[key].subject for key in keys] == [f"core.test:{n}" for n in range(len(TEXTS))]


def test_columns_that_are_not_told_have_the_defaults_of_the_model(jordan):
    (key,) = load_history(("core.test:1", ""), by=jordan, detail={"a": ['b"\\', 1, None]})
    entry = HistoryEntry.objects.get(pk=key)
    assert (entry.at, entry.by, entry.detail) == (AT, jordan, {"a": ['b"\\', 1, None]})
    assert (entry.trainer, entry.from_state, entry.to_state) == (None, "", "")


def test_a_row_saved_after_a_load_gets_a_key_of_its_own(jordan):
    (loaded,) = load_history(("core.test:1", ""))
    saved = HistoryEntry.objects.create(subject="core.test:2", verb="told", at=AT)
    (later,) = load_history(("core.test:3", ""))
    assert loaded < saved.pk < later


def test_a_load_of_no_rows_writes_nothing():
    assert load_history() == []


def test_a_load_that_breaks_a_unique_key_raises_as_a_save_does_and_stores_none_of_its_rows(jordan):
    made = CeuRecordFactory(credential=jordan.credentials.get())
    new = (made.credential_id, made.course_id, date(2026, 1, 2), 40, made.category, made.title)
    same = (made.credential_id, made.course_id, made.completed_on, 40, made.category, made.title)
    columns = ("credential", "course", "completed_on", "hundredths", "category", "title")
    with pytest.raises(IntegrityError), transaction.atomic():
        load_models(CeuRecord, columns, [new, same], state="accepted", logged_at=AT)
    assert CeuRecord.objects.get() == made


def test_a_load_with_an_unknown_column_is_refused():
    with pytest.raises(FieldDoesNotExist, match="colour"):
        load_models(HistoryEntry, ("subject",), [("core.test:1",)], verb="told", at=AT, colour="red")


def test_notices_queued_twice_for_some_trainers_are_queued_once_for_each(jordan, stranger):
    about = {"subject": "providers.batch:1", "send_at": AT}
    queue_notices(REPORTED, trainers=[jordan.pk], **about)
    queue_notices(REPORTED, trainers=[jordan.pk, stranger.pk], **about)
    found = Notice.objects.filter(kind=REPORTED).order_by("pk")
    assert [one.trainer for one in found] == [jordan, stranger]
    assert len({one.message_id for one in found}) == 2
