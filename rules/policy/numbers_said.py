"""The numbers that a sentence says, each with what it is a number of: in digits and in words, "90 days",
"two years", "half a year", "one in ten". Dates, ordinals and the numbers of clauses and days are none.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

MONEY, PERCENT = "money", "percent"
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
# Not amounts: 2027-01-01; S6; (3); 30th; 31 January; January 31, 2027; section 4; day 90.
_LEFT_OUT = re.compile(
    rf"\d{{4}}-\d\d-\d\d|\b[A-Za-z]+\d[\w.]*|\(\d+\)|\b\d+(?:st|nd|rd|th)\b"
    rf"|\b\d{{1,2}} (?:{MONTHS})\b|\b(?:{MONTHS}) \d{{1,2}}\b(?:, \d{{4}})?|§ ?[\d.]+"
    r"|\b(?:section|clause|rule|article|part|page|chapter|number|no\.|form|level|step|day) \d[\d.]*\b",
    re.IGNORECASE,
)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")
_TOKEN = re.compile(r"\d+(?:\.\d+)?|[^\W\d_]+|[^\w\s]")
_SMALL = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS = {word: number for number, word in enumerate(_SMALL, start=1)}
_WORDS |= {word: 10 * number for number, word in enumerate(_TENS, start=2)}
_ORDINALS = {"other": 2, "second": 2, "third": 3, "fourth": 4, "fifth": 5}
_TIMES = ("day", "week", "month", "year", "hour", "minute", "time")
ONE, HALF = Fraction(1), Fraction(1, 2)
_MONEY_WORDS = {"dollar": ONE, "euro": ONE, "pound": ONE, "cent": Fraction(1, 100)}
# In one measure: 2 years are 24 months, 2 weeks are 14 days.
_MEASURES = {"year": ("month", 12), "week": ("day", 7)}
# Between a number and its noun stand at most three words, and none of these.
_FURTHEST = 3
_ENDS_PHRASE = frozenset(
    "of for in to per each every a an the and or are is from within after before at on with by until than".split()
)
_JOINS = frozenset(["of", "to", "or", "and", "-", "–", "the", "your", "these", "those"])


@dataclass(frozen=True, slots=True)
class SaidNumber:
    """A number of a sentence: "2 years" is 2 of the kind "year", "$5" is 5 of "money". With `more` it is
    how much more, as in "one cycle more".
    """

    kind: str
    number: Fraction
    more: bool = False

    @property
    def measured(self) -> tuple[str, Fraction]:
        """Return kind and number with years as months and weeks as days."""
        kind, times = _MEASURES.get(self.kind, (self.kind, 1))
        return kind, self.number * times


@dataclass(slots=True)
class _Found:
    """A number and where its words begin and end among all words."""

    number: Fraction
    first: int
    after: int
    kind: str = ""


def numbers_said(text: str, nouns: Collection[str] = (), symbol: str = "$") -> list[SaidNumber]:
    """Return the numbers of a sentence. `nouns` are what else it may count, in the singular and in small
    letters; `symbol` stands before amounts of money.
    """
    tokens = _tokens(text, symbol)
    found = list(_numbers(tokens))
    known = {*nouns, *_TIMES, *_MONEY_WORDS}
    said: list[SaidNumber] = []
    following = None
    for one in reversed(found):
        more = _give_kind(one, following, tokens, known)
        said.append(SaidNumber(one.kind, one.number, more))
        following = one
    return _shares(found, tokens, list(reversed(said)))


def singular_of(word: str) -> str:
    """Return a noun in small letters, without the s of the plural."""
    return word.lower().removesuffix("s")


def _tokens(text: str, symbol: str) -> list[str]:
    plain = _THOUSANDS.sub("", _LEFT_OUT.sub(" ; ", _with_money(text, symbol)))
    return [token.lower() for token in _TOKEN.findall(plain)]


def _with_money(text: str, symbol: str) -> str:
    """Return the text with "$" before each amount of money that has a sign of money, or its code."""
    signs = rf"(?:{re.escape(symbol.strip())}|[$€£¥₹]|\b[A-Z]{{3}} )"
    return re.sub(rf"{signs}\s*(?=\d)", " $", text)


def _numbers(tokens: list[str]) -> Iterator[_Found]:
    """Yield each number, in digits or in words."""
    place = 0
    while place < len(tokens):
        one = _number_at(tokens, place)
        if one is None:
            place += 1
            continue
        yield one
        place = one.after


def _number_at(tokens: list[str], place: int) -> _Found | None:
    word, rest = tokens[place], tokens[place + 1 : place + 4]
    if word == "half":
        return _half(place, rest)
    if word == "every" and rest and (rest[0] in _ORDINALS or singular_of(rest[0]) in _TIMES):
        ordinal = rest[0] in _ORDINALS
        return _Found(Fraction(_ORDINALS.get(rest[0], 1)), place, place + 1 + ordinal)
    if word in ("once", "twice"):
        return _Found(Fraction(1 if word == "once" else 2), place, place + 1, "time")
    found = _in_digits_or_words(tokens, place)
    if found and tokens[found.after : found.after + 3] == ["and", "a", "half"]:
        return _Found(found.number + HALF, place, found.after + 3)
    return found


def _half(place: int, rest: list[str]) -> _Found | None:
    """Return half of something: "half a year", "half-year"; "half of" and "half the" are 50 percent."""
    if rest[:1] in (["of"], ["the"]):
        return _Found(Fraction(50), place, place + 1, PERCENT)
    skipped = sum(one in ("a", "an", "-") for one in rest[:1])
    known = len(rest) > skipped and singular_of(rest[skipped]) in _TIMES
    return _Found(HALF, place, place + 1 + skipped) if skipped or known else None


def _in_digits_or_words(tokens: list[str], place: int) -> _Found | None:
    word = tokens[place]
    if word[0].isdecimal():
        return _Found(Fraction(word), place, place + 1)
    number, after = _WORDS.get(word), place + 1
    if number is None:
        return None
    unit = after + (tokens[after : after + 1] == ["-"])
    if word in _TENS and unit < len(tokens) and _WORDS.get(tokens[unit], 10) < 10:
        number, after = number + _WORDS[tokens[unit]], unit + 1
    if tokens[after : after + 1] == ["hundred"]:
        number, after = number * 100, after + 1
        rest = _in_digits_or_words(tokens, after + 1) if tokens[after : after + 1] == ["and"] else None
        if rest:
            number, after = number + int(rest.number), rest.after
    return _Found(Fraction(number), place, after)


def _give_kind(one: _Found, following: _Found | None, tokens: list[str], known: set[str]) -> bool:
    """Set what a number is a number of; return whether it says how much more."""
    if one.kind:
        return one.kind == "time" and tokens[one.first] == "once"  # "once" also means "as soon as"
    if one.first and tokens[one.first - 1] == "$":
        one.kind = MONEY
        return False
    place = one.after + (tokens[one.after : one.after + 1] == ["-"])
    if tokens[place : place + 1] in (["%"], ["percent"]) or tokens[place : place + 2] == ["per", "cent"]:
        one.kind = PERCENT
        return False
    until = len(tokens) if following is None else following.first
    is_more = tokens[place : place + 1] == ["more"]
    place += is_more
    for noun_at in range(place, min(place + _FURTHEST + 1, until)):
        noun = singular_of(tokens[noun_at])
        if noun in known:
            one.kind = MONEY if noun in _MONEY_WORDS else noun
            one.number *= _MONEY_WORDS.get(noun, ONE)
            return is_more or tokens[noun_at + 1 : noun_at + 2] == ["more"]
        if noun in _ENDS_PHRASE or not noun.isalpha():
            break
    if following and set(tokens[one.after : following.first]) <= _JOINS:
        one.kind = following.kind
        return False
    if place < until and tokens[place].isalpha() and tokens[place] not in _ENDS_PHRASE:
        one.kind = singular_of(tokens[place])
    return is_more


def _shares(found: list[_Found], tokens: list[str], said: list[SaidNumber]) -> list[SaidNumber]:
    """Return the numbers with "one in ten" as 10 percent."""
    parts = {}
    for number, (one, other) in enumerate(pairwise(found)):
        between = tokens[one.after : other.first]
        if between in (["in"], ["out", "of"]) and other.number and said[number + 1].kind not in _TIMES:
            parts[number] = SaidNumber(PERCENT, 100 * one.number / other.number)
    return [
        parts.get(number, one)
        for number, one in enumerate(said)
        if number - 1 not in parts or number in parts
    ]
