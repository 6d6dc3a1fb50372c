"""One timeline of everything about a person, history and mails, newest first, with pages and
filters.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.html import format_html

from core.gathered import Gathered
from core.models import HistoryEntry
from outbox.models import Notice
from staff.history import HistoryLine, history_line
from staff.sentences import GROUPS, MAIL, MentionedRow, history_in
from trainers.models import Trainer

SHOWN = 12
MOST_PAGES = 200
DECIDED = "decided"  # the verb of a decision that is pending
SEEN = (Notice.State.SENT, Notice.State.FAILED)
THEIRS = OuterRef("pk")
OF_A_MAIL = ("title", "private", "state", "to_address", "send_at", "ended_at")


@dataclass(frozen=True, slots=True)
class TimelineQuery:
    """What the query asks of the timeline: one group or all, and which page."""

    show: str = ""
    page: int = 1

    @property
    def with_mail(self) -> bool:
        return self.show in ("", MAIL)


@dataclass(frozen=True, slots=True)
class Timeline:
    """One page of the timeline. `earlier` is how many rows are older than the shown ones, back to
    `since`.
    """

    lines: list[HistoryLine]
    asked: TimelineQuery
    earlier: int = 0
    since: datetime | None = None

    @property
    def chips(self) -> list[tuple[str, str, bool]]:
        """Return (query string, label, chosen) of each filter."""
        every = {"": "All", **GROUPS}
        return [
            (f"?show={code}" if code else "?", label, code == self.asked.show)
            for code, label in every.items()
        ]

    @property
    def earlier_query(self) -> str:
        return _query(self.asked.show, self.asked.page + 1)

    @property
    def later_query(self) -> str:
        return _query(self.asked.show, self.asked.page - 1) if self.asked.page > 1 else ""


def asked_of(query: Mapping[str, str]) -> TimelineQuery:
    """Return what a query asks for; when it cannot be read, the first page of all groups."""
    show, page = query.get("show", ""), query.get("page", "")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 5 else 1
    return TimelineQuery(show if show in GROUPS else "", min(max(number, 1), MOST_PAGES))


def timeline_counts(asked: TimelineQuery) -> dict[str, Subquery]:
    """Return annotations of a trainer: how many rows the timeline has, and the moment of its first
    one.
    """
    theirs, mails = _history(asked).filter(trainer=THEIRS), _mails().filter(trainer=THEIRS)
    counts = {"its_history": _one(theirs, Count("pk")), "its_since": _one(theirs, Min("at"))}
    return {**counts, "its_mails": _one(mails, Count("pk")), "its_first_mail": _one(mails, Min("ended_at"))}


def timeline_rows(asked: TimelineQuery) -> dict[str, Gathered[Any]]:
    """Return annotations of a trainer: as many of the newest rows of history, with who did it, and of the newest
    mails as the asked page and those before it can show.
    """
    most = asked.page * SHOWN
    entries = _history(asked).filter(trainer=THEIRS).order_by("-at", "-pk")[:most]
    mails = _mails().filter(trainer=THEIRS).order_by("-ended_at", "-pk")[:most]
    return {
        "its_entries": Gathered(entries, related=("by",)),
        "its_newest_mails": Gathered(mails, only=OF_A_MAIL),
    }


def timeline_of(
    person: Trainer,
    asked: TimelineQuery,
    things: Mapping[str, MentionedRow],
    entries: Iterable[HistoryEntry],
    mails: Iterable[Notice],
    *,
    history: bool,
    mail: bool,
    undo: Mapping[str, str],
) -> Timeline:
    """Return the page of the timeline that is asked for, out of the rows of `timeline_rows`. No query.

    `person` has the annotations of `timeline_counts`; `history` and `mail` say which of them the
    viewer may see. `undo` has the address where the viewer takes back a decision, by its subject.
    """
    last = asked.page * SHOWN
    mail = mail and asked.with_mail
    found: list[tuple[datetime, int, HistoryEntry | Notice]] = []
    found += [(one.at, one.pk, one) for one in entries] if history else []
    found += [(one.ended_at, one.pk, one) for one in mails if one.ended_at] if mail else []
    found.sort(key=lambda one: one[:2], reverse=True)
    total = (getattr(person, "its_history", 0) or 0) * history + (getattr(person, "its_mails", 0) or 0) * mail
    firsts = [person.its_since if history else None, person.its_first_mail if mail else None]  # type: ignore[attr-defined]  # an annotation of the query
    since = min((one for one in firsts if one), default=None)
    page = found[last - SHOWN : last]
    return Timeline([_line(one, things, undo) for _, _, one in page], asked, max(total - last, 0), since)


def mail_line(notice: Notice) -> HistoryLine:
    """Return a mail as a line of the timeline, with a link to its copy."""
    url = reverse("admin:outbox_notice_change", args=[notice.pk])
    title = f"“{notice.title}”" if notice.title else "whose words are not kept"
    if notice.private:
        title = "with a code to sign in"
    if notice.state == Notice.State.FAILED:
        sentence = format_html('The mail <a href="{}">{}</a> could not be delivered.', url, title)
    else:
        sentence = format_html('We sent the mail <a href="{}">{}</a>.', url, title)
    moment = notice.ended_at or notice.send_at
    return HistoryLine(
        "Mail", sentence, moment, notes=(f"to {notice.to_address}",) if notice.to_address else ()
    )


def _line(
    one: HistoryEntry | Notice, things: Mapping[str, MentionedRow], undo: Mapping[str, str]
) -> HistoryLine:
    if isinstance(one, Notice):
        return mail_line(one)
    line = history_line(one, things)
    return replace(line, undo_url=undo[one.subject]) if one.verb == DECIDED and one.subject in undo else line


def _history(asked: TimelineQuery) -> "QuerySet[HistoryEntry]":
    rows = HistoryEntry.objects.all()
    return rows.filter(history_in(asked.show)) if asked.show else rows


def _mails() -> "QuerySet[Notice]":
    return Notice.objects.filter(state__in=SEEN)


def _one(rows: "QuerySet[HistoryEntry] | QuerySet[Notice]", value: Count | Min) -> Subquery:
    """Return one aggregate over the rows of a person, as an annotation."""
    return Subquery(rows.order_by().values("trainer").annotate(value=value).values("value"))


def _query(show: str, page: int) -> str:
    parts = [*([f"show={show}"] if show else []), *([f"page={page}"] if page > 1 else [])]
    return f"?{'&'.join(parts)}"
