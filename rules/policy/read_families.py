"""Read what one version of a policy requires beyond total and categories: other totals, limits,
requirements about facts, paths, cards and carry-over.
"""

from rules.days import Bounds, Offset
from rules.policy.amounts import ForEach, OtherTotal
from rules.policy.families import Card, CarryOver, Need, OwnFact, Path
from rules.policy.lengths import months_at
from rules.policy.read_amounts import AmountsReader, rule_of, words_of
from rules.policy.read_conditions import CHOICE, FOR_NEEDS, FOR_PATHS, NUMBER
from rules.policy.read_conditions import DAY as DAY_KIND
from rules.policy.table import Table

RECEIPT_DAY = Bounds(Offset("R"), Offset("R"), includes_first=True, includes_last=True)


class NeedsReader(AmountsReader):
    """A reader of the requirements of one version."""

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

    def needs(self) -> tuple[Need, ...]:
        """Return the requirements about facts."""
        return tuple(map(self._need, self.rows("needs")))

    def _need(self, table: Table) -> Need:
        code, fact = table.code(), table.text("fact")
        own = self.conditions.own_facts.get(fact)
        if fact and own is None:
            table.problem("fact", f"there is no fact {fact}; declare it under [[facts]].")
        among = tuple(table.codes("among"))
        self._check_among(table, among, own)
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

    def _check_among(self, table: Table, among: tuple[str, ...], own: OwnFact | None) -> None:
        if own is None:
            return
        if bool(among) != (own.kind == CHOICE):
            table.problem("among", "is for facts of the kind choice, and needed there.")
        for one in among:
            if own.kind == CHOICE and one not in own.choices:
                table.problem("among", f"{one} is none of {', '.join(own.choices)}.")

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
            status=table.code("status") if table.has("status") else None,
            uses=table.whole("uses_at_most") if table.has("uses_at_most") else None,
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
        lasts = months_at(table, "lasts") if table.has("lasts") else None
        words = f"{span.words()}; a card lasts {table.text('lasts')} at most" if lasts else span.words()
        figure = self.state(table, f"card_{code}", words, label)
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
            lasts_months=lasts,
        )
        table.close()
        return card

    def carry_over(self) -> CarryOver | None:
        """Return what is carried over to the next cycle; None when the version does not say."""
        if not self.table.has("carry_over"):
            return None
        table = self.table.table("carry_over")
        nothing = table.flag("none", default=False)
        if nothing and table.has("most"):
            table.problem("most", "cannot stand beside none = true.")
        most = table.amount("most", self.unit) if table.has("most") else 0 if nothing else None
        earned = table.bounds() if any(map(table.has, ("from", "after"))) else None
        kept = self.choice(table, "grace", ("kept", "lost")) == "kept"
        over = self.over(table)
        words = "nothing" if most == 0 else "all" if most is None else self.unit.words(most)
        figure = self.state(table, "carry_over", words, table.text("label", default="Carried over"))
        table.close()
        return CarryOver(rule_of(figure), most, over, earned, kept)


def _rows_of(table: Table, key: str) -> list[Table]:
    """Return the rows at `key` that have no code; none when it is absent."""
    return table.tables(key) if table.has(key) else []
