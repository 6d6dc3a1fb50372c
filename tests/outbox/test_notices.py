"""Notices as rows: each unique, each ended once (I9)."""

from datetime import UTC, datetime, timedelta

import pytest

from outbox.models import LEASE, Notice
from outbox.notices import NoticeKind, notice_kinds, queue_notice, register_kind, supersede_notices
from tests.guards.changes import refused_by

NOON = datetime(2027, 3, 2, 19, tzinfo=UTC)


def put(trainer, subject="tests.thing:1", event="2027-03-14", **fields):
    return queue_notice("tests.plain", subject=subject, event=event, trainer=trainer, send_at=NOON, **fields)


def test_two_notices_of_equal_kind_subject_and_event_are_stored_once_with_one_message_id(jordan, plain):
    first, second = put(jordan), put(jordan)
    assert first == second
    assert first.message_id == second.message_id
    assert put(jordan, event="2027-03-15") != first
    assert put(jordan, subject="tests.thing:2") != first


def test_queueing_a_notice_again_after_it_ended_does_not_send_it(jordan, plain):
    put(jordan)
    supersede_notices("tests.plain", subject="tests.thing:1", at=NOON)
    assert put(jordan).state == Notice.State.SUPERSEDED


def test_queueing_a_notice_of_an_unknown_kind_raises_an_error_at_once(jordan):
    with pytest.raises(LookupError):
        put(jordan)


def test_two_kinds_of_notice_cannot_share_a_code(plain):
    with pytest.raises(ValueError, match=r"tests\.plain"):
        register_kind(NoticeKind("tests.plain", "Another", "account_change", set, dict))
    assert register_kind(plain.kind) is plain.kind


def test_superseding_ends_only_the_due_notices_about_that_subject(jordan, plain):
    about, other = put(jordan), put(jordan, subject="tests.thing:2")
    assert supersede_notices("tests.plain", subject="tests.thing:1", at=NOON) == 1
    assert supersede_notices("tests.plain", subject="tests.thing:1", at=NOON) == 0
    about.refresh_from_db()
    other.refresh_from_db()
    assert (about.state, about.ended_at, other.state) == ("superseded", NOON, "due")


def test_superseding_a_notice_erases_its_code(jordan, plain):
    notice = put(jordan, private=True, payload={"code": "ABC-123"})
    supersede_notices("tests.plain", subject="tests.thing:1", at=NOON)
    notice.refresh_from_db()
    assert notice.payload == {}


def test_superseding_does_not_end_a_leased_notice(jordan, plain):
    notice = put(jordan)
    Notice.objects.filter(pk=notice.pk).update(leased_until=NOON + timedelta(seconds=1))
    assert supersede_notices("tests.plain", subject="tests.thing:1", at=NOON) == 0
    assert supersede_notices("tests.plain", subject="tests.thing:1", at=NOON + timedelta(seconds=1)) == 1


def test_a_notice_is_due_from_its_send_time_unless_leased_or_postponed(jordan, plain):
    notice = put(jordan)
    rows = Notice.objects.filter(pk=notice.pk)
    second = timedelta(seconds=1)

    def due_after(seconds: int) -> bool:
        return Notice.objects.due(NOON + second * seconds).exists()

    assert (due_after(-1), due_after(0), due_after(1)) == (False, True, True)
    rows.update(leased_until=NOON + 10 * second)
    assert (due_after(9), due_after(10)) == (False, True)
    rows.update(leased_until=None, retry_at=NOON + 10 * second)
    assert (due_after(9), due_after(10)) == (False, True)


def test_a_lease_that_ends_implausibly_late_is_ignored(jordan, plain):
    notice = put(jordan)
    Notice.objects.filter(pk=notice.pk).update(leased_until=NOON + LEASE)
    assert not Notice.objects.due(NOON).exists()
    Notice.objects.filter(pk=notice.pk).update(leased_until=NOON + timedelta(hours=1))
    assert Notice.objects.due(NOON).exists()


def test_the_database_refuses_to_end_a_notice_twice(jordan, plain):
    notice = put(jordan)
    supersede_notices("tests.plain", subject="tests.thing:1", at=NOON)
    with refused_by("outbox_notice_steps"):
        Notice.objects.filter(pk=notice.pk).update(state="sent")
    with refused_by("outbox_notice_one_end"):
        Notice.objects.filter(pk=notice.pk).update(ended_at=None)


def test_kinds_of_notices_are_listed_in_order_of_their_code(plain):
    codes = [kind.kind for kind in notice_kinds()]
    assert codes == sorted(codes)
    assert {"account.code", "account.change", "tests.plain"} <= set(codes)
