"""Actions on many cases at once: assign, snooze, approve those that pass every check. Each case is
handled on its own.

The page says to how many of the chosen rows the action applies, and why not to the others. When
that has changed by the time the form is sent, the page says so, and nothing is done.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from cases import services
from cases.desk import assigned_to, colleagues_with
from cases.listing import pending_until
from cases.locking import credential_of_case
from cases.models import Conflict
from cases.promises import promise_day
from cases.protocols import DecidedCase
from core import clock
from core.errors import Refusal
from core.templatetags.words import day
from staff.actions import Action, Answers
from staff.desk.forms import ColleagueChoice, business_days, day_choice, snooze_reason
from staff.forms import ChosenForm
from trainers.models import Trainer

MOST_ROWS = 100  # nobody chooses more rows than this one by one
NAMED = 5  # rows that a message names
# why it does not apply to a row, such as "has an open audit"; empty when it does
CaseRow = TypeVar("CaseRow", bound=DecidedCase)
Why = Callable[[CaseRow, Answers], str]


@dataclass(frozen=True)
class ChosenRows(Generic[CaseRow]):
    """The chosen rows: those to which the action applies, and the others with the reason why it
    does not.
    """

    applicable: list[CaseRow]
    left: list[tuple[CaseRow, str]]

    @property
    def key(self) -> str:
        """Return the text that the page posts back, to prove which rows it named."""
        return ",".join(str(row.pk) for row in self.applicable)

    @property
    def words(self) -> str:
        """Return a sentence such as "It applies to 1 of 2: R-7KQ2MD has an open audit." for the
        page.
        """
        every = len(self.applicable) + len(self.left)
        return f"It applies to {len(self.applicable)} of {every}{left_words(self.left)}."


def sort_chosen(rows: Sequence[CaseRow], why: Why[CaseRow], answers: Answers) -> ChosenRows[CaseRow]:
    """Return the rows to which the action applies with these answers, and those to which it does
    not.
    """
    reasons = [(row, why(row, answers)) for row in rows]
    return ChosenRows([row for row, reason in reasons if not reason], [one for one in reasons if one[1]])


def left_words(left: Sequence[tuple[DecidedCase, str]]) -> str:
    """Return which rows are left out and why, as the end of a sentence; "" when there are none."""
    if not left:
        return ""
    named = [f"{row.reference} {reason}" for row, reason in left[:NAMED]]
    more = [f"{len(left) - NAMED} more"] if len(left) > NAMED else []
    return f": {'; '.join([*named, *more])}"


class BulkForm(ChosenForm):
    """The form of an action on many rows. `applies` are the rows that the page named.

    When the form comes straight from the list, nothing is confirmed yet, so nothing is an error.
    """

    rows: ClassVar[Sequence[Any]] = ()
    why: ClassVar[tuple[Why[Any]]]  # in a tuple, because a function of a class would become a method
    applies = forms.CharField(required=False, widget=forms.HiddenInput, max_length=4000)

    def __init__(self, data: Any = None, **options: Any) -> None:
        self._seen = data.get("applies") if data else None
        if data and "confirmed" not in data:
            options["initial"] = {**(options.get("initial") or {}), "action": data.get("action", "")}
            data = None
        super().__init__(data, **options)
        self.initial["applies"] = sort_chosen(self.rows, self.why[0], {}).key
        if data is None:
            self.initial.setdefault("_selected_action", self.keys)

    def clean(self) -> dict[str, object]:
        answers = super().clean() or {}
        if self.errors:
            return answers
        now = sort_chosen(self.rows, self.why[0], answers)
        if self._seen is not None and self._seen != now.key:
            vars(self)["data"]["applies"] = now.key  # a copy of ours, which the page shows again
            raise ValidationError(
                f"{now.words} Nothing is done yet: send it again if that is right.", code="newer"
            )
        return answers


def bulk_action(
    rows: Sequence[CaseRow],
    *,
    title: str,
    button: str,
    why: Why[CaseRow],
    do_one: Callable[[CaseRow, Answers], object],
    done: Callable[[Answers], str],
    fields: dict[str, forms.Field] | None = None,
    lines: Sequence[str] = (),
) -> Action:
    """Return the action that calls `do_one` for each row to which it applies. `done` returns the
    participle for the sentence about the result.
    """

    def do(answers: Answers) -> str:
        now = sort_chosen(rows, why, answers)
        left, count = list(now.left), 0
        for row in now.applicable:
            try:
                do_one(row, answers)
                count += 1
            except Refusal as refusal:
                left.append((row, f"was left, because: {str(refusal).rstrip('.')}"))
        words = f"{count} of {len(rows)} {done(answers)}"
        return f"{words}. Left as they were{left_words(left)}." if left else f"{words}."

    first = sort_chosen(rows, why, {})
    made = {"keys": [str(row.pk) for row in rows], "rows": rows, "why": (why,), **(fields or {})}
    return Action(
        title=title,
        button=f"{button} {len(first.applicable)}" if first.applicable else "",
        do=do,
        form=type("BulkRowsForm", (BulkForm,), made),
        lines=(*lines, first.words),
        rows=[f"{row.reference}, {row.trainer.name}" for row in first.applicable if row.trainer],
        asks_first=True,
    )


def known_pairs(rows: Sequence[DecidedCase]) -> set[tuple[int, int]]:
    """Return the pairs (colleague, trainer) who know each other, for the trainers of `rows`. One
    query.
    """
    trainers = [credential_of_case(row).trainer_id for row in rows]
    found = Conflict.objects.filter(trainer__in=trainers).order_by()
    return set(found.values_list("colleague_id", "trainer_id"))


def why_not_theirs(case: DecidedCase, by: Trainer, known: set[tuple[int, int]]) -> str:
    """Return why `by` may do nothing with this case; empty when they may."""
    trainer = credential_of_case(case).trainer_id
    if trainer == by.pk:
        return "is your own"
    if (by.pk, trainer) in known:
        return "is of somebody whom you know"
    return "" if case.is_open else "has ended"


def assign_these(rows: Sequence[DecidedCase], by: Trainer) -> Action:
    """Return the action that assigns the rows to one colleague, or to nobody."""
    known, assignees = known_pairs(rows), assigned_to(rows)

    def why(case: DecidedCase, answers: Answers) -> str:
        to, trainer = answers.get("to"), credential_of_case(case).trainer_id
        if to and (to.pk, trainer) in known:
            return f"is of somebody whom {to.name} knows"
        if to and to.pk == trainer:
            return f"is {to.name}'s own"
        return why_not_theirs(case, by, known)

    def do_one(case: DecidedCase, answers: Answers) -> None:
        assignee = assignees[case.pk].assignee if case.pk in assignees else None
        asked: Any = {"by": by, "at": clock.now(), "instead_of": assignee}
        if answers["to"] is None:
            services.unassign_case(case, **asked)
        else:
            services.assign_case(case, to=answers["to"], **asked)

    colleagues = colleagues_with(rows[0].DECIDE)
    return bulk_action(
        rows,
        title="Assign these cases",
        button="Assign",
        why=why,
        do_one=do_one,
        done=lambda answers: f"given to {answers['to'].name}" if answers["to"] else "given to nobody",
        fields={"to": ColleagueChoice(colleagues, you=by, nobody="Nobody", label="Who gets them")},
    )


def snooze_these(rows: Sequence[DecidedCase], by: Trainer) -> Action:
    """Return the action that snoozes the rows until a day."""
    known, today = known_pairs(rows), clock.today(settings.TIME_ZONE)

    def why(case: DecidedCase, answers: Answers) -> str:
        due, until = promise_day(case), answers.get("until")
        if pending_until(case):
            return "is decided already"
        if due is None:
            return "does not wait for us"
        if due <= today:
            return "is due already"
        if until and until > due:
            return f"is due on {day(due)}"
        return why_not_theirs(case, by, known)

    def do_one(case: DecidedCase, answers: Answers) -> None:
        asked = {name: answers[name] for name in ("until", "reason")}
        services.snooze_case(case, by=by, at=clock.now(), **asked)

    return bulk_action(
        rows,
        title="Snooze these cases",
        button="Snooze",
        why=why,
        do_one=do_one,
        done=lambda answers: f"put off until {day(answers['until'])}",
        fields={"until": day_choice(business_days(today, None)), "reason": snooze_reason()},
    )
