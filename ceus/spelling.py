"""Words of the catalogue that may be meant by a mistyped word: one letter wrong, missing, added, or
swapped with the next.

The database is asked for a few candidates by an exact key, so that SQLite and PostgreSQL find the
same words; Python computes how close each candidate is.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, product

from ceus.models import WordKey

SHORTEST = 4  # shorter words are not corrected: too many others are like them
HEADS = (4, 5, 6)  # beginnings of a word that are indexed, in letters
LONG = 8  # in words of at least so many letters, two mistakes are allowed
MOST_CLOSE, MOST_TRIES = 3, 6
AT_ONCE = 500  # words that one statement asks about


def word_keys(word: str) -> set[str]:
    """Return the keys under which a word is indexed: each variant of its first 4, 5 and 6 letters
    that leaves one letter out. A word of 3 to 5 letters is a key itself as well.
    """
    keys = {key for size in HEADS if len(word) >= size for key in _one_left_out(word[:size])}
    return keys | ({word} if HEADS[0] - 1 <= len(word) < HEADS[-1] else set())


def remember_words(texts: Iterable[str]) -> None:
    """Index the words of `texts`, search texts of courses. Idempotent."""
    words = sorted({word for text in texts for word in text.split() if len(word) >= SHORTEST - 1})
    for start in range(0, len(words), AT_ONCE):
        some = words[start : start + AT_ONCE]
        known = set(WordKey.objects.filter(word__in=some).values_list("word", flat=True))
        keys = [WordKey(key=key, word=word) for word in some if word not in known for key in word_keys(word)]
        WordKey.objects.bulk_create(keys, batch_size=1_000, ignore_conflicts=True)


def close_words(typed: str) -> list[str]:
    """Return up to 3 words of the catalogue that begin like `typed` except for a mistake, the
    closest first.
    """
    if len(typed) < SHORTEST:
        return []
    keys = _one_left_out(typed[: HEADS[-1]])
    found = WordKey.objects.filter(key__in=keys).values_list("word", flat=True).distinct()
    slips = 2 if len(typed) >= LONG else 1
    ranked = sorted((_slips(typed, word), len(word), word) for word in found)
    close: list[str] = []
    for distance, _, word in ranked:
        if 0 < distance <= slips and not word.startswith(tuple(close)):
            close.append(word)
    return close[:MOST_CLOSE]


def other_spellings(words: Sequence[str], known: Sequence[bool]) -> Iterator[str]:
    """Yield up to 6 other spellings of `words`, the closest first. `known` tells for each word
    whether the catalogue has it.
    """
    choices = [
        [*([word] if here else []), *close_words(word)] for word, here in zip(words, known, strict=True)
    ]
    texts = (" ".join(chosen) for chosen in product(*choices))
    yield from islice((text for text in texts if text != " ".join(words)), MOST_TRIES)


def _one_left_out(text: str) -> set[str]:
    return {text[:n] + text[n + 1 :] for n in range(len(text))}


def _slips(typed: str, word: str) -> int:
    """Return how many letters must be changed, added, removed or swapped with the next one until
    `word` begins with `typed`.
    """
    before: list[int] = []
    row = list(range(len(word) + 1))
    for n, letter in enumerate(typed, 1):
        now = [n]
        for m, other in enumerate(word, 1):
            best = min(row[m] + 1, now[m - 1] + 1, row[m - 1] + (letter != other))
            if n > 1 and m > 1 and (letter, typed[n - 2]) == (word[m - 2], other):
                best = min(best, before[m - 2] + 1)
            now.append(best)
        before, row = row, now
    return min(row)
