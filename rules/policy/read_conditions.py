"""Read a condition, `when = {...}`, of a policy file."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from rules.conditions import ALL_FROM
from rules.matching import in_order
from rules.policy.building_blocks import Condition, FactTest, FactValue, PartValue
from rules.policy.families import OwnFact
from rules.policy.samples import COUNTRY, EACH, fits_nobody
from rules.policy.table import Table

DAYS = (
    *("awarded_from", "awarded_through", "received_from", "received_through"),
    *("expires_from", "expires_through"),
)
WHOLES = (
    *("renewal_from", "renewal_through", "age_from", "age_through", "months_from", "months_through"),
    *("begun_from", "begun_through", "also_from", "also_through"),
    *("held_years_from", "held_years_through", EACH),
)
FLAGS = ("member", "completed_after_e", "short")
CODES = ("country", "all_from", "path", "renewed_by", "tier", "also_holds", "unmet")
FIRST_EACH = 2
PATH = "path"
AMONG = "fact"
FACTS = (AMONG, "fact_from", "fact_through")
ANY, NOT = "any", "not"
ALL_KEYS = (*DAYS, *WHOLES, *FLAGS, *CODES, *FACTS, ANY, NOT)
# What is known only once records are counted, and once the tier is known.
ABOUT_COUNTS = ("all_from", "completed_after_e", "unmet", "short")
FOR_PATHS = tuple(key for key in ALL_KEYS if key not in (*ABOUT_COUNTS, "path", "tier"))
FOR_NEEDS = tuple(key for key in ALL_KEYS if key not in ABOUT_COUNTS)
FOR_TIERS = tuple(key for key in ALL_KEYS if key != "tier")
YES_NO, NUMBER, DAY, CHOICE = FACT_KINDS = ("yes_no", "number", "date", "choice")
GIVERS = ("trainer", "staff")  # who states a fact
KIND_TYPES: dict[str, type[FactValue]] = {YES_NO: bool, NUMBER: int, DAY: date, CHOICE: str}


@dataclass
class ConditionReader:
    """A reader of conditions. `named` collects the codes of tiers, paths and needs that conditions
    name; they are checked when all codes are known.
    """

    own_facts: dict[str, OwnFact]
    named: list[tuple[str, str, str]] = field(default_factory=list)

    def read(self, table: Table, allowed: Iterable[str], key: str = "when") -> Condition | None:
        """Return the condition at `key`; None when the table has none."""
        if not table.has(key):
            return None
        noted = len(table.problems)
        condition = self._condition(table.table(key), tuple(allowed))
        if len(table.problems) == noted and fits_nobody(condition):
            table.problem(key, "nobody fits it.")
        return condition

    def _condition(self, table: Table, allowed: tuple[str, ...]) -> Condition:
        for key in ALL_KEYS:
            if table.has(key) and key not in allowed:
                table.problem(key, "cannot be asked here: it is not known yet.")
        keys = [key for key in (*DAYS, *WHOLES, *FLAGS, *CODES) if table.has(key)]
        tests = {key: self._value(table, key) for key in keys}
        facts = tuple(one for key in FACTS if table.has(key) for one in self._facts(table.table(key), key))
        any_of = [self._condition(one, allowed) for one in table.tables(ANY)] if table.has(ANY) else []
        none_of = self._condition(table.table(NOT), allowed) if table.has(NOT) else None
        if not table.data:
            table.problems.append(f"{table.path}: must not be empty.")
        table.close()
        self._check_order(table, tests)
        return Condition(tuple(tests.items()), facts, tuple(any_of), none_of)

    def _value(self, table: Table, key: str) -> PartValue:
        if key in DAYS:
            return table.day(key)
        if key in WHOLES:
            value = table.whole(key)
            if key == EACH and value < FIRST_EACH:
                table.problem(key, "must be at least 2: every renewal has no condition.")
                return FIRST_EACH
            return value
        return table.flag(key) if key in FLAGS else self._codes(table, key)

    def _codes(self, table: Table, key: str) -> tuple[str, ...]:
        codes = tuple(table.codes(key))
        if not codes:
            table.problem(key, "must not be empty.")
        if key == COUNTRY and not all(len(one) == 2 and one.isascii() and one.isupper() for one in codes):
            table.problem(key, "must hold countries in two capital letters, such as US.")
        kind = PATH if key == "renewed_by" else key
        if kind in (PATH, "tier", "unmet", ALL_FROM):
            self.named += [(table.at(key), kind, code) for code in codes]
        return codes

    def _facts(self, table: Table, key: str) -> Iterator[FactTest]:
        for code in table.data:
            own = self.own_facts.get(code)
            if own is None:
                table.problem(code, f"there is no fact of this code; there is: {', '.join(self.own_facts)}.")
            elif key == AMONG:
                yield FactTest(code, among=self._among(table, code, own))
            elif own.kind == DAY and isinstance(table.data[code], str):
                yield FactTest(code, counted_from=table.offset(code, "RSE"), since=key == "fact_from")
            else:
                limit = self._limit(table, code, own)
                yield FactTest(code, first=limit) if key == "fact_from" else FactTest(code, last=limit)

    def _limit(self, table: Table, code: str, own: OwnFact) -> int | date | None:
        wanted = f"a value of a fact of the kind {own.kind}"
        if own.kind == DAY:
            return table.take(code, date, wanted)
        if own.kind == NUMBER:
            return table.take(code, int, wanted)
        table.problem(code, "has no order; only numbers and dates have.")
        return None

    def _among(self, table: Table, code: str, own: OwnFact) -> tuple[FactValue, ...]:
        if own.kind != CHOICE:
            value = table.take(code, KIND_TYPES[own.kind], f"a value of a fact of the kind {own.kind}")
            return () if value is None else (value,)
        chosen = table.codes(code) if isinstance(table.data[code], list) else [table.text(code)]
        if not chosen:
            table.problem(code, "must not be empty.")
        for one in chosen:
            if one not in own.choices:
                table.problem(code, f"{one} is none of {', '.join(own.choices)}.")
        return tuple(chosen)

    def _check_order(self, table: Table, tests: Mapping[str, object]) -> None:
        """Report a pair of limits that no value can meet."""
        for first in (*DAYS, *WHOLES):
            last = f"{first.removesuffix('_from')}_through"
            if first in tests and last in tests and not in_order(tests[first], tests[last]):
                table.problem(first, f"is after {last}: nobody fits.")


def read_own_facts(root: Table) -> dict[str, OwnFact]:
    """Return the facts that the policy itself defines, by code."""
    found = {}
    for table in root.tables("facts") if root.has("facts") else []:
        code, kind = table.code(), table.choice("kind", FACT_KINDS)
        label = table.text("label", default=code.replace("_", " ").capitalize())
        choices = tuple(table.codes("choices"))
        kind = kind if kind in FACT_KINDS else (CHOICE if choices else YES_NO)  # an unknown one is refused
        if (kind == CHOICE) != bool(choices):
            table.problem("choices", "are for the kind choice, and needed there.")
        by = table.choice("by", GIVERS) if table.has("by") else GIVERS[0]
        table.close()
        found[code] = OwnFact(code, label, kind, choices, by)
    return found
