"""The text of a policy file with one more version: other figures from a day on.

The version states only the sections that change; everything else it inherits from the versions
before it, as in any policy file.
"""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rules.described import code_in_words
from rules.policy.load import policy_path
from rules.policy.parse import PolicyError, stated_version

SHORTEST = 2  # parts of a place
_HEADER = re.compile(r"""\s*\[\[\s*(?:versions|"versions"|'versions')\s*\]\]\s*(?:#.*)?""")
IN_ONE_LINE = "versions: write each version under its own line [[versions]], so that another can be added."
GONE = "the file has no such figure any more, so it cannot get another value."
NUMBERS, DAYS, WORDS = "numbers", "days", "words"
Content = dict[str, object]
Place = tuple[str, ...]
# Of the sections of a version: which keys of each row, or of the section itself, are edited, and as what.
OF_ROWS: dict[str, tuple[tuple[str, str], ...]] = {
    "categories": (("minimum.value", NUMBERS), ("maximum.value", NUMBERS), ("label", WORDS)),
    "fees": (("amount", NUMBERS), ("label", WORDS), ("text", WORDS), ("explain", WORDS)),
    "tiers": (
        *((key, DAYS) for key in ("from", "after", "through", "before")),
        *((key, WORDS) for key in ("label", "text", "explain")),
    ),
    "limits": (("minimum.value", NUMBERS), ("maximum.value", NUMBERS), ("label", WORDS)),
    "dues": (
        ("amount", NUMBERS),
        ("late_amount", NUMBERS),
        ("grace_days", NUMBERS),
        ("label", WORDS),
        ("text", WORDS),
    ),
    "cards": (("worth", NUMBERS), ("label", WORDS), ("text", WORDS)),
    "acts": (("at_most", NUMBERS), ("answer_days", NUMBERS), ("text", WORDS)),
    "clauses": (("text", WORDS),),
    "readings": (("question", WORDS), ("text", WORDS)),
}
OF_SECTIONS: dict[str, tuple[tuple[str, str], ...]] = {
    "total": (("value", NUMBERS), ("label", WORDS), ("text", WORDS)),
    "cycle": (("length", DAYS), ("text", WORDS)),
    "earning": (*((key, DAYS) for key in ("from", "after", "through", "before")), ("text", WORDS)),
    "carry_over": (("most", NUMBERS), ("text", WORDS)),
}
# Places that are written in short: the figure of a row that is edited most.
SHORT: dict[str, Place] = {"values": ("value",), "fees": ("amount",), "categories": ("minimum", "value")}
SAID = {
    **{"minimum.value": "at least", "maximum.value": "at most", "late_amount": "more when it is late"},
    **{"grace_days": "days of grace", "worth": "what it counts", "answer_days": "days to our answer"},
    **{"at_most": "how often at most", "most": "at most"},
    **{"from": "from", "after": "after", "through": "through", "before": "before"},
    **{
        "label": "its name",
        "text": "its sentence",
        "explain": "its sentence for one person",
        "question": "the question",
    },
}


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
        section, *rest = whole_place(self.place)
        if section in OF_ROWS:
            return ".".join([f"{section}[{rest[0]}]", *rest[1:]])
        return ".".join([section, *rest])


def whole_place(place: Place) -> Place:
    """Return a place with every key, such as ("fees", "late", "amount")."""
    return (*place, *SHORT.get(place[0], ())) if len(place) == SHORTEST else place


def editable_figures(text: str) -> list[EditableFigure]:
    """Return the figures of the newest version of a policy file that can be edited, in its order."""
    return list(_figures(_newest(text)))


def draft_text(text: str, *, first_day: date, changes: Mapping[Place, str]) -> str:
    """Return the file's text with one more version, in force from `first_day`, with other figures. It
    stands before the versions that begin later.

    Raises PolicyError for a figure that the file no longer has, and for a text into which no version
    can be written.
    """
    before = _newest(text, before=first_day)
    after = deepcopy(before)
    gone = [place for place, value in changes.items() if not _set_figure(after, whole_place(place), value)]
    if gone:
        raise PolicyError("the draft", [f"{EditableFigure(one, '', '').path}: {GONE}" for one in gone])
    stated = {name: value for name, value in after.items() if value != before.get(name)}
    lines, place = text.split("\n"), _place_of(text, first_day)
    above, below = "\n".join(lines[:place]).rstrip(), "\n".join(lines[place:]).rstrip("\n")
    return f"{above}\n\n{_block(first_day, stated)}" + (f"\n{below}\n" if below else "")


def first_days(text: str) -> list[date]:
    """Return the first day of each version of a policy file. Raises PolicyError when it has none."""
    try:
        return [version["in_force_from"] for version in tomllib.loads(text)["versions"]]
    except (KeyError, TypeError, ValueError):
        raise PolicyError("the file", ["versions: their first days cannot be read."]) from None


def _place_of(text: str, first_day: date) -> int:
    """Return the line before which a version that begins on `first_day` is written. Raises PolicyError
    when the versions do not begin on lines of their own, as within one list.
    """
    lines, days = text.split("\n"), first_days(text)
    headers = [number for number, line in enumerate(lines) if _HEADER.fullmatch(line)]
    if len(headers) != len(days):
        raise PolicyError("the file", [IN_ONE_LINE])
    later = (place for place, day in zip(headers, days, strict=True) if day > first_day)
    return next(later, len(lines))


def _newest(text: str, before: date | None = None) -> Content:
    """Return the newest version of a policy file, or the newest that begins before a day, with
    everything that it inherits from the versions before it.
    """
    data = tomllib.loads(text)
    path = policy_path(data["code"]) or Path(f"{data['code']}.toml")
    return stated_version(data, path, before=before)


def _figures(version: Content) -> Iterator[EditableFigure]:
    for section, keys in OF_SECTIONS.items():
        table = _table(version.get(section))
        if table:
            yield from _of_table((section,), table, keys, _label(table, section))
    for section, keys in OF_ROWS.items():
        for row in _rows(version.get(section)):
            code = str(row["code"])
            name = code if section in ("clauses", "readings") else _label(row, code)
            yield from _of_table((section, code), row, keys, name)
    for key, figure in _table(version.get("values")).items():
        table = _table(figure)
        if not isinstance(table.get("value"), bool | list):
            yield EditableFigure(("values", key), _label(table, key), str(table.get("value", "")))
        yield from _of_table(("values", key), table, (("text", WORDS),), _label(table, key))


def _of_table(
    place: Place, table: Content, keys: tuple[tuple[str, str], ...], label: str
) -> Iterator[EditableFigure]:
    """Yield what can be edited of one table: a key is there, or is one within a table of the row."""
    for key, kind in keys:
        found = _value_at(table, tuple(key.split(".")))
        if isinstance(found, str | int) and not isinstance(found, bool):
            whole = (*place, *key.split("."))
            short = whole_place(whole[:SHORTEST]) == whole
            said = label if key in ("value", "amount", "length") else f"{label}, {SAID[key]}"
            yield EditableFigure(whole[:SHORTEST] if short else whole, said, str(found), kind)


def _value_at(content: object, keys: Place) -> object:
    """Return the value at a path of keys; rows of a list are found by their code."""
    for key in keys:
        if isinstance(content, list):
            content = next((row for row in _rows(content) if row["code"] == key), None)
        else:
            content = _table(content).get(key)
    return content


def _table(value: object) -> Content:
    return value if isinstance(value, dict) else {}


def _rows(value: object) -> list[Content]:
    rows = value if isinstance(value, list) else []
    return [row for row in rows if isinstance(row, dict) and "code" in row]


def _label(row: Content, code: str) -> str:
    """Return the label of a row; of a short file, its code in words."""
    return str(row.get("label") or code_in_words(code))


def _set_figure(version: Content, place: Place, value: str) -> bool:
    """Set a value at its place; return whether the file has that place. A number that the file writes
    without quotes is written without quotes again.
    """
    table = _table(_value_at(version, place[:-1]))
    if place[-1] not in table:
        return False
    before = table[place[-1]]
    is_number = isinstance(before, int) and not isinstance(before, bool) and value.isdecimal()
    table[place[-1]] = int(value) if is_number else value
    return True


def _block(first_day: date, stated: Mapping[str, object]) -> str:
    lines = ["[[versions]]", f"in_force_from = {first_day.isoformat()}"]
    lines += [f"{name} = {_toml(value)}" for name, value in stated.items() if not isinstance(value, list)]
    for name, rows in stated.items():
        for row in rows if isinstance(rows, list) else ():
            lines += ["", f"[[versions.{name}]]", *(f"{key} = {_toml(value)}" for key, value in row.items())]
    return "\n".join(lines) + "\n"


def _toml(value: object) -> str:
    """Return a value as TOML. Texts are written as JSON, whose escapes TOML also accepts."""
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_toml(one)}" for key, one in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
