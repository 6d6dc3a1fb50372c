"""Examples of the mails about an audit."""

from collections.abc import Callable
from datetime import date
from typing import Any

from audits import notice_codes, notices
from audits.models import Audit, AuditItem, Extension
from ceus.models import CeuRecord, RecordDocument
from core.policy_words import in_policy_words
from outbox.examples import show_example, with_rows
from trainers.examples import AWAY, PHOENIX, example_cycle, phoenix_noon

COURSES = ("Nutrition Basics", "Working With Seniors", "Strength Training for Older Adults")
ON_TIME, LATE = date(2026, 6, 30), date(2026, 8, 30)
BLURRED = "We cannot read the name on it. Please photograph it again in daylight."


def example_audit(
    *,
    on_file: int = 1,
    received_on: date = ON_TIME,
    kind: str = Audit.Kind.RANDOM,
    to_replace: bool = False,
    extended: bool | None = None,
    time_zone: str = PHOENIX,
) -> Audit:
    """Return an example audit of three courses, due by the end of September 30, 2026. The first
    `on_file` courses have a certificate; with `to_replace` the first certificate must be replaced.

    `extended` says how a request for more time was answered; None when the trainer made none.
    """
    audit = Audit(
        pk=1,
        reference="A9D3-5KMN",
        cycle=example_cycle(time_zone),
        kind=kind,
        renewal="R7K2-9QXF",
        received_on=received_on,
        made_at=phoenix_noon(2026, 8, 31),
        notified_on=date(2026, 8, 31),
        due_on=date(2026, 9, 30),
    )
    items = [_item(audit, title, place < on_file) for place, title in enumerate(COURSES)]
    if to_replace:
        items[0].verdict, items[0].words = AuditItem.Verdict.REPLACE, BLURRED
    state = Extension.State.GRANTED if extended else Extension.State.REFUSED
    words = (
        "You told us that your provider is closed."
        if extended
        else "The documents come from your own courses."
    )
    more = Extension(audit=audit, state=state, words=words, decided_at=phoenix_noon(2026, 9, 20))
    return with_rows(audit, items=items, extensions=[] if extended is None else [more])


def _item(audit: Audit, title: str, on_file: bool) -> AuditItem:
    record = CeuRecord(pk=1, credential=audit.cycle.credential, title=title, granted=True)
    proof = [RecordDocument(record=record, part=RecordDocument.Part.CERTIFICATE)] if on_file else []
    return AuditItem(audit=audit, record=with_rows(record, evidence=proof))


def _audit_example(*, last_day: bool = False, **fields: Any) -> Callable[[], dict[str, object]]:
    return lambda: {**notices.audit_context(example_audit(**fields)), "last_day": last_day}


OPENED = {"trigger": "An audit opens"}
REMINDED = {
    "trigger": "Documents are still to send",
    "sent": "9 to 11 am, 20, 10 and 3 days before the last day",
}
LAST = {
    "trigger": "It is the last day to send documents",
    "sent": "9 to 11 am on the day; later that day at once",
}
SENT = {"trigger": in_policy_words("The {holder} sends the documents")}
show_example(notice_codes.OPENED, "some-missing", _audit_example(), **OPENED)
show_example(notice_codes.OPENED, "all-on-file", _audit_example(on_file=3), **OPENED)
show_example(notice_codes.OPENED, "received-late", _audit_example(received_on=LATE), **OPENED)
show_example(notice_codes.OPENED, "for-cause", _audit_example(kind=Audit.Kind.CAUSE), **OPENED)
show_example(notice_codes.OPENED, "other-zone", _audit_example(time_zone=AWAY), **OPENED)
show_example(notice_codes.REMINDER, "some-missing", _audit_example(), **REMINDED)
show_example(notice_codes.REMINDER, "all-on-file", _audit_example(on_file=3), **REMINDED)
show_example(notice_codes.REMINDER, "other-zone", _audit_example(time_zone=AWAY), **REMINDED)
show_example(notice_codes.REMINDER, "last-day", _audit_example(last_day=True), **LAST)
show_example(notice_codes.SENT, "received-on-time", _audit_example(on_file=3), **SENT)
show_example(notice_codes.SENT, "received-late", _audit_example(on_file=3, received_on=LATE), **SENT)
show_example(
    notice_codes.REPLACE,
    "one-document",
    _audit_example(on_file=3, to_replace=True),
    trigger="A reviewer asks for a document again",
    sent="10 minutes after the decision",
)
show_example(notice_codes.MORE_TIME, "given", _audit_example(extended=True), trigger="More time is given")
show_example(
    notice_codes.NO_MORE_TIME, "not-given", _audit_example(extended=False), trigger="More time is not given"
)
