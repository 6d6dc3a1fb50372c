"""Read a policy file into frozen values. docs/policy-format.md is the reference of the format."""

import tomllib
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from rules.policy.building_blocks import ANY_HOLDER, PLAIN_FEE, PLAIN_TIER, Holder
from rules.policy.families import NO_FAMILIES
from rules.policy.merge import merge_tables
from rules.policy.model import Figure, Policy, PolicyVersion
from rules.policy.read_conditions import read_own_facts
from rules.policy.sections import VersionReader
from rules.policy.table import Table, is_name
from rules.policy.toml_text import toml_problem
from rules.units import Unit, parse_number

FORMAT = 1
DEEPEST = 5  # how many files may be based on one another in a chain
BASES = Path(__file__).parent / "bases"
POLICIES = Path(__file__).parent / "policies"
searched: list[Path] = [
    BASES,
    POLICIES,
]  # for the file that another is based on, after that file's own folder
MOST_DIGITS = 4


class PolicyError(ValueError):
    """A policy file that cannot be used: its path, and every problem with its key."""

    def __init__(self, file: str, problems: Iterable[str]) -> None:
        self.file = file
        self.problems = tuple(problems)
        super().__init__("\n".join(f"{file}: {problem}" for problem in self.problems))


def read_policy(path: Path, home: Path | None = None) -> Policy:
    """Return the policy in a file, each key of the right type; raises PolicyError. Whether its
    content is consistent is for `check_policy`. `home` is the folder of the file of which this is a
    copy with more versions: what it is based on is looked for there.
    """
    problems: list[str] = []
    data = _load(path)
    short = "based_on" in data
    root = Table(_based(data, (home or path.parent) / path.name), "", problems, [])
    if root.whole("format") != FORMAT:
        root.problem("format", f"must be {FORMAT}.")
    code, title, time_zone = root.name("code"), root.text("title"), _time_zone(root)
    currency, symbol = _currency(root)
    unit, own_facts = _unit(root.table("unit")), read_own_facts(root)
    holder = _holder(root.table("holder")) if root.has("holder") else ANY_HOLDER
    versions = []
    inherited: dict[str, object] = {}
    for table in root.tables("versions", named_by="in_force_from"):
        inherited = table.data = merge_tables(inherited, table.data) if short else {**inherited, **table.data}
        versions.append(VersionReader(table, unit, symbol, own_facts, short).version())
        inherited = {key: value for key, value in inherited.items() if key != "in_force_from"}
    root.close()
    if problems:
        raise PolicyError(str(path), dict.fromkeys(problems))
    wide = bool(own_facts) or any(map(_is_wide, versions))
    return Policy(
        code,
        title,
        time_zone,
        currency,
        symbol,
        unit,
        holder,
        _dated(versions),
        own_facts=tuple(own_facts.values()),
        wide=wide,
        short=short,
    )


def _is_wide(version: PolicyVersion) -> bool:
    """Return whether a version states more than what every policy states, so that `rules/wide.py`
    must answer.
    """
    terms = any(fee.terms != PLAIN_FEE for fee in version.fees)
    terms = terms or version.earning.bounds.first.anchor == "R"
    return terms or version.families != NO_FAMILIES or any(one.terms != PLAIN_TIER for one in version.tiers)


def _based(data: dict[str, object], path: Path, depth: int = 0) -> dict[str, object]:
    """Return the file's content merged with that of the file named by `based_on`. The first version
    of this file starts from the last version of that one.
    """
    if "based_on" not in data:
        return data
    name = data["based_on"]
    folders = (path.parent, *searched) if isinstance(name, str) and is_name(name) else ()
    found = [folder / f"{name}.toml" for folder in folders]
    base_path = next((one for one in found if one.is_file() and one != path), None)
    if base_path is None or depth > DEEPEST:
        raise PolicyError(str(path), [f"based_on: there is no file {name!r} to build on."])
    loaded = _load(base_path)
    base = _based(loaded, base_path, depth + 1)
    ground: dict[str, object] = {}
    for version in _versions(base):
        ground = merge_tables(ground, version) if "based_on" in loaded else {**ground, **version}
    ground.pop("in_force_from", None)
    first, *later = _versions(data) or [{}]
    above = {key: value for key, value in data.items() if key != "based_on"}
    return {**merge_tables(base, above), "versions": [merge_tables(ground, first), *later]}


def stated_version(data: dict[str, object], path: Path, *, before: date | None = None) -> dict[str, object]:
    """Return the newest version of a file's content, or the newest that begins before a day, with all
    that it takes from earlier versions and from the file that it is based on.
    """
    short = "based_on" in data
    found: dict[str, object] = {}
    for number, version in enumerate(_versions(_based(data, path))):
        day = version.get("in_force_from")
        if number == 0 or before is None or (isinstance(day, date) and day < before):
            found = merge_tables(found, version) if short else {**found, **version}
    found.pop("in_force_from", None)
    return found


def _versions(data: dict[str, object]) -> list[dict[str, object]]:
    rows = data.get("versions")
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _load(path: Path) -> dict[str, object]:
    text = ""
    try:
        text = path.read_bytes().decode("utf-8")
        return tomllib.loads(text)
    except OSError as error:
        raise PolicyError(str(path), [f"The file cannot be read: {error.strerror}."]) from None
    except UnicodeDecodeError:
        raise PolicyError(str(path), ["The file is not UTF-8 text."]) from None
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        raise PolicyError(str(path), [f"The file is not TOML: {toml_problem(text, error)}."]) from None


def _time_zone(root: Table) -> str:
    name = root.text("time_zone")
    try:
        ZoneInfo(name or "UTC")
    except (OSError, ValueError, LookupError):
        root.problem("time_zone", f"must be a time zone such as America/Phoenix, not {name!r}.")
    return name


def _currency(root: Table) -> tuple[str, str]:
    currency = root.text("currency")
    if currency and not (
        len(currency) == 3 and currency.isascii() and currency.isupper() and currency.isalpha()
    ):
        root.problem("currency", f"must be three capital letters such as USD, not {currency!r}.")
    return currency, root.text("currency_symbol", default=f"{currency} ")


def _holder(table: Table) -> Holder:
    holder = Holder(table.text("singular"), table.text("plural"))
    table.close()
    return holder


def _unit(table: Table) -> Unit:
    singular, plural = table.text("singular"), table.text("plural")
    digits, shown_digits = table.whole("digits"), table.whole("shown_digits")
    if not shown_digits <= digits <= MOST_DIGITS:
        table.problem("digits", f"must be at least shown_digits and at most {MOST_DIGITS}.")
        digits = shown_digits = MOST_DIGITS
    written = table.text("step")
    step = parse_number(written, digits)
    if written and not step:
        table.problem("step", f"must be more than 0 with at most {digits} decimals, not {written!r}.")
    hours = table.text("contact_hours") if table.has("contact_hours") else None
    if hours and not parse_number(hours, MOST_DIGITS):
        table.problem("contact_hours", f'must be a number in quotes such as "10", not {hours!r}.')
    table.close()
    return Unit(singular, plural, digits, shown_digits, step or 1, hours or None)


def _dated(versions: list[PolicyVersion]) -> tuple[PolicyVersion, ...]:
    """Yield every figure with the day since which it has had its value."""
    dated: list[PolicyVersion] = []
    for version in versions:
        before = {figure.key: figure for figure in dated[-1].stated} if dated else {}
        stated = tuple(_since(figure, before.get(figure.key)) for figure in version.stated)
        dated.append(replace(version, stated=stated))
    return tuple(dated)


def _since(figure: Figure, before: Figure | None) -> Figure:
    if before and replace(before, in_force_from=figure.in_force_from) == figure:
        return before
    return figure
