"""The table of sentences: for each kind of row and each verb of its history, how staff read it.

A module of this package, or a room, adds its own with `word_history`. A sentence is a text with
places, such as "{who} approved {it}{ceus}."; `staff.sentences.places` fills each. Two tests check
the table: every verb that a service writes has a sentence, and so has every row of history that any
test writes.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q

DECISIONS, MONEY, MAIL, RECORD, NOTES = "decisions", "money", "mail", "record", "notes"
GROUPS = {DECISIONS: "Decisions", MONEY: "Money", MAIL: "Mail", RECORD: "Record", NOTES: "Notes"}


@dataclass(frozen=True, slots=True)
class Sentence:
    """How one kind of row and verb is shown: the label on the left, the text, and the filter that
    includes it.
    """

    kind: str
    text: str
    group: str
    noun: str  # what a row is called whose name is not known, such as "this renewal"


_SENTENCES: dict[tuple[str, str], Sentence] = {}


def word_history(
    subject: str,
    verbs: Mapping[str, str],
    *,
    kind: str,
    noun: str,
    group: str = RECORD,
    decided: frozenset[str] = frozenset(),
) -> None:
    """Add the sentences for one kind of row, such as "renewals.application", by the verbs of its
    history.

    The verbs in `decided` are shown under the filter for decisions. Raises ValueError for a verb
    that has a sentence already.
    """
    for verb, text in verbs.items():
        if (subject, verb) in _SENTENCES:
            raise ValueError(f"two sentences for {verb} of {subject}")
        _SENTENCES[subject, verb] = Sentence(kind, text, DECISIONS if verb in decided else group, noun)


def sentence_of(subject: str, verb: str) -> Sentence | None:
    """Return the sentence for a kind of row and a verb; None when there is none."""
    return _SENTENCES.get((subject, verb))


def all_sentences() -> Mapping[tuple[str, str], Sentence]:
    """Return every sentence, by (kind of row, verb)."""
    return _SENTENCES


def history_in(group: str) -> Q:
    """Return the condition for rows of history that the filter `group` includes."""
    verbs: dict[str, list[str]] = {}
    for (subject, verb), sentence in _SENTENCES.items():
        if sentence.group == group:
            verbs.setdefault(subject, []).append(verb)
    found = Q(pk__in=[])
    for subject, listed in verbs.items():
        found |= Q(subject__startswith=f"{subject}:", verb__in=listed)
    return found
