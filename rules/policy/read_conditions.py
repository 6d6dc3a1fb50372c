"""Read a condition, `when = {...}`, of a policy file."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from rules.policy.families import OwnFact
from rules.policy.table import Table
from rules.policy.terms import Condition

DAYS = ("awarded_from", "awarded_through", "received_from", "received_through")
WHOLES = ("renewal_from", "renewal_through", "age_from", "age_through", "months_from", "months_through")
FLAGS = ("member", "completed_after_e", "short")
CODES = ("country", "all_from", "path", "tier", "also_holds", "unmet")
FACTS = ("fact", "fact_from", "fact_through")
ALL_KEYS = (*DAYS, *WHOLES, *FLAGS, *CODES, *FACTS, "any", "not")
# What is known only once records are counted, and once the tier is known.
ABOUT_COUNTS = ("all_from", "completed_after_e", "unmet", "short")
FOR_PATHS = tuple(key for key in ALL_KEYS if key not in (*ABOUT_COUNTS, "path", "tier"))
FOR_NEEDS = tuple(key for key in ALL_KEYS if key not in ABOUT_COUNTS)
FOR_TIERS = tuple(key for key in ALL_KEYS if key != "tier")
YES_NO, NUMBER, DAY, CHOICE = FACT_KINDS = ("yes_no", "number", "date", "choice")
KIND_TYPES: dict[str, type] = {YES_NO: bool, NUMBER: int, DAY: date, CHOICE: str}


@dataclass
class ConditionReader:
    """A reader of conditions. `named` collects the codes of tiers, paths and needs that conditions
    name; they are checked when all codes are known.
    """

    own_facts: dict[str, OwnFact]
    named: list[tuple[str, str, str]] = field(default_factory=list)

    def read(self, table: Table, allowed: Iterable[str], key: str = "when") -> Condition | None:
        """Return the condition at `key`; None when the table has none."""
        return self._condition(table.table(key), tuple(allowed)) if table.has(key) else None

    def _condition(self, table: Table, allowed: tuple[str, ...]) -> Condition:
        tests = []
        for key in ALL_KEYS:
            if table.has(key):
                tests.append((key, self._value(table, key, allowed)))
                if key not in allowed:
                    table.problem(key, "cannot be asked here: it is not known yet.")
        if not table.data:
            table.problems.append(f"{table.path}: must not be empty.")
        table.close()
        self._check_order(table, dict(tests))
        return Condition(tuple(tests))

    def _value(self, table: Table, key: str, allowed: tuple[str, ...]) -> Any:
        if key in DAYS:
            return table.day(key)
        if key in WHOLES:
            return table.whole(key)
        if key in FLAGS:
            return table.flag(key)
        if key in CODES:
            return self._codes(table, key)
        if key in FACTS:
            return self._facts(table.table(key), key)
        if key == "not":
            return self._condition(table.table(key), allowed)
        return tuple(self._condition(one, allowed) for one in table.tables(key))

    def _codes(self, table: Table, key: str) -> tuple[str, ...]:
        codes = tuple(table.codes(key))
        if not codes:
            table.problem(key, "must not be empty.")
        if key in ("path", "tier", "unmet"):
            self.named += [(table.at(key), key, code) for code in codes]
        return codes

    def _facts(self, table: Table, key: str) -> tuple[tuple[str, Any], ...]:
        found = []
        for code in table.data:
            own = self.own_facts.get(code)
            if own is None:
                table.problem(code, f"there is no fact of this code; there is: {', '.join(self.own_facts)}.")
                continue
            found.append((code, self._wanted(table, code, own, key)))
        return tuple(found)

    def _wanted(self, table: Table, code: str, own: OwnFact, key: str) -> Any:
        kind = KIND_TYPES[own.kind]
        if key != "fact":
            if own.kind not in (NUMBER, DAY):
                table.problem(code, "has no order; only numbers and dates have.")
            return table.take(code, kind, f"a value of a fact of the kind {own.kind}")
        if own.kind != CHOICE:
            return (table.take(code, kind, f"a value of a fact of the kind {own.kind}"),)
        chosen = table.codes(code) if isinstance(table.data[code], list) else [table.text(code)]
        for one in chosen:
            if one not in own.choices:
                table.problem(code, f"{one} is none of {', '.join(own.choices)}.")
        return tuple(chosen)

    def _check_order(self, table: Table, tests: dict[str, Any]) -> None:
        """Report a pair of limits that no value can meet."""
        for key in (*DAYS, *WHOLES):
            first, last = f"{key.removesuffix('_from')}_from", f"{key.removesuffix('_from')}_through"
            if key == first and first in tests and last in tests and tests[first] > tests[last]:
                table.problem(first, f"is after {last}: nobody fits.")


def read_own_facts(root: Table) -> dict[str, OwnFact]:
    """Return the facts that the policy itself defines, by code."""
    found = {}
    for table in root.tables("facts") if root.has("facts") else []:
        code, kind = table.code(), table.choice("kind", FACT_KINDS)
        label = table.text("label", default=code.replace("_", " ").capitalize())
        choices = tuple(table.codes("choices"))
        if (kind == CHOICE) != bool(choices):
            table.problem("choices", "are for the kind choice, and needed there.")
        table.close()
        found[code] = OwnFact(code, label, kind, choices)
    return found
