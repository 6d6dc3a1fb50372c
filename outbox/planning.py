"""Queue one notice for each of many rows by a single statement."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import (
    BooleanField,
    Case,
    CharField,
    DateTimeField,
    F,
    IntegerField,
    JSONField,
    Model,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Concat, Mod
from django.db.models.lookups import Exact

from core.clock import moment_on
from core.history import subject_prefix
from core.people import Person
from outbox.models import Notice, new_message_id
from outbox.notices import join_event, kind_of, queue_notice
from rules.reminders import Mark

# Planned reminders go from 9 to 11 in the morning.
FIRST_HOUR, SLOTS, SLOT = 9, 12, timedelta(minutes=10)


def morning_slots(now: datetime, zone: str, *, at_once: bool = False) -> tuple[datetime, ...]:
    """Return the moments at which today's planned reminders are sent, spread over the morning in
    `zone`.

    When the morning is over, return those of tomorrow; with `at_once`, for reminders that are true
    only today, return `now` alone.
    """
    today = now.astimezone(ZoneInfo(zone)).date()
    slots = _slots(today, zone)
    if now <= slots[-1]:
        return slots
    return (now,) if at_once else _slots(today + timedelta(days=1), zone)


def _slots(day: date, zone: str) -> tuple[datetime, ...]:
    first = moment_on(day, FIRST_HOUR, zone)
    return tuple(first + number * SLOT for number in range(SLOTS))


def queue_marks(
    kind: str, marks: Iterable[Mark], *, about: str, subject: str, trainer: Person, zone: str, after: date
) -> None:
    """Queue a notice for each reminder in `marks` whose date is after `after`, to be sent on the
    morning of its date in `zone`.

    The notice's event joins `about` and the reminder's code. Before a notice is sent, its kind
    checks that no later reminder has become due.
    """
    for mark in marks:
        if mark.on > after:
            queue_notice(
                kind,
                subject=subject,
                event=join_event(about, mark.code),
                trainer=trainer,
                send_at=moment_on(mark.on, FIRST_HOUR, zone),
                urgency=mark.reminder.urgency,
            )


def queue_for_all(
    rows: "QuerySet[Any]", *, kind: str, event: str, trainer: str, urgency: str, slots: Sequence[datetime]
) -> int:
    """Queue one notice of `kind` for `event` about each row of `rows`; return how many are new.
    Idempotent.

    `trainer` is the path from a row to its trainer. The notices are spread evenly over `slots`, the
    moments of sending.
    """
    values = _values(rows.model, kind_of(kind).kind, event, trainer, urgency, slots)
    chosen = rows.order_by("pk").annotate(**{f"new_{name}": value for name, value in values.items()})
    select, params = (
        chosen.values_list(*(f"new_{name}" for name in values)).query.get_compiler("default").as_sql()
    )
    table, columns = Notice._meta.db_table, ", ".join(values)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({columns}) {select} ON CONFLICT DO NOTHING", params)
        return int(cursor.rowcount)


def _values(
    model: type[Model], kind: str, event: str, trainer: str, urgency: str, slots: Sequence[datetime]
) -> dict[str, object]:
    """Return an expression over the row for every column of its new notice."""
    words, flag = CharField(), BooleanField()
    number: object = Cast("pk", CharField())
    slot = Mod(F("pk"), len(slots), output_field=IntegerField())
    host = new_message_id().partition("@")[2]
    return {
        "kind": Value(kind, words),
        "subject": Concat(Value(subject_prefix(model)), number, output_field=words),
        "event": Value(event, words),
        "trainer_id": F(trainer),
        "payload": Value({}, JSONField()),
        "private": Value(False, flag),
        "urgency": Value(urgency, words),
        "send_at": Case(
            *(When(Exact(slot, n), then=Value(moment, DateTimeField())) for n, moment in enumerate(slots)),
            output_field=DateTimeField(),
        ),
        "state": Value(Notice.State.DUE.value, words),
        "attempts": Value(0, IntegerField()),
        "message_id": Concat(
            Value(f"<{kind}."), number, Value(f".{event.replace(':', '.')}@{host}"), output_field=words
        ),
        **{name: Value("", TextField()) for name in ("last_error", "to_address", "title", "text", "html")},
    }
