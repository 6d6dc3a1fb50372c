"""What a provider reads about the rows of a report: how many were taken, and each row with its answer."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from providers.judging import JudgedRow
from providers.models import Completion

Outcome, State = Completion.Outcome, Completion.State
_TAGS: dict[str, str] = {Outcome.TAKEN: "ok", Outcome.DUPLICATE: "info"}


@dataclass(frozen=True, slots=True)
class AnsweredRow:
    """A stored row of a report, with its tag. `can_change` is true when it can be corrected."""

    completion: Completion
    tag_kind: str
    tag: str
    line: str
    can_change: bool


def summary_of(judged: Sequence[JudgedRow]) -> str:
    """Return how many rows of a report would be taken and how many not, and why; empty without rows."""
    counts = Counter(one.outcome for one in judged)
    taken = counts.pop(Outcome.TAKEN, 0)
    rest = [f"{counts[one]} {one.label.lower()}" for one in Outcome if counts[one]]
    return f"{taken} of {len(judged)} can be taken{': ' if rest else ''}{', '.join(rest)}." if judged else ""


def answered_rows(completions: Iterable[Completion], *, is_open: bool) -> list[AnsweredRow]:
    """Return the rows of a report's page. `is_open` is true when the report can still be corrected."""
    return [_answered(one, is_open=is_open) for one in completions]


def _answered(one: Completion, *, is_open: bool) -> AnsweredRow:
    if one.state == State.WITHDRAWN:
        words = "You corrected it." if hasattr(one, "replaced_by") else "You took it back."
        return AnsweredRow(one, "", "Withdrawn", words, can_change=False)
    if one.state == State.FOR_STAFF:
        words = "A renewal that was sent includes it, so our staff decide."
        return AnsweredRow(one, "info", "With our staff", words, can_change=False)
    if one.state == State.KEPT:
        return AnsweredRow(one, "ok", "Kept", "Our staff kept it as it was.", can_change=False)
    can_change = is_open and one.state == State.REPORTED
    return AnsweredRow(one, _TAGS.get(one.outcome, "bad"), one.get_outcome_display(), one.words, can_change)
