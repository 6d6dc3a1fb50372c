"""Names: how a person's name is stored, which changes of it are free (Q28), which typed names match
it in the public check (Q29), and how names of courses and providers are compared.
"""

import re
import unicodedata
from functools import lru_cache

LONGEST_NAME = 120
_JOINERS = "\u200c\u200d"  # between letters of some scripts, joiners change how a word is read
_BLANK_LETTERS = "\u115f\u1160\u3164\uffa0"  # letters by their Unicode category, but invisible
_INVISIBLE = ("Cc", "Cf", "Cn", "Co", "Cs")
# The general accents. Marks of other blocks are vowels of their script, and another vowel is another name.
_ACCENTS = range(0x0300, 0x0370)
_WITHOUT_A_BASE = {"æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ı": "i", "ĸ": "k", "ŋ": "n"}
_SUFFIXES = frozenset("jr sr jnr snr ii iii iv v 2nd 3rd 4th".split())


def clean_name(text: str) -> str:
    """Return a name as it is stored and compared: composed letters (NFC), single spaces, no
    invisible characters.

    A joiner between two letters stays, because it changes how a name is read.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    seen = "".join(c for c in text if c.isspace() or not _is_invisible(c))
    return unicodedata.normalize("NFC", " ".join(filter(None, (w.strip(_JOINERS) for w in seen.split()))))


def fold_title(text: str) -> str:
    """Return a course's title or a provider's name in the form that is compared: without
    differences of case, spaces and Unicode composition. Accents stay: another accent makes another
    word.
    """
    return unicodedata.normalize("NFKC", clean_name(text)).casefold()


def is_a_name(text: str) -> bool:
    """Return whether `text` has 1 to 120 characters, one of them a visible letter."""
    letters = (c for c in text if unicodedata.category(c).startswith("L") and c not in _BLANK_LETTERS)
    return len(text) <= LONGEST_NAME and any(letters)


def is_respelled(before: str, after: str) -> bool:
    """Return whether two names differ in case, accents, spacing or the order of whole words alone (Q28)."""
    old, new = _fold(before), _fold(after)
    return "".join(old.split()) == "".join(new.split()) or sorted(old.split()) == sorted(new.split())


def answers_to(name: str, typed: str) -> bool:
    """Return whether `typed`, folded, is the whole name or its last words before Jr, Sr, II … (Q29).

    Case, accents, punctuation and spaces make no difference. A hyphen joins: "Smith-Jones" is one word.
    """
    if typed == name and name.isascii():
        return any(map(str.isalnum, name))
    asked = "".join(_words(typed))
    words = _words(name)
    ends = _without_suffixes(words)
    starts = range(len(ends))
    known = {"".join(words[n:]) for n in starts} | {"".join(ends[n:]) for n in starts}
    return bool(asked) and asked in known


def search_words(text: str) -> list[str]:
    """Return the folded words by which a name is found, in their order and each once.

    A name of several parts is found by each part and by all of them together: "O'Brien-Smith" is
    obrien, smith and obriensmith.
    """
    found: list[str] = []
    for whole in _fold(text.replace("´", "’")).split():  # folded, ´ would be a space and an accent
        parts = re.split(r"[^\w]+", re.sub(r"['’`]", "", whole).replace("_", " "))
        found += [*parts, "".join(parts)]
    return [word for word in dict.fromkeys(found) if word]


def _without_suffixes(words: list[str]) -> list[str]:
    while len(words) > 1 and words[-1] in _SUFFIXES:
        words = words[:-1]
    return words


def _words(text: str) -> list[str]:
    """Return the folded words of a name, of letters, their marks and digits alone."""
    spaced = re.sub(r"[,;]", " ", _fold(text))
    if spaced.isascii():
        return re.sub("[^a-z0-9 ]", "", spaced).split()
    kept = "".join(c for c in spaced if c == " " or unicodedata.category(c)[0] in "LMN")
    return kept.split()


def _fold(text: str) -> str:
    """Return the cleaned name without case, accents and joiners."""
    cleaned = clean_name(text)
    if cleaned.isascii():
        return cleaned.casefold()
    flat = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", cleaned).casefold())
    return "".join(_base_of(c) for c in flat if ord(c) not in _ACCENTS and c not in _JOINERS)


@lru_cache(maxsize=4096)
def _base_of(character: str) -> str:
    """Return the letter below a stroke or hook, which Unicode does not decompose: ł is l, ø is o."""
    base, joined, _ = unicodedata.name(character, "").partition(" WITH ")
    if joined and re.fullmatch("LATIN SMALL LETTER [A-Z]", base):
        return unicodedata.lookup(base)
    return _WITHOUT_A_BASE.get(character, character)


def _is_invisible(character: str) -> bool:
    unseen = unicodedata.category(character) in _INVISIBLE or character in _BLANK_LETTERS
    return unseen and character not in _JOINERS
