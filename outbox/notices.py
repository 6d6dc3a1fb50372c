"""Kinds of notices, which apps register, and the two ways to change the outbox: queue and
supersede. Nothing in this module sends.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from core.history import subject_pk
from core.people import Person
from outbox.models import Notice

Batch = Sequence[Notice]
MANY = 500  # rows in one statement


@dataclass(frozen=True)
class NoticeKind:
    """A kind of message. Its two functions get a batch of notices and query once for all of them.

    `still_due(batch)` returns the primary keys that are still worth sending; the others end as
    superseded. `contexts(batch)` returns the context of the templates `emails/<template>.*`, by
    primary key; each context has one `link`. A kind that is `addressed` goes to the address that it
    was queued for, even if the trainer has another one today. A kind that is a `last_word` is sent
    although the account is closed.
    """

    kind: str
    label: str
    template: str
    still_due: Callable[[Batch], set[int]]
    contexts: Callable[[Batch], Mapping[int, Mapping[str, object]]]
    addressed: bool = False
    last_word: bool = False


Row = TypeVar("Row")


def due_when(
    rows: Callable[[Batch], Mapping[int, Row]], test: Callable[[Row, str], bool]
) -> Callable[[Batch], set[int]]:
    """Return a `still_due` function for a kind whose notices are about one row each.

    `rows(batch)` returns that row by the notice's primary key; a notice is still due when
    `test(row, event)` is true.
    """

    def still_due(batch: Batch) -> set[int]:
        events = {notice.pk: notice.event for notice in batch}
        return {pk for pk, row in rows(batch).items() if test(row, events[pk])}

    return still_due


_kinds: dict[str, NoticeKind] = {}


def register_kind(kind: NoticeKind) -> NoticeKind:
    """Register a kind; called from an app's `ready`. Raises ValueError when another kind has its
    code.
    """
    if _kinds.setdefault(kind.kind, kind) is not kind:
        raise ValueError(f"There are two kinds of notice called {kind.kind}.")
    return kind


def kind_of(code: str) -> NoticeKind:
    """Return the registered kind with this code; raises LookupError."""
    if code not in _kinds:
        raise LookupError(f"No app has registered the kind of notice {code}.")
    return _kinds[code]


def notice_kinds() -> tuple[NoticeKind, ...]:
    """Return every registered kind, by code."""
    return tuple(_kinds[code] for code in sorted(_kinds))


def subject_pks(batch: Batch) -> dict[int, int]:
    """Return the primary key of each notice's subject, by the primary key of the notice."""
    return {notice.pk: subject_pk(notice.subject) for notice in batch}


def join_event(*parts: object) -> str:
    """Return an event that consists of several parts, such as "2026-06-30:before_1"."""
    return ":".join(map(str, parts))


def event_parts(event: str) -> list[str]:
    """Return the parts that `join_event` joined."""
    return event.split(":")


def queue_notice(
    kind: NoticeKind | str,
    *,
    subject: str,
    event: str,
    trainer: Person,
    send_at: datetime,
    payload: Mapping[str, object] | None = None,
    private: bool = False,
    to_address: str = "",
    urgency: str = Notice.Urgency.FIRM,
) -> Notice:
    """Queue the one notice of this kind about `subject` for `event`, to be sent from `send_at` on;
    idempotent.

    It goes to the trainer's address at the time of sending unless `to_address` is given. A `private` notice
    (one with a sign-in code) loses its text and payload as soon as it has ended.
    """
    code = kind if isinstance(kind, str) else kind.kind
    notice, _ = Notice.objects.get_or_create(
        kind=kind_of(code).kind,
        subject=subject,
        event=event,
        defaults={
            "trainer": trainer,
            "send_at": send_at,
            "payload": payload or {},
            "private": private,
            "to_address": to_address,
            "urgency": urgency,
        },
    )
    return notice


def queue_notices(
    code: str, *, subject: str, trainers: Iterable[int], send_at: datetime, urgency: str = Notice.Urgency.FIRM
) -> None:
    """Queue a notice about `subject` to each of many trainers, by primary key; idempotent."""
    Notice.objects.bulk_create(
        (
            Notice(
                kind=kind_of(code).kind,
                subject=subject,
                event=f"trainer:{pk}",
                trainer_id=pk,
                send_at=send_at,
                urgency=urgency,
            )
            for pk in trainers
        ),
        batch_size=MANY,
        ignore_conflicts=True,
    )


def supersede_notices(kind: NoticeKind | str, *, subject: str, at: datetime) -> int:
    """End every unsent notice of this kind about `subject`, whenever it was to be sent; return how
    many.

    A notice that a sender has leased is left to that sender, which asks `still_due` before it
    sends.
    """
    code = kind if isinstance(kind, str) else kind.kind
    due = Notice.objects.unsent().filter(kind=code, subject=subject).unleased(at)
    ended = {"state": Notice.State.SUPERSEDED, "ended_at": at, "leased_until": None}
    return due.filter(private=True).update(**ended, payload={}) + due.filter(private=False).update(**ended)


def supersede_all(trainer: Person, *, at: datetime) -> int:
    """End every unsent notice to `trainer` that no living sender has leased; return how many."""
    due = Notice.objects.unsent().filter(trainer=trainer).unleased(at)
    ended = {"state": Notice.State.SUPERSEDED, "ended_at": at, "leased_until": None}
    return due.update(**ended, payload={})
