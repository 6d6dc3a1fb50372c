"""The text of a policy file with one more version: other figures from a day on.

The version states only the sections that change; everything else it inherits from the versions
before it, as in any policy file.
"""

import json
import re
import tomllib
from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from pathlib import Path

from cases.policy_figures import (
    Content,
    EditableFigure,
    Place,
    figures_of,
    table_of,
    value_at,
    value_like,
    whole_place,
)
from rules.policy.load import policy_path
from rules.policy.parse import PolicyError, stated_version

_HEADER = re.compile(r"""\s*\[\[\s*(?:versions|"versions"|'versions')\s*\]\]\s*(?:#.*)?""")
IN_ONE_LINE = "versions: write each version under its own line [[versions]], so that another can be added."
GONE = "the file has no such figure any more, so it cannot get another value."


def editable_figures(text: str, before: date | None = None) -> list[EditableFigure]:
    """Return the figures that can be edited of the newest version of a policy file, or of the newest that
    begins before a day, in its order.
    """
    return list(figures_of(_newest(text, before)))


def figures_in_file(path: Path, home: Path | None, before: date | None = None) -> list[EditableFigure]:
    """Return the same as `editable_figures` of a file that may stand anywhere; what it builds on is looked
    for beside it, or in `home`.
    """
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return list(figures_of(stated_version(data, (home or path.parent) / path.name, before=before)))


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


def _set_figure(version: Content, place: Place, value: str) -> bool:
    """Set a value at its place, written as the one before it; return whether the file has that place."""
    table = table_of(value_at(version, place[:-1]))
    if place[-1] not in table:
        return False
    table[place[-1]] = value_like(table[place[-1]], value)
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
