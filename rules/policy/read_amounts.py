"""Read what one version of a policy states about amounts of records: limits, weights, alternatives,
and amounts for a time that is not whole.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from rules.caps import IN_WORDS, LATER
from rules.days import Bounds
from rules.policy.amounts import (
    BEGUN,
    DOWN,
    NEAREST,
    ONCE,
    ROUNDINGS,
    TIMES_DIGITS,
    UP,
    WHOLE,
    Alternatives,
    Amount,
    Proration,
    RecordLimit,
    RecordWeight,
)
from rules.policy.building_blocks import LimitedRecords, Rule
from rules.policy.model import Figure
from rules.policy.read_conditions import FOR_NEEDS, ConditionReader
from rules.policy.table import Table
from rules.units import Unit, count_of, parse_number
from rules.weights import weight_words

State = Callable[..., Figure]
LIMIT_PERIODS = ("cycle", "year", "calendar_year", "item", "day", "month", "course", "provider")
FOR_MINIMA = LIMIT_PERIODS[:4]
COUNTED = ("amount", "records", "categories", "topics", "providers")
FOR_CAPS = COUNTED[:2]
FOR_YEARS = LIMIT_PERIODS[1:3]
ALTERNATIVES_PER = LIMIT_PERIODS[:2]
EXCESS = ("next", LATER)
PRORATED = ("none", WHOLE, BEGUN)
PARTS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12, "day": 0}
ONE_OF = {"records": "record", "categories": "category", "topics": "topic", "providers": "provider"}
PERCENT_DIGITS = 3
NO_RULE = Rule("", "")


@dataclass
class AmountsReader:
    """A reader of what one version states about amounts of records. `state` records a figure for the
    rules page. Money in its texts begins with `symbol`.
    """

    table: Table
    unit: Unit
    conditions: ConditionReader
    state: State
    lists: dict[str, tuple[str, ...]]
    symbol: str

    def rows(self, key: str) -> list[Table]:
        """Return the rows at `key`; none when the version has no such section."""
        return self.table.tables(key) if self.table.has(key) else []

    def limits(self) -> tuple[RecordLimit, ...]:
        """Return the limits over records."""
        return tuple(map(self._limit, self.rows("limits")))

    def _limit(self, table: Table) -> RecordLimit:
        code = table.code()
        label = table.text("label", default=words_of(code))
        counts = self.choice(table, "counts", COUNTED)
        counts = counts if counts in COUNTED else COUNTED[0]
        of_records = counts != COUNTED[0]
        per = self.choice(table, "per", LIMIT_PERIODS)
        over = self.over(table)
        ends: dict[str, Amount] = {}
        for key, words in (("minimum", "at least"), ("maximum", "at most")):
            if table.has(key):
                grows = key == "minimum" and per != "item"
                row, key_of = table.table(key), f"{key}_{code}"
                ends[key] = self._amount(row, key_of, f"{label}, {words}", counts=counts, grows=grows)
        if not ends:
            table.problem("minimum", "is missing; give a minimum, a maximum or both.")
        if of_records and per == "item":
            table.problem("per", "cannot be item when records are counted.")
        if "minimum" in ends and per not in FOR_MINIMA:
            table.problem("per", f"is for a maximum; a minimum is per {', '.join(FOR_MINIMA)}.")
        if "maximum" in ends and counts not in FOR_CAPS:
            table.problem("counts", f"is for a minimum; a maximum counts {' or '.join(FOR_CAPS)}.")
        when, within = self.conditions.read(table, FOR_NEEDS), self.days_of(table)
        excess, excess_most = self._excess(table, per, counts)
        table.close()
        least, most = ends.get("minimum"), ends.get("maximum")
        return RecordLimit(
            *(code, label, over, least, most, per, counts, when, within),
            excess=excess,
            excess_most=excess_most,
        )

    def _excess(self, table: Table, per: str, counts: str) -> tuple[str, int | None]:
        """Return to which years what is too much in one goes, and how much of it at most."""
        excess = table.choice("excess", EXCESS) if table.has("excess") else ""
        most = None
        if table.has("excess_at_most"):
            records = counts != COUNTED[0]
            most = table.whole("excess_at_most") if records else table.amount("excess_at_most", self.unit)
        if excess and per not in FOR_YEARS:
            table.problem("excess", f"is for a limit per {' or '.join(FOR_YEARS)}.")
        if excess and counts not in FOR_CAPS:
            table.problem("excess", f"is for a limit that counts {' or '.join(FOR_CAPS)}.")
        if most is not None and not excess:
            table.problem("excess_at_most", "is for a limit with excess.")
        return excess, most

    def weights(self) -> tuple[RecordWeight, ...]:
        """Return which records count more or less than their amount."""
        return tuple(map(self._weight, self.rows("weights")))

    def _weight(self, table: Table) -> RecordWeight:
        code = table.code()
        label = table.text("label", default=words_of(code))
        times = parse_number(table.text("times"), TIMES_DIGITS) or 0
        if not times or times == ONCE:
            table.problem("times", 'must be a number in quotes such as "2" or "0.5", more than 0, and not 1.')
        weight = RecordWeight(
            code,
            label,
            self.over(table),
            NO_RULE,
            times,
            first=table.amount("first", self.unit) if table.has("first") else None,
            beyond=table.amount("beyond", self.unit) if table.has("beyond") else 0,
            per=self.choice(table, "per", LIMIT_PERIODS),
            rounds=self.choice(table, "rounds", (DOWN, UP, NEAREST)),
            when=self.conditions.read(table, FOR_NEEDS),
            within=self.days_of(table),
        )
        if "per" in table.data and weight.first is None and not weight.beyond:
            table.problem("per", "is for a weight with first or beyond.")
        words = f"{weight_words(weight, self.unit)}{IN_WORDS.get(weight.per, '')}"
        rule = rule_of(self.state(table, f"weight_{code}", words, label))
        table.close()
        return replace(weight, rule=rule)

    def alternatives(self) -> tuple[Alternatives, ...]:
        """Return the requirements of which some of several ways are enough."""
        return tuple(map(self._alternatives, self.rows("alternatives")))

    def _alternatives(self, table: Table) -> Alternatives:
        code = table.code()
        label = table.text("label", default=words_of(code))
        at_least = table.whole("at_least") if table.has("at_least") else 1
        ways = tuple(self._ways(table))
        if not 1 <= at_least < len(ways):
            table.problem("of", "must be more ways than are needed, and at least one is needed.")
        per = self.choice(table, "per", ALTERNATIVES_PER)
        words = f"{at_least} of {len(ways)}{IN_WORDS.get(per, '')}"
        rule = rule_of(self.state(table, f"alternatives_{code}", words, label))
        when = self.conditions.read(table, FOR_NEEDS)
        table.close()
        return Alternatives(code, label, rule, ways, at_least, when, per)

    def _ways(self, table: Table) -> Iterator[tuple[str, ...]]:
        for way in table.take("of", list, "a list of codes, or of lists of codes") or []:
            codes = way if isinstance(way, list) else [way]
            if codes and all(isinstance(one, str) for one in codes):
                yield tuple(map(str, codes))
                self.conditions.named += [(table.at("of"), "way", str(one)) for one in codes]
            else:
                table.problem("of", "must hold codes of requirements, or lists of them.")

    def proration(self, table: Table, to: int) -> Proration | None:
        """Return how an amount is made for a time that is not whole; None when it is not. `to` is what
        the file gives at that key: the amount of which the result is a multiple, or 0.
        """
        counts = self.choice(table, "prorated", PRORATED)
        by = self.choice(table, "by", tuple(PARTS))
        rounds = self.choice(table, "rounds", ROUNDINGS)
        if counts in PRORATED[1:]:
            return Proration(counts, PARTS.get(by, 1), rounds, to)
        for key in ("by", "rounds", "to"):
            if table.has(key):
                table.problem(key, 'is for prorated = "whole" or "begun".')
        return None

    def days_of(self, table: Table) -> Bounds | None:
        """Return the days of the cycle that a rule is about; None when it names none."""
        return table.bounds("SER") if any(map(table.has, ("from", "after", "through", "before"))) else None

    def _amount(
        self,
        table: Table,
        key: str,
        label: str,
        counts: str = COUNTED[0],
        grows: bool = True,
        closes: bool = True,
    ) -> Amount:
        """Return an amount; one that `grows` may be more for each year that began after E."""
        percent, rounds = None, ""
        if counts != COUNTED[0]:
            value = table.whole("value")
            words = count_of(value, ONE_OF[counts], counts)
        elif table.has("percent") and closes:
            value, percent = 0, self._percent(table)
            words = f"{table.text('percent')} % of what the cycle needs"
            rounds = table.choice("rounds", ROUNDINGS) if table.has("rounds") else ""
        elif table.has("none") and table.flag("none"):
            value, words = 0, "none"
        else:
            value = table.amount("value", self.unit)
            words = self.unit.words(value)
        each_year, more = self.each_year(table, counts) if grows else (0, "")
        figure = self.state(table, key, f"{words}{more}", label)
        if closes:
            table.close()
        return Amount(value, rule_of(figure), each_year, percent, rounds)

    def each_year(self, table: Table, counts: str = COUNTED[0]) -> tuple[int, str]:
        """Return what is needed in addition for each year that began after E, and its words."""
        if not table.has("each_year"):
            return 0, ""
        if counts != COUNTED[0]:
            many = table.whole("each_year")
            words = count_of(many, ONE_OF[counts], counts)
        else:
            many = table.amount("each_year", self.unit)
            words = self.unit.words(many)
        return many, f", and {words} for each year that began after expiration"

    def _percent(self, table: Table) -> int | None:
        share = parse_number(table.text("percent"), PERCENT_DIGITS)
        if not share or share > 100 * 10**PERCENT_DIGITS:
            table.problem("percent", 'must be a number in quotes such as "50", more than 0 and at most 100.')
        return share

    def over(self, table: Table, key: str = "over") -> LimitedRecords:
        """Return which records a rule is about; all records when the key is absent."""
        if not table.has(key):
            return LimitedRecords()
        row = table.table(key)
        names = ("categories", "topics", "providers", "outside", "formats")
        found = {name: tuple(row.codes(name)) for name in names}
        for name, codes in found.items():
            known = self.lists.get("providers" if name == "outside" else name)
            for code in codes:
                if known is not None and code not in known:
                    row.problem(name, f"{code} is not known; there is: {', '.join(known) or 'none'}.")
        if not any(found.values()):
            row.problem("categories", "is missing; name categories, topics, providers or formats.")
        if found["providers"] and set(found["providers"]) <= set(found["outside"]):
            row.problem("outside", "leaves none of the providers.")
        row.close()
        return LimitedRecords(**found)

    def choice(self, table: Table, key: str, choices: tuple[str, ...]) -> str:
        """Return the word at `key`, or the first of `choices` when the key is absent."""
        return table.choice(key, choices) if table.has(key) else choices[0]


def rule_of(figure: Figure) -> Rule:
    """Return where a figure is stated."""
    return Rule(figure.clause, figure.text, figure.in_source)


def words_of(code: str) -> str:
    """Return a code as words, for a label that the file leaves out."""
    return code.replace("_", " ").capitalize()
