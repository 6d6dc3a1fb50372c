"""Kinds of notices, which apps register, and the two ways to change the outbox: queue and
supersede. Nothing in this module sends.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db import IntegrityError, transaction
from django.db.models import Case, F, JSONField, Value, When

from core.history import subject_pk
from core.loading import load_models
from core.people import Person
from outbox.models import Notice
from outbox.models.notice import new_message_id

Batch = Sequence[Notice]
MANY = 1000  # rows in one statement


def always_due(batch: Batch) -> set[int]:
    """Return the primary keys of all notices of a batch: the `still_due` of a mail that stays true."""
    return {notice.pk for notice in batch}


@dataclass(frozen=True)
class NoticeKind:
    """A kind of message. Its two functions get a batch of notices and query once for all of them.

    `still_due(batch)` returns the primary keys that are still worth sending, by default all; the
    others end as superseded. `contexts(batch)` returns the context of the templates `emails/<template>.*`, by
    primary key; each context has one `link`. A kind that is `addressed` goes to the address that it
    was queued for, even if the trainer has another one today. A kind that is a `last_word` is sent
    although the account is closed.

    `read_once(batch)`, where a kind has it, returns the contexts of those that are still due, from
    one reading of what both functions would read.
    """

    kind: str
    label: str
    template: str
    contexts: Callable[[Batch], Mapping[int, Mapping[str, object]]]
    still_due: Callable[[Batch], set[int]] = always_due
    addressed: bool = False
    last_word: bool = False
    read_once: Callable[[Batch], Mapping[int, Mapping[str, object]]] | None = None

    def contexts_due(self, batch: Batch) -> Mapping[int, Mapping[str, object]]:
        """Return the context of each notice that is still due, by primary key."""
        if self.read_once:
            return self.read_once(batch)
        due = self.still_due(batch)
        wanted = [notice for notice in batch if notice.pk in due]
        contexts = self.contexts(wanted) if wanted else {}
        return {notice.pk: contexts[notice.pk] for notice in wanted}


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


def register_kind_of_rows(
    *,
    kind: str,
    label: str,
    template: str,
    rows: Callable[[Batch], Mapping[int, Row]],
    context: Callable[[Row], Mapping[str, object]],
    addressed: bool = False,
) -> NoticeKind:
    """Register a kind whose notices are about one row each. `rows(batch)` returns that row by the
    notice's primary key, of those notices that are still due; `context(row)` is what the templates
    need.
    """

    def read(batch: Batch) -> dict[int, Mapping[str, object]]:
        return {pk: context(row) for pk, row in rows(batch).items()}

    found = NoticeKind(
        kind=kind,
        label=label,
        template=template,
        contexts=read,
        still_due=lambda batch: set(rows(batch)),
        addressed=addressed,
        read_once=read,
    )
    return register_kind(found)


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


def queue_notice_series(code: str, *, subject: str, moments: Mapping[str, datetime], trainer: Person) -> None:
    """Queue a notice about `subject` for each event in `moments`, to be sent from its moment on;
    idempotent. One statement.
    """
    kind = kind_of(code).kind
    made = (
        Notice(kind=kind, subject=subject, event=event, trainer_id=trainer.pk, send_at=send_at)
        for event, send_at in moments.items()
    )
    Notice.objects.bulk_create(made, ignore_conflicts=True)


def queue_notices(
    code: str, *, subject: str, trainers: Iterable[int], send_at: datetime, urgency: str = Notice.Urgency.FIRM
) -> None:
    """Queue a notice about `subject` to each of many trainers, by primary key; idempotent."""
    same = {"kind": kind_of(code).kind, "subject": subject, "send_at": send_at, "urgency": urgency}
    keys = list(trainers)
    try:
        with transaction.atomic():
            rows = [(f"trainer:{pk}", pk, new_message_id()) for pk in keys]
            load_models(Notice, ("event", "trainer", "message_id"), rows, **same)
    except IntegrityError:  # some were queued before
        made = [Notice(**same, event=f"trainer:{pk}", trainer_id=pk) for pk in keys]
        Notice.objects.bulk_create(made, batch_size=MANY, ignore_conflicts=True)


def supersede_notices(kind: NoticeKind | str, *, subject: str, at: datetime) -> int:
    """End every unsent notice of this kind about `subject`, whenever it was to be sent; return how
    many.

    A notice that a sender has leased is left to that sender, which asks `still_due` before it
    sends.
    """
    code = kind if isinstance(kind, str) else kind.kind
    due = Notice.objects.unsent().filter(kind=code, subject=subject).unleased(at)
    ended = {"state": Notice.State.SUPERSEDED, "ended_at": at, "leased_until": None}
    erased = Case(When(private=True, then=Value({}, JSONField())), default=F("payload"))
    return due.update(**ended, payload=erased)


def supersede_all(trainer: Person, *, at: datetime) -> int:
    """End every unsent notice to `trainer` that no living sender has leased; return how many."""
    due = Notice.objects.unsent().filter(trainer=trainer).unleased(at)
    ended = {"state": Notice.State.SUPERSEDED, "ended_at": at, "leased_until": None}
    return due.update(**ended, payload={})
