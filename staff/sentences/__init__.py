"""How staff read history: one table of sentences for every page that shows history."""

from staff.sentences import cases, desk, employers, house, money, people, providers, webhooks
from staff.sentences.places import EntryInWords as EntryInWords
from staff.sentences.places import MentionedRow as MentionedRow
from staff.sentences.places import history_sentence as history_sentence
from staff.sentences.places import places_of
from staff.sentences.wording import (
    DECISIONS,
    GROUPS,
    MAIL,
    MONEY,
    NOTES,
    RECORD,
    Sentence,
    all_sentences,
    history_in,
    sentence_of,
    word_history,
)

__all__ = [
    "DECISIONS",
    "GROUPS",
    "MAIL",
    "MONEY",
    "NOTES",
    "RECORD",
    "Sentence",
    "Thing",
    "Told",
    "all_sentences",
    "cases",
    "desk",
    "employers",
    "history_in",
    "house",
    "money",
    "people",
    "places_of",
    "providers",
    "sentence_of",
    "tell",
    "webhooks",
    "word_history",
]
