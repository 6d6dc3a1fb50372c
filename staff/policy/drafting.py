"""A draft of a policy's next version: other figures from a day on, as text for the policy file.

A draft changes nothing: only the file counts. The draft is the file's text with one more version,
which states only the sections that change, and it is checked like any policy file.
"""

import json
import tomllib
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from staff.policy.files import CheckedFile, check_file

ROWS = {"fees": "amount", "categories": "minimum"}  # lists of tables, and the figure of each row


@dataclass(frozen=True, slots=True)
class EditableFigure:
    """A figure that can be edited: its place, such as ("fees", "late"), its label, and its value as
    text.
    """

    place: tuple[str, str]
    label: str
    value: str

    @property
    def name(self) -> str:
        """Return the name of its field in a form."""
        return "-".join(self.place)

    @property
    def path(self) -> str:
        """Return the path by which problems of a file name the figure, without its version."""
        section, key = self.place
        return {
            "total": "total.value",
            "categories": f"categories[{key}].minimum.value",
            "fees": f"fees[{key}].amount",
        }.get(section, f"values.{key}.value")


def editable_figures(text: str) -> list[EditableFigure]:
    """Return the figures of the newest version of a policy file that can be edited, in its order."""
    return list(_figures(_newest(text)))


def draft_text(text: str, *, first_day: date, changes: Mapping[tuple[str, str], str]) -> str:
    """Return the file's text with one more version, in force from `first_day`, with other figures."""
    before = _newest(text)
    after = deepcopy(before)
    for (section, key), value in changes.items():
        _set(after, section, key, value)
    stated = {name: after[name] for name in after if after[name] != before[name]}
    return f"{text.rstrip()}\n\n{_block(first_day, stated)}"


def check_draft(text: str, code: str) -> CheckedFile:
    """Return the result of checking a draft as the file of the policy `code`."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{code}.toml"
        path.write_text(text, encoding="utf-8")
        return check_file(path)


def _newest(text: str) -> dict[str, object]:
    """Return the newest version of a policy file, with everything that it inherits from the
    versions before it.
    """
    newest: dict[str, Any] = {}
    for version in tomllib.loads(text)["versions"]:
        newest |= version
    return {key: value for key, value in newest.items() if key != "in_force_from"}


def _figures(version: Mapping[str, Any]) -> Iterator[EditableFigure]:
    total = version["total"]
    yield EditableFigure(("total", "value"), total["label"], str(total["value"]))
    for row in version["categories"]:
        if "minimum" in row:
            label = f"{row['label']}, at least"
            yield EditableFigure(("categories", row["code"]), label, str(row["minimum"]["value"]))
    for row in version["fees"]:
        yield EditableFigure(("fees", row["code"]), row["label"], str(row["amount"]))
    for key, figure in version.get("values", {}).items():
        if not isinstance(figure["value"], bool | list):
            yield EditableFigure(("values", key), figure["label"], str(figure["value"]))


def _set(version: dict[str, Any], section: str, key: str, value: str) -> None:
    """Set a figure in its section. A number that the file writes without quotes is written without
    quotes again.
    """
    if section == "total":
        version["total"]["value"] = value
    elif section == "values":
        is_number = isinstance(version["values"][key]["value"], int) and value.isdecimal()
        version["values"][key]["value"] = int(value) if is_number else value
    else:
        row = next(one for one in version[section] if one["code"] == key)
        if section == "categories":
            row["minimum"]["value"] = value
        else:
            row["amount"] = value


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
    return json.dumps(value, ensure_ascii=False)
