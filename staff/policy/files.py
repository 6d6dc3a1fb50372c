"""A policy file as an author works on it: its problems with their lines, and its policy when there are none."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from rules.policy.load import load_policy_file, policy_path, wrong_name_sentence
from rules.policy.model import Policy
from rules.policy.parse import PolicyError

_HEADER = re.compile(r"^\s*\[(\[?)\s*([\w.-]+)\s*\]?\]")
_KEY = re.compile(r"^\s*([\w-]+)\s*=")
_NAME = re.compile(r"^\s*(?:code|in_force_from)\s*=\s*\"?([^\"#\s]+)")
_INLINE_ROW = re.compile(r"\{(?:[^{}\"]|\"[^\"]*\")*?\bcode\s*=\s*\"([^\"]+)\"")
_AT_LINE = re.compile(r"at line (\d+)")
_PATH = re.compile(r"^([\w-]+(?:\[[^\]]*\])?(?:\.[\w-]+(?:\[[^\]]*\])?)*)(?=[:\s]|$)")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a file, and the line that it is about; 0 when it is about the whole file."""

    line: int
    sentence: str


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A policy file that was read; `policy` is None when it has problems."""

    path: Path
    policy: Policy | None
    problems: tuple[Problem, ...]


def check_file(path: Path, home: Path | None = None, *, texts: bool = True) -> CheckedFile:
    """Return the policy in a file, or every problem of it at once, in the order of its lines. `home`
    is the folder of the file of which this is a copy; without `texts` the numbers in its texts are no problem.
    """
    try:
        policy = load_policy_file(path, home, texts=texts)
    except PolicyError as error:
        return CheckedFile(path, None, located_problems(path, error.problems))
    if policy.code != path.stem:
        return CheckedFile(path, None, located_problems(path, [f"code: {wrong_name_sentence(policy.code)}"]))
    return CheckedFile(path, policy, ())


def located_problems(path: Path, sentences: "list[str] | tuple[str, ...]") -> tuple[Problem, ...]:
    """Return the problems of a file with the lines that they are about."""
    try:
        lines = lines_of_keys(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        lines = {}
    found = [Problem(_line_of(sentence, lines), sentence) for sentence in sentences]
    return tuple(sorted(found, key=lambda one: one.line))


def lines_of_keys(text: str) -> dict[str, int]:
    """Return the line of each key and of each row of a policy file, by the path that messages use,
    such as "versions[2000-01-01].fees[late].amount".

    Of a row that is written within one line, only the row itself has an entry, not its keys.
    """
    lines, found = text.split("\n"), dict[str, int]()
    prefix, key_path, names = "", "", dict[str, str]()
    for number, line in enumerate(lines, start=1):
        if header := _HEADER.match(line):
            is_row, dotted = bool(header[1]), header[2]
            if is_row:
                names[dotted] = _name_of_row(lines[number:])
            prefix = _named(dotted, names)
            found.setdefault(prefix, number)
            continue
        if key := _KEY.match(line):
            key_path = f"{prefix}.{key[1]}" if prefix else key[1]
            found.setdefault(key_path, number)
        for code in _INLINE_ROW.findall(line):
            found.setdefault(f"{key_path}[{code}]", number)
    return found


def _name_of_row(lines: list[str]) -> str:
    """Return the name of a row of a list: its code, or the day from which a version is in force."""
    for line in lines:
        if _HEADER.match(line):
            break
        if name := _NAME.match(line):
            return name[1]
    return "?"


def _named(dotted: str, names: dict[str, str]) -> str:
    """Return a header with the names of the rows that it lies in: "versions[2000-01-01].cycle"."""
    parts = list(_rising(dotted))
    return ".".join(f"{part}[{names[whole]}]" if whole in names else part for part, whole in parts)


def _rising(dotted: str) -> Iterator[tuple[str, str]]:
    whole = ""
    for part in dotted.split("."):
        whole = f"{whole}.{part}" if whole else part
        yield part, whole


def _line_of(sentence: str, lines: dict[str, int]) -> int:
    if told := _AT_LINE.search(sentence):
        return int(told[1])
    match = _PATH.match(sentence)
    path = match[1] if match else ""
    version, inside, _ = path.partition("].")
    found = _nearest(path, lines)
    if not inside or len(found) > len(version) + 1:
        return lines.get(found, 0)
    # A section that a version takes from the one before stands there.
    before = [one for one in _versions_in(lines) if one < f"{version}]"]
    inherited = (_nearest(path.replace(f"{version}]", one, 1), lines) for one in reversed(before))
    return lines.get(next((one for one in inherited if "]." in one), found), 0)


def _nearest(path: str, lines: dict[str, int]) -> str:
    """Return the path, or else the nearest table around it that has a line; empty when none has."""
    while path and path not in lines:
        whole, _, last = path.rpartition(".")
        path = path.rpartition("[")[0] if last.endswith("]") else whole
    return path


def _versions_in(lines: dict[str, int]) -> list[str]:
    return sorted(
        path for path in lines if path.startswith("versions[") and path.endswith("]") and "." not in path
    )


def check_draft(text: str, code: str) -> CheckedFile:
    """Return the result of checking a draft as the file of the policy `code`. Texts that say other numbers
    are shown beside it, not refused.
    """
    own = policy_path(code)
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{code}.toml"
        path.write_text(text, encoding="utf-8")
        return check_file(path, own.parent if own else None, texts=False)
