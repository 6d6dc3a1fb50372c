"""Which figures and words of a policy file can be edited: everything in a version that is an amount, a day, a
number or a sentence. What is left is structure: codes, lists of codes, choices between words, yes and no.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from rules.described import code_in_words

SHORTEST = 2  # parts of a place
NUMBERS, DAYS, WORDS = "numbers", "days", "words"
Content = dict[str, object]
Place = tuple[str, ...]
# Sections in the order of the page; those with rows, in which a place names the row by its code.
TABLES = (
    *("total", "cycle", "earning", "carry_over", "reporting", "receipt", "repeats", "several", "audit"),
    *("not_yet", "no_longer"),
)
ROWS = (
    *("categories", "fees", "tiers", "limits", "weights", "alternatives", "needs", "paths", "cards", "dues"),
    *("acts", "conversions", "clauses", "readings"),
)
CALENDARS = "reminders"  # a table of rows for each calendar
LISTS = ("instead", "later", "any")  # within a row: rows without a code, counted from 1
# Places that are written in short: the figure of a row that is edited most.
SHORT: dict[str, Place] = {"values": ("value",), "fees": ("amount",), "categories": ("minimum", "value")}
# The keys of figures and words, with what is said after the label of their row; with "" that label is enough.
_NUMBERS = {
    **{"value": "", "amount": "", "percent": "percent", "each_year": "more for each year late"},
    **{"late_amount": "more when it is late", "grace_days": "days of grace", "worth": "what it counts"},
    **{"answer_days": "days to our answer", "most": "at most", "of": "for how many"},
    **{"each": "for each", "to": "in multiples of", "times": "times", "beyond": "beyond"},
    **{"excess_at_most": "of the excess at most", "days": "days", "uses_at_most": "how often in a lifetime"},
    **{
        "arrives_within_days": "days to arrive",
        "including": "including",
        "below": "only below",
        "for_days": "for so many days",
    },
}
_DAYS = {
    **{"length": "", "from": "from", "after": "after", "through": "through", "before": "before"},
    **{"on": "on", "since": "counted after", "every": "how often", "fixed_days": "days of the year"},
    **{"next_length": "length of the next cycle", "lasts": "how long one lasts", "not_within": "not within"},
}
_WORDS = {
    **{"label": "its name", "text": "its sentence", "explain": "its sentence for one person"},
    **{"question": "the question"},
}
_OTHERS = {  # keys that mean something else in another table
    **{("at_most", "acts"): "how often at most", ("at_most", "first"): "at most"},
    **{("at_least", "first"): "at least"},
    **{("at_least", "alternatives"): "how many ways", ("at_least", "needs"): "at least"},
    **{("first", "dues"): "first day", ("first", "weights"): "only the first"},
}
_WITHIN = {
    **{
        "minimum": "at least",
        "maximum": "at most",
        "first": "the first cycle",
        "less": "less",
        "more": "more",
    },
    **{"instead": "instead", "later": "later", "when": "for whom", "always": "always drawn", "any": "one of"},
    **{"years": "all in one year", "not": "not", "fact_from": "at least", "fact_through": "at most"},
}
_LIMITS = ("_from", "_through", "_each")  # of conditions, such as age_from
_TOLD = (
    "value",
    "amount",
    "percent",
    "length",
    "from",
    "after",
    "through",
    "before",
    "worth",
    "most",
    "times",
)


@dataclass(frozen=True, slots=True)
class EditableFigure:
    """A figure or words that can be edited: the place, such as ("fees", "late"), a label, the value as
    text, and what it is: numbers, days or words.
    """

    place: Place
    label: str
    value: str
    kind: str = NUMBERS

    @property
    def name(self) -> str:
        """Return the name of its field in a form."""
        return "-".join(self.place)

    @property
    def path(self) -> str:
        """Return the path by which problems of a file name it, without its version."""
        parts: list[str] = []
        above = ""
        for part in whole_place(self.place):
            is_row = above in LISTS or (len(parts) == 1 and parts[0] in ROWS)
            is_row = is_row or (len(parts) == SHORTEST and parts[0] == CALENDARS and above != "")
            if is_row:
                parts[-1] += f"[{part}]"
            else:
                parts.append(part)
            above = "" if is_row else part
        return ".".join(parts)

    @property
    def is_told(self) -> bool:
        """Return whether the rules page states it as a figure of its own, so that comparing two versions
        tells its change.
        """
        whole = whole_place(self.place)
        inner = whole[1:-1] if whole[0] in TABLES else whole[2:-1]
        return self.kind == WORDS or (whole[-1] in _TOLD and set(inner) <= {"minimum", "maximum"})


def whole_place(place: Place) -> Place:
    """Return a place with every key, such as ("fees", "late", "amount")."""
    return (*place, *SHORT.get(place[0], ())) if len(place) == SHORTEST else place


def figures_of(version: Content) -> Iterator[EditableFigure]:
    """Yield the figures and words of a version, the tables first."""
    for section in TABLES:
        table = table_of(version.get(section))
        yield from _of_table((section,), table, _label(table, section), section)
    for section in ROWS:
        for row in rows_of(version.get(section)):
            code = str(row["code"])
            name = code if section in ("clauses", "readings") else _label(row, code)
            yield from _of_table((section, code), row, name, section)
    for calendar, rows in table_of(version.get(CALENDARS)).items():
        for row in rows_of(rows):
            code, label = str(row["code"]), f"{code_in_words(calendar)} reminder {row['code']}"
            yield from _of_table((CALENDARS, calendar, code), row, label, CALENDARS)
    for key, figure in table_of(version.get("values")).items():
        table = table_of(figure)
        yield from _of_table(("values", key), table, _label(table, key), "values")


def figure_changes(before: Iterable[EditableFigure], after: Iterable[EditableFigure]) -> list[str]:
    """Return a sentence for each figure that is another, of those which the rules page does not state as
    figures of their own.
    """
    old = {one.place: one.value for one in before}
    return [
        f"{one.label} becomes {one.value}; it was {old[one.place]}."
        for one in after
        if not one.is_told and old.get(one.place, one.value) != one.value
    ]


def value_at(content: object, keys: Place) -> object:
    """Return the value at a path of keys; rows of a list are found by their code, or counted from 1."""
    for key in keys:
        content = _row_at(content, key) if isinstance(content, list) else table_of(content).get(key)
    return content


def value_like(before: object, value: str) -> object:
    """Return a typed value as the file writes it: a number without quotes, a day, or a list of either
    where `before` is one; any other as text.
    """
    if isinstance(before, list):
        parts = [part.strip() for part in value.split(",") if part.strip()]
        return [int(part) if part.isdecimal() else part for part in parts]
    if isinstance(before, int) and not isinstance(before, bool) and value.isdecimal():
        return int(value)
    if isinstance(before, date):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return value


def table_of(value: object) -> Content:
    """Return a table of the file; an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def rows_of(value: object) -> list[Content]:
    """Return the rows with a code of a list of the file; none for anything else."""
    rows = value if isinstance(value, list) else []
    return [row for row in rows if isinstance(row, dict) and "code" in row]


def _row_at(rows: list[object], key: str) -> object:
    coded = next((row for row in rows_of(rows) if row["code"] == key), None)
    counted = key.isdecimal() and 1 <= int(key) <= len(rows)
    return rows[int(key) - 1] if coded is None and counted else coded


def _of_table(place: Place, table: Content, label: str, kind: str) -> Iterator[EditableFigure]:
    """Yield what can be edited of one table: numbers and days, those of the tables in it, and words."""
    words = [key for key in table if key in _WORDS]
    for key, value in table.items():
        said = _said(key, kind, value)
        if said is not None:
            yield _figure((*place, key), f"{label}, {said}" if said else label, value, _kind_of(key))
    for key, value in table.items():
        yield from _within((*place, key), key, value, label)
    for key in words:
        if isinstance(table[key], str):
            yield _figure((*place, key), f"{label}, {_WORDS[key]}", table[key], WORDS)


def _within(place: Place, key: str, value: object, label: str) -> Iterator[EditableFigure]:
    """Yield what can be edited of a table within a table, or of each row of a list within it."""
    if key not in _WITHIN:
        return
    named = f"{label}, {_WITHIN[key]}"
    if key in ("fact_from", "fact_through"):
        for code, limit in table_of(value).items():
            yield _figure((*place, code), f"{named} {code_in_words(code).lower()}", limit, DAYS)
    elif isinstance(value, list):
        for number, row in enumerate(value, start=1):
            yield from _of_table((*place, str(number)), table_of(row), f"{named} {number}", key)
    else:
        yield from _of_table(place, table_of(value), named, key)


def _said(key: str, kind: str, value: object) -> str | None:
    """Return what is said of a key after its row's label; None for what is no figure."""
    if isinstance(value, bool | dict) or not _is_plain(value):
        return None
    if (key, kind) in _OTHERS:
        return _OTHERS[key, kind]
    if key == "at_most":
        return "at most in all"
    if kind in ("when", "always", "any", "not") and key.endswith(_LIMITS):
        return key.replace("_", " ")
    return None if isinstance(value, list) and key == "of" else {**_NUMBERS, **_DAYS}.get(key)


def _is_plain(value: object) -> bool:
    """Return whether a value can be typed: a text, a number, a day, or a list of texts or numbers."""
    if isinstance(value, list):
        return all(isinstance(one, str | int) and not isinstance(one, bool) for one in value)
    return isinstance(value, str | int | date)


def _kind_of(key: str) -> str:
    return DAYS if key in _DAYS else NUMBERS


def _figure(place: Place, label: str, value: object, kind: str) -> EditableFigure:
    short = whole_place(place[:SHORTEST]) == place
    shown = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return EditableFigure(place[:SHORTEST] if short else place, label, shown, kind)


def _label(row: Mapping[str, object], code: str) -> str:
    """Return the label of a row; of a short file, its code in words."""
    return str(row.get("label") or code_in_words(code))
