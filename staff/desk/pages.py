"""What the page of a case shows besides the decision: the assignee, the cases before and after it,
and the notes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cases.desk import assignment_of, knows_trainer, notes_of, offered_to, snooze_of
from cases.locking import credential_of_case
from cases.models import Assignment, CaseModel, Note, Snooze
from cases.promises import promise_day
from cases.protocols import DecidedCase, DeskCase
from core import clock
from core.deadlines import day_without_year
from core.history import subject_of
from rules.days import business_days_until
from rules.units import count_of
from staff.actions import ActionLink
from trainers.models import Trainer

MOST_IN_ORDER = 500  # "2 of 4" is counted so far
MOST_NOTES = 50


@dataclass(frozen=True)
class CaseDesk:
    """What the page of one case shows besides the decision: assignee, neighbours, notes.
    `assignee_pk` is 0 when nobody is assigned.
    """

    subject: str
    assignment: Assignment | None
    is_mine: bool
    assignee_pk: int
    snooze: Snooze | None
    knows: bool  # whether the reader has declared to know the trainer
    notes: list[Note]
    place: str  # such as "2 of 4", empty for a case that is not in the reader's order
    previous_url: str
    next_url: str
    take_url: str
    links: tuple[ActionLink, ...]
    note_url: str

    @property
    def assignee_words(self) -> str:
        """Return who is assigned to the case, such as "with you"."""
        if self.assignment is None:
            return "with nobody"
        return "with you" if self.is_mine else f"with {self.assignment.assignee.name}"


def case_desk(case: DecidedCase, reader: Trainer, order: list[int]) -> CaseDesk:
    """Return the `CaseDesk` for `reader`. `order` are the primary keys of the cases that they may
    take, in their order.

    Four queries.
    """
    assignment = assignment_of(case)
    trainer = credential_of_case(case).trainer
    knows = knows_trainer(reader, trainer)
    mine = assignment is not None and assignment.assignee_id == reader.pk
    may = reader.has_perm(case.DECIDE) and not knows and reader.pk != trainer.pk and case.is_open
    snooze = snooze_of(case, on=clock.today(settings.TIME_ZONE))
    before, after = neighbours_of(case.pk, order)
    notes = notes_of(case, trainer, reader=reader)[:MOST_NOTES]
    return CaseDesk(
        subject=subject_of(case),
        assignment=assignment,
        is_mine=mine,
        assignee_pk=assignment.assignee_id if assignment else 0,
        snooze=snooze,
        knows=knows,
        notes=list(notes),
        place=f"{order.index(case.pk) + 1} of {len(order)}" if case.pk in order else "",
        previous_url=_url(case, "review", before),
        next_url=_url(case, "review", after),
        take_url="" if mine or not may else _url(case, "take"),
        links=tuple(desk_links(case, snooze=snooze)) if may else (),
        note_url=_url(case, "note") if reader.has_perm("cases.add_note") and reader.pk != trainer.pk else "",
    )


def desk_links(case: DecidedCase, *, snooze: Snooze | None) -> Iterable[ActionLink]:
    """Yield links to what a person who may decide about the case may do with it besides
    deciding.
    """
    yield ActionLink("Assign…", _url(case, "assign"))
    if snooze:
        yield ActionLink("Wake it", _url(case, "wake"), "h")
    elif promise_day(case):
        yield ActionLink("Snooze…", _url(case, "snooze"), "h")
    yield ActionLink("I know this person…", _url(case, "hand-on"))


def order_of(person: Trainer, waiting: "QuerySet[CaseModel]") -> list[int]:
    """Return the primary keys of the cases of `waiting` that `person` may take, those assigned to
    them first. One query.
    """
    found = offered_to(person, waiting, on=clock.today(settings.TIME_ZONE))
    return list(found.values_list("pk", flat=True)[:MOST_IN_ORDER])


def neighbours_of(pk: int, order: list[int]) -> tuple[int | None, int | None]:
    """Return the primary keys before and after `pk` in `order`. When `pk` is not in `order`, return
    (None, the first key).
    """
    if pk not in order:
        return None, order[0] if order else None
    place = order.index(pk)
    return (order[place - 1] if place else None), (order[place + 1] if place + 1 < len(order) else None)


def _url(case: DecidedCase, page: str, pk: int | None = -1) -> str:
    if pk is None:
        return ""
    name = f"admin:{case._meta.app_label}_{case._meta.model_name}_{page}"
    return reverse(name, args=[case.pk if pk == -1 else pk])


# --- lists


@dataclass(frozen=True)
class DeskRow:
    """What a row of a list of cases shows of assignment and snooze. `assignee` is a name, empty for
    an unassigned case.
    """

    assignee: str
    is_mine: bool
    snoozed_until: date | None


def desk_row(case: DeskCase, reader: Trainer) -> DeskRow:
    """Return the `DeskRow` of a case from `with_desk`."""
    return DeskRow(case.assignee_name or "", case.assignee_pk == reader.pk, case.snoozed_until)


def assignee_cell(row: DeskRow, *, decider: str) -> SafeString:
    """Return a cell that says who is assigned: "you" in bold, "nobody" in the muted colour; for a
    decided case, who decided.
    """
    if not row.assignee and decider:
        return format_html("{}", decider)
    if not row.assignee:
        return format_html('<span class="quiet">{}</span>', "nobody")
    return format_html("<strong>{}</strong>", "you") if row.is_mine else format_html("{}", row.assignee)


def time_cell(case: DecidedCase, row: DeskRow, today: date, *, otherwise: str) -> SafeString:
    """Return a table cell with the time left for a case and, below it, the day; late work is red
    and says "late".

    `otherwise` is the text for a case that does not wait for staff.
    """
    if row.snoozed_until:
        return _two_lines("", "Snoozed", f"wakes {day_without_year(row.snoozed_until)}")
    due = promise_day(case)
    if due is None or otherwise.startswith("decided"):
        return format_html("{}", otherwise[:1].upper() + otherwise[1:])
    if due < today:
        late = -business_days_until(due, today)
        words = f"Late: {business_days_words(late)}" if late else "Late since the weekend"
        return _two_lines("late", words, f"promised {day_without_year(due)}")
    left = business_days_until(due, today)
    return _two_lines(
        "", business_days_words(left) if left else "Due today", f"through {day_without_year(due)}"
    )


def business_days_words(number: int) -> str:
    """Return words such as "3 business days"."""
    return count_of(number, "business day")


def checks_cell(passed: int, all_of_them: int) -> SafeString:
    """Return how many checks passed, such as "3 of 4"; marked as a warning unless all did."""
    look = "ok" if passed == all_of_them else "warn"
    icon = render_to_string("includes/staff/icon.html", {"icon": look, "kind": look})
    return format_html('<span class="tag tag-{}">{} {} of {}</span>', look, icon, passed, all_of_them)


def two_lines(first: str, second: str) -> SafeString:
    """Return a table cell with two lines, the second in the muted text colour."""
    return format_html('{}<br><span class="second">{}</span>', first, second)


def _two_lines(look: str, first: str, second: str) -> SafeString:
    return format_html(
        '<strong class="{}">{}</strong><br><span class="second">{}</span>', look, first, second
    )
