"""A renewal that rests on a petition: what it waits for, and what happens in each case, by date
(Q15, Q16).
"""

from django.urls import reverse

from cases.pages import StateCard
from core.constraints import certain
from core.deadlines import near_day
from core.templatetags.words import day
from petitions.models import Petition
from renewals.pages.home.case import Case
from renewals.pages.home.words import next_step
from rules.last_days import correction_days_left


def not_decided(case: Case) -> str:
    """Return what it waits for, and what happens in each case."""
    return f"{_waits_for(case)} {_either_way(case)}"


def answer_step(case: Case) -> tuple[str, str]:
    """Return (button, path) of the first petition that waits for the trainer's answer, else two
    empty texts.
    """
    asked = (one for one in case.hoped_petitions if one.state == Petition.State.QUESTION)
    first = next(asked, None)
    return (
        ("Answer our question", reverse("petitions:petition", args=[first.reference])) if first else ("", "")
    )


def _waits_for(case: Case) -> str:
    """Return what is not decided, and by when we answer."""
    return " ".join(_one(case, petition) for petition in case.hoped_petitions)


def _either_way(case: Case) -> str:
    """Return what happens when the course counts, and when it does not."""
    unit, days = case.policy.unit, _days_to_correct(case)
    short = unit.words(case.standing.total.missing)
    last_day = day(case.standing.dates.completion_deadline)
    course = "it" if len(case.hoped_petitions) == 1 else "them"
    return (
        f"If we count {course}, your renewal is complete at once. If not, you have {days} days to bring {short} "
        f"at the same price, with courses that you finished through {last_day}."
    )


def _days_to_correct(case: Case) -> int:
    """Return how many days a return would give, now that earlier ones used some up (Q25)."""
    figures = case.policy.version_on(case.today)
    spent = case.in_hand.correction_days_spent if case.in_hand else 0
    return correction_days_left(figures.correction_days, spent, figures.correction_days_least)


def _one(case: Case, petition: Petition) -> str:
    asked = case.policy.unit.words(petition.asked_hundredths or 0)
    name = f"“{petition.title}” ({petition.reference}, {asked})"
    if petition.answer_due_on is None:
        last_day = near_day(certain(petition.question_through), case.today)
        return f"We asked you something about {name}. Answer by the end of {last_day}."
    if petition.answer_due_on < case.today:
        return f"We wanted to decide about {name} by the end of {day(petition.answer_due_on)} and are late."
    return f"We decide about {name} by the end of {near_day(petition.answer_due_on, case.today)}."


def with_next_step(case: Case, tag_kind: str, tag: str, heading: str, line: str) -> StateCard:
    """Return the card whose button is the next thing that is possible."""
    return StateCard(tag_kind, tag, heading, line, *next_step(case))


def with_missing(case: Case, line: str) -> str:
    """Return `line` with what is missing before it.

    When petitions cover what is missing, their outcomes follow `line` instead.
    """
    if case.rests_on_petitions:
        return f"{line} {not_decided(case)}"
    return f"{case.missing}. {line}" if case.missing else line
