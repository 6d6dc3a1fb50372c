"""What the first lines of many services share: whether a workflow may take a step, and words that a person must write."""

from typing import Any

from core.errors import Refusal


def check_step(row: Any, state: str, sentence: str, *, verb: str, refusal: type[Refusal]) -> None:
    """Raise `refusal` unless `state` is one step from where the row stands.

    `sentence` has places for both: "A petition that is {state} cannot be {verb}."
    """
    if state not in row.TRANSITIONS[row.state]:
        words = sentence.format(state=row.get_state_display().lower(), verb=verb)
        raise refusal(words, code="out_of_order")


def check_words(words: str, *, field: str, what: str, longest: int, refusal: type[Refusal]) -> str:
    """The words without blank ends; raises `refusal` when there are none or too many."""
    words = words.strip()
    if not words:
        raise refusal(f"Write {what}.", code="no_words", field=field)
    if len(words) > longest:
        raise refusal(f"Use at most {longest} characters.", code="words_length", field=field)
    return words
