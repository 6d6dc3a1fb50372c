"""The short lists on the page of a person, and their open cases: the newest rows, and links to
all.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from django.urls import reverse

from core import clock
from core.deadlines import near_day
from core.policy_words import amount_in_words
from core.templatetags.words import ceus, day, money
from outbox.models import Notice
from rules.days import FOR_LIFE, business_days_until, is_for_life
from rules.units import count_of
from staff.of_person import PERSON
from staff.trainers.theirs import OwnedRow

FEW = 3
APPLICATION, PETITION, AUDIT = "renewals.application", "petitions.petition", "audits.audit"
NAME, REFUND, DISPUTE, ERASURE = "names.namerequest", "payments.refund", "payments.dispute", "core.erasure"
WAITING = {REFUND: ("waiting", "requested"), DISPUTE: ("inquiry", "to_answer", "answered")}
WORDS = {
    APPLICATION: "Renewal",
    PETITION: "Petition",
    AUDIT: "Audit",
    NAME: "Name",
    REFUND: "Refund",
    DISPUTE: "Dispute",
    ERASURE: "Erasure",
}
STATUS = {
    "submitted": "not paid yet",
    "in_review": "waits for us",
    "returned": "to be corrected",
    "unpaid": "not paid yet",
    "question": "waits for the answer",
    "proposed": "waits for a second lead",
    "sent": "waits for us",
    "requested": "waits for us",
    "waiting": "waits for a second person",
    "asked": "waits for a second person",
    "confirmed": "being erased",
}
OF_DISPUTES = {"inquiry": "the bank asks", "to_answer": "to be answered", "answered": "the bank decides"}


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A case that has not ended. `left` is the time left, `until` its last day, `late` whether that
    has passed.
    """

    reference: str
    url: str
    what: str
    more: str
    left: str
    until: str = ""
    late: bool = False
    assignee: str = ""  # the colleague who has it


@dataclass(frozen=True, slots=True)
class ShortRow:
    name: str
    fact: str
    url: str


@dataclass(frozen=True, slots=True)
class ShortList:
    """One short list: the newest rows, how many there are, and links to all."""

    heading: str
    count: int
    rows: Sequence[ShortRow]
    links: Sequence[tuple[str, str]]
    empty: str


def open_cases(rows: Iterable[OwnedRow], today: date) -> list[OpenCase]:
    """Return the cases that wait for somebody, the most urgent first."""
    found = [row for row in rows if _is_open(row)]
    found.sort(key=lambda row: (row.last_on or date.max, -row.key))
    return [_open_case(row, today) for row in found]


def _is_open(row: OwnedRow) -> bool:
    if row.kind in WAITING:
        return row.status in WAITING[row.kind]
    return row.kind in WORDS and row.over_at is None and row.status != "draft"


def _open_case(row: OwnedRow, today: date) -> OpenCase:
    word = WORDS[row.kind]
    what = f"{word}: {row.more or row.name}" if row.kind in (PETITION, NAME, REFUND, DISPUTE) else word
    more = f"{amount_in_words(row.amount)} asked for" if row.kind == PETITION and row.amount else ""
    if row.kind in (REFUND, DISPUTE) and row.amount:
        more = money(row.amount)
    reference = row.name if row.kind in (APPLICATION, PETITION, AUDIT) else word
    words = OF_DISPUTES if row.kind == DISPUTE else STATUS
    state = words.get(row.status, "waits for us")
    found = partial(OpenCase, reference, row.url, what, more, assignee=row.assignee)
    if row.last_on is None or (row.kind, row.status) in ((APPLICATION, "in_review"), (DISPUTE, "answered")):
        return found(state)
    until = near_day(row.last_on, today)
    if row.last_on < today:
        return found("Late", f"{state}, by {until}", late=True)
    return found(_time_left(row, today), f"{state}, through {until}")


def _time_left(row: OwnedRow, today: date) -> str:
    """Return the time left: in business days where we promised an answer, otherwise in days
    (Q18).
    """
    last_on = row.last_on or today
    if row.kind == PETITION:
        days, unit = business_days_until(last_on, today), "business day"
    else:
        days, unit = (last_on - today).days, "day"
    return count_of(days, unit) if days else "ends today"


def short_lists(
    rows: Iterable[OwnedRow],
    mails: Iterable[Notice],
    *,
    trainer: int,
    mail_count: int,
    counted: str,
    zone: str,
    may: Callable[[str], bool],
) -> list[ShortList]:
    """Return the short lists that the viewer may see. `counted` says in words how much counts in
    the present cycle.
    """
    by_kind: dict[str, list[OwnedRow]] = {}
    for row in rows:
        by_kind.setdefault(row.kind, []).append(row)
    closed = [row for kind in (APPLICATION, PETITION, AUDIT) for row in by_kind.get(kind, ()) if row.over_at]
    closed.sort(key=lambda row: row.over_at or datetime.min, reverse=True)
    courses = [row for row in by_kind.get("ceus.ceurecord", ()) if row.status != "removed"]
    courses.sort(key=lambda row: row.first_on or date.min, reverse=True)
    renewed = {row.amount for row in by_kind.get(APPLICATION, ()) if row.status == "approved"}
    cycles = sorted(by_kind.get("trainers.cycle", ()), key=lambda row: row.first_on or date.min, reverse=True)
    newest = cycles[0].key if cycles else 0

    def cycle_fact(row: OwnedRow) -> str:
        return "renewed" if row.key in renewed else counted if row.key == newest else "not renewed"

    made = (
        _list("Cycles", "trainers.cycle", cycles, _years, cycle_fact, trainer),
        _list("Courses", "ceus.ceurecord", courses, _name, _course_fact, trainer),
        _list("Money", "payments.charge", by_kind.get("payments.charge", []), _name, lambda row: _money_fact(row, zone), trainer),
        _mails(mails, mail_count, trainer, zone),
        _list("Documents", "documents.document", by_kind.get("documents.document", []), _name, lambda row: _on(row.began_at, zone), trainer),
        _closed(closed, trainer, zone, may),
    )  # fmt: skip
    models = ("trainers.view_cycle", "ceus.view_ceurecord", "payments.view_charge", "outbox.view_notice")
    needed = (*models, "documents.view_document", "renewals.view_application")
    return [one for one, permission in zip(made, needed, strict=True) if may(permission)]


def _list(
    heading: str,
    kind: str,
    rows: Sequence[OwnedRow],
    name: Callable[[OwnedRow], str],
    fact: Callable[[OwnedRow], str],
    trainer: int,
) -> ShortList:
    shown = [ShortRow(name(row), fact(row), row.url) for row in rows[:FEW]]
    links = [(f"All {len(rows)}", all_of(kind, trainer))] if rows else []
    return ShortList(heading, len(rows), shown, links, "None yet")


def _mails(mails: Iterable[Notice], count: int, trainer: int, zone: str) -> ShortList:
    shown = [
        ShortRow(
            one.title or "A mail",
            f"{_on(one.ended_at, zone)} · {'not delivered' if one.state == Notice.State.FAILED else 'sent'}",
            reverse("admin:outbox_notice_change", args=[one.pk]),
        )
        for one in list(mails)[:FEW]
    ]
    links = [(f"All {count}", all_of("outbox.notice", trainer))] if count else []
    return ShortList("Mails", count, shown, links, "None yet")


def _closed(rows: Sequence[OwnedRow], trainer: int, zone: str, may: Callable[[str], bool]) -> ShortList:
    shown = [
        ShortRow(f"{row.name} {WORDS[row.kind].lower()}", f"{row.status.replace('_', ' ')} {_on(row.over_at, zone)}", row.url)
        for row in rows[:FEW]
    ]  # fmt: skip
    links = [
        (f"{WORDS[kind]}s", all_of(kind, trainer))
        for kind in (APPLICATION, PETITION, AUDIT)
        if any(row.kind == kind for row in rows) and may(f"{kind.replace('.', '.view_')}")
    ]
    return ShortList("Closed cases", len(rows), shown, links, "None yet")


def all_of(kind: str, trainer: int) -> str:
    """Return the URL of the list of one kind of row, narrowed to one person."""
    name = kind.replace(".", "_")
    return f"{reverse(f'admin:{name}_changelist')}?{PERSON}={trainer}"


def _name(row: OwnedRow) -> str:
    return row.name


def _years(row: OwnedRow) -> str:
    first, last = row.first_on, row.last_on
    if first and last and is_for_life(last):
        return f"{first.year}, {FOR_LIFE}"
    return f"{first.year}–{last.year}" if first and last else ""


def _course_fact(row: OwnedRow) -> str:
    kept = {"accepted": "", "pending": " · proof missing", "rejected": " · does not count"}
    return f"{day(row.first_on) if row.first_on else ''} · {ceus(row.amount or 0)}{kept.get(row.status, '')}"


def _money_fact(row: OwnedRow, zone: str) -> str:
    words = {"paid": "paid", "open": "to be paid", "void": "not due any more"}[row.status]
    waived = int(row.more)
    less = f", {money(waived)} waived" if waived else ""
    return f"{_on(row.over_at or row.began_at, zone)} · {money((row.amount or 0) - waived)} {words}{less}"


def _on(moment: datetime | None, zone: str) -> str:
    return day(clock.date_of(moment, zone)) if moment else ""
