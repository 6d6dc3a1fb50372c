"""Read what one version of a policy requires beyond total and categories: other totals, limits,
requirements about facts, paths, cards and carry-over.
"""

from collections.abc import Callable
from dataclasses import dataclass

from rules.days import Bounds, Offset
from rules.policy.building_blocks import LimitedRecords, Rule
from rules.policy.families import Amount, Card, CarryOver, ForEach, Need, OtherTotal, Path, RecordLimit
from rules.policy.lengths import months_at
from rules.policy.model import Figure
from rules.policy.read_conditions import DAY as DAY_KIND
from rules.policy.read_conditions import FOR_NEEDS, FOR_PATHS, NUMBER, ConditionReader
from rules.policy.table import Table
from rules.units import Unit, count_of, parse_number

State = Callable[..., Figure]
RECEIPT_DAY = Bounds(Offset("R"), Offset("R"), includes_first=True, includes_last=True)
LIMIT_PERIODS = ("cycle", "year", "calendar_year", "item", "day", "month", "course", "provider")
FOR_MINIMA = LIMIT_PERIODS[:4]
COUNTED = ("amount", "records", "categories", "topics", "providers")
FOR_CAPS = COUNTED[:2]
ONE_OF = {"records": "record", "categories": "category", "topics": "topic", "providers": "provider"}
PERCENT_DIGITS = 3


@dataclass
class NeedsReader:
    """A reader of the requirements of one version. `state` records a figure for the rules page."""

    table: Table
    unit: Unit
    conditions: ConditionReader
    state: State
    lists: dict[str, tuple[str, ...]]

    def rows(self, key: str) -> list[Table]:
        """Return the rows at `key`; none when the version has no such section."""
        return self.table.tables(key) if self.table.has(key) else []

    def totals(self, total: Table) -> tuple[OtherTotal, ...]:
        """Return the other totals: `instead` of the usual one."""
        found = []
        for number, row in enumerate(_rows_of(total, "instead"), start=1):
            amount = self._amount(row, f"total_{number}", "Instead", closes=False)
            when = self.conditions.read(row, FOR_NEEDS)
            if when is None:
                row.problem("when", "is missing: this would always hold.")
            else:
                found.append(OtherTotal(when, amount))
            row.close()
        return tuple(found)

    def for_each(self, total: Table, key: str) -> ForEach | None:
        """Return what the total has `less` or `more` for each one of a fact; None when it has not."""
        if not total.has(key):
            return None
        table = total.table(key)
        fact, each = table.text("fact"), table.amount("each", self.unit)
        own = self.conditions.own_facts.get(fact)
        if fact and (own is None or own.kind != NUMBER):
            table.problem("fact", f"there is no fact {fact} of the kind number; declare it under [[facts]].")
        most = table.amount("at_most", self.unit) if table.has("at_most") else None
        words = self.unit.words(each) + (f", at most {self.unit.format(most)}" if most else "")
        label = table.text("label", default=f"{key.capitalize()} for each: {own.label if own else fact}")
        rule = rule_of(self.state(table, f"total_{key}", words, label))
        table.close()
        return ForEach(fact, each, rule, most)

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
                ends[key] = self._amount(
                    table.table(key), f"{key}_{code}", f"{label}, {words}", counts=counts
                )
        if not ends:
            table.problem("minimum", "is missing; give a minimum, a maximum or both.")
        if of_records and per == "item":
            table.problem("per", "cannot be item when records are counted.")
        if "minimum" in ends and per not in FOR_MINIMA:
            table.problem("per", f"is for a maximum; a minimum is per {', '.join(FOR_MINIMA)}.")
        if "maximum" in ends and counts not in FOR_CAPS:
            table.problem("counts", f"is for a minimum; a maximum counts {' or '.join(FOR_CAPS)}.")
        when, within = self.conditions.read(table, FOR_NEEDS), self.days_of(table)
        table.close()
        least, most = ends.get("minimum"), ends.get("maximum")
        return RecordLimit(code, label, over, least, most, per, counts, when, within)

    def days_of(self, table: Table) -> Bounds | None:
        """Return the days of the cycle that a rule is about; None when it names none."""
        return table.bounds("SER") if any(map(table.has, ("from", "after", "through", "before"))) else None

    def _amount(
        self, table: Table, key: str, label: str, counts: str = "amount", closes: bool = True
    ) -> Amount:
        percent = None
        if counts != COUNTED[0]:
            value = table.whole("value")
            words = count_of(value, ONE_OF[counts], counts)
        elif table.has("percent") and closes:
            value, percent = 0, self._percent(table)
            words = f"{table.text('percent')} % of what the cycle needs"
        elif table.has("none") and table.flag("none"):
            value, words = 0, "none"
        else:
            value = table.amount("value", self.unit)
            words = self.unit.words(value)
        each_year, more = self.each_year(table)
        figure = self.state(table, key, f"{words}{more}", label)
        if closes:
            table.close()
        return Amount(value, rule_of(figure), each_year, percent)

    def each_year(self, table: Table) -> tuple[int, str]:
        """Return what is needed in addition for each year that began after E, and its words."""
        amount = table.amount("each_year", self.unit) if table.has("each_year") else 0
        more = f", and {self.unit.words(amount)} for each year that began after expiration"
        return amount, more if amount else ""

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
        row.close()
        return LimitedRecords(**found)

    def choice(self, table: Table, key: str, choices: tuple[str, ...]) -> str:
        """Return the word at `key`, or the first of `choices` when the key is absent."""
        return table.choice(key, choices) if table.has(key) else choices[0]

    def needs(self) -> tuple[Need, ...]:
        """Return the requirements about facts."""
        return tuple(map(self._need, self.rows("needs")))

    def _need(self, table: Table) -> Need:
        code, fact = table.code(), table.text("fact")
        own = self.conditions.own_facts.get(fact)
        if fact and own is None:
            table.problem("fact", f"there is no fact {fact}; declare it under [[facts]].")
        among = tuple(table.codes("among"))
        at_least = table.whole("at_least") if table.has("at_least") else None
        within = table.bounds("SER") if any(map(table.has, ("from", "after", "through", "before"))) else None
        if own and (at_least is not None) != (own.kind == NUMBER):
            table.problem("at_least", "is for facts of the kind number, and needed there.")
        if own and (within is not None) != (own.kind == DAY_KIND):
            table.problem("from", "is for facts of the kind date, and needed there.")
        label = table.text("label", default=own.label if own else words_of(code))
        words = within.words() if within else str(at_least) if at_least is not None else "yes"
        figure = self.state(table, f"need_{code}", words, label)
        when = self.conditions.read(table, FOR_NEEDS)
        table.close()
        return Need(code, label, fact, rule_of(figure), among, at_least, within, when)

    def paths(self) -> tuple[Path, ...]:
        """Return the ways to renew."""
        return tuple(map(self._path, self.rows("paths")))

    def _path(self, table: Table) -> Path:
        code = table.code()
        label = table.text("label", default=words_of(code))
        figure = self.state(table, f"path_{code}", "one way to renew", label)
        path = Path(
            code=code,
            label=label,
            rule=rule_of(figure),
            credits=table.flag("credits", default=True),
            cards=table.flag("cards", default=True),
            adds=tuple(table.codes("adds")),
            in_place_of=tuple(table.codes("in_place_of")),
            tiers=tuple(table.codes("tiers")),
            lifetime=table.flag("lifetime", default=False),
            next_months=months_at(table, "next_length") if table.has("next_length") else None,
            when=self.conditions.read(table, FOR_PATHS),
        )
        self.conditions.named += [(table.at("tiers"), "tier", one) for one in path.tiers]
        self.conditions.named += [(table.at("adds"), "fee", one) for one in (*path.adds, *path.in_place_of)]
        table.close()
        return path

    def cards(self) -> tuple[Card, ...]:
        """Return the cards that must be current."""
        return tuple(map(self._card, self.rows("cards")))

    def _card(self, table: Table) -> Card:
        code = table.code()
        label = table.text("label", default=words_of(code))
        span = table.bounds("RSE") if any(map(table.has, ("from", "after"))) else RECEIPT_DAY
        figure = self.state(table, f"card_{code}", span.words(), label)
        category = table.code("category") if table.has("category") else None
        if category and category not in self.lists["categories"]:
            table.problem("category", f"there is no category {category}.")
        worth = table.amount("worth", self.unit) if table.has("worth") else 0
        card = Card(
            code=code,
            label=label,
            rule=rule_of(figure),
            span=span,
            formats=tuple(table.codes("formats")),
            served_by=tuple(table.codes("served_by")),
            needed=table.flag("needed", default=True),
            worth=worth,
            category=category,
            when=self.conditions.read(table, FOR_NEEDS),
        )
        table.close()
        return card

    def carry_over(self) -> CarryOver | None:
        """Return what is carried over to the next cycle; None when the version does not say."""
        if not self.table.has("carry_over"):
            return None
        table = self.table.table("carry_over")
        nothing = table.flag("none", default=False)
        most = table.amount("most", self.unit) if table.has("most") else 0 if nothing else None
        earned = table.bounds() if any(map(table.has, ("from", "after"))) else None
        kept = self.choice(table, "grace", ("kept", "lost")) == "kept"
        over = self.over(table)
        words = "nothing" if most == 0 else "all" if most is None else self.unit.words(most)
        figure = self.state(table, "carry_over", words, table.text("label", default="Carried over"))
        table.close()
        return CarryOver(rule_of(figure), most, over, earned, kept)


def rule_of(figure: Figure) -> Rule:
    """Return where a figure is stated."""
    return Rule(figure.clause, figure.text, figure.in_source)


def words_of(code: str) -> str:
    """Return a code as words, for a label that the file leaves out."""
    return code.replace("_", " ").capitalize()


def _rows_of(table: Table, key: str) -> list[Table]:
    """Return the rows at `key` that have no code; none when it is absent."""
    return table.tables(key) if table.has(key) else []
