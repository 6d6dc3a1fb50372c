"""Read one version of a policy: its sections, and the figures of the public rules page."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from rules.conditions import ALL_FROM
from rules.policy.calendars import read_calendars
from rules.policy.families import OwnFact
from rules.policy.lengths import months_at
from rules.policy.model import (
    Category,
    Clause,
    Fee,
    Figure,
    Limit,
    PolicyVersion,
    Reading,
    Reminder,
    Side,
    StatedText,
    Term,
    Tier,
    codes_of_needs,
    codes_of_ways,
)
from rules.policy.read_amounts import FOR_YEARS, rule_of, words_of
from rules.policy.read_conditions import ConditionReader
from rules.policy.read_work import FamiliesReader
from rules.policy.table import Table
from rules.policy.values import FigureReader
from rules.units import Unit, money_in_words
from rules.wording import CITED_EFFECTS

TIER_PLACES = ("first_on", "last_on", "expires_on", "total")
FEE_PLACES = ("first_on", "last_on", "expires_on", "day_before", "amount")
SIDE_PLACES = ("opens_on", "expires_on", "last_on")
WORD_LISTS = ("topics", "formats", "providers")
TOTAL = "total"
# What a short file leaves out: the clause of the body's own page, and the sentence of a tier.
SHORT_CLAUSE = "page"
SHORT_TIER = "From {first_on} through {last_on} you can renew. It costs {total}."


class VersionReader:
    """A reader of one `[[versions]]` table. `figures` collects the figures in the order of the
    rules page.
    """

    def __init__(
        self, table: Table, unit: Unit, symbol: str, own_facts: dict[str, OwnFact], short: bool = False
    ) -> None:
        self.table, self.unit, self.symbol, self.short = table, unit, symbol, short
        self.in_force_from = table.day("in_force_from")
        self.figures: list[Figure] = []
        self.texts: list[StatedText] = []
        self.more = FamiliesReader(
            table, unit, ConditionReader(own_facts), self._state, self._lists(table), symbol
        )

    def version(self) -> PolicyVersion:
        """Return the whole version. Problems are added to the table's list, which the caller
        checks.
        """
        table = self.table
        cycle, total = table.table("cycle"), table.table("total")
        cycle_months = self._cycle(cycle)
        total_label, total_rule = self._total(total)
        categories = tuple(map(self._category, table.tables("categories")))
        earning = self._earning(table.table("earning"))
        fees = {fee.code: fee for fee in map(self._fee, table.tables("fees"))}
        version = PolicyVersion(
            in_force_from=self.in_force_from,
            cycle_months=cycle_months,
            total_label=total_label,
            total_rule=total_rule,
            categories=categories,
            earning=earning,
            not_yet=self._side(table.table("not_yet")),
            tiers=self._tiers(table.tables("tiers"), fees),
            no_longer=self._side(table.table("no_longer")),
            fees=tuple(fees.values()),
            reminders=self._calendars(table),
            cites=self._cites(table.table("cites")),
            clauses=tuple(map(self._clause, table.tables("clauses"))),
            readings=(),
            stated=(),
            families=self.more.families(cycle, total),
            **FigureReader(table.table("values"), self.symbol, self._state).read(),
        )
        readings = self._readings(table.tables("readings"))
        stated, texts = tuple(self.figures), tuple(self.texts)
        version = replace(version, stated=stated, texts=texts, readings=readings)
        for one in (cycle, total, table):
            one.close()
        self._check_clauses(version)
        self._check_named(version)
        return version

    def _lists(self, table: Table) -> dict[str, tuple[str, ...]]:
        """Return, for each kind of code, the codes that limits may use. When the file has no list
        of a kind, limits may use any code of it.
        """
        found = {key: tuple(table.codes(key)) for key in WORD_LISTS if table.has(key)}
        rows = table.data.get("categories")
        codes = [row.get("code") for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
        return {**found, "categories": tuple(code for code in codes if isinstance(code, str))}

    def _cycle(self, table: Table) -> int:
        months = months_at(table, "length")
        self._state(table, "cycle", table.text("length"))
        return months

    def _total(self, table: Table) -> tuple[str, Limit]:
        label = self._label(table, f"{self.unit.plural} in a cycle")
        return label, self._limit(table, "total", label, closes=False)

    def _limit(self, table: Table, key: str, label: str, closes: bool = True) -> Limit:
        none = table.has("none") and table.flag("none")
        amount = 0 if none else table.amount("value", self.unit)
        words = "none" if none else self.unit.words(amount)
        if key == TOTAL:
            words += self.more.each_year(table)[1]
        figure = self._state(table, key, words, label)
        if closes:
            table.close()
        return Limit(amount, figure.clause, figure.text, figure.in_source)

    def _category(self, table: Table) -> Category:
        code = table.code()
        label = self._label(table, words_of(code))
        must_be_current = table.flag("must_be_current", default=False)
        least = most = None
        if table.has("minimum"):
            least = self._limit(table.table("minimum"), f"minimum_{code}", f"{label}, at least")
        if table.has("maximum"):
            most = self._limit(table.table("maximum"), f"maximum_{code}", f"{label}, at most")
        table.close()
        return Category(code, label, must_be_current, least, most)

    def _earning(self, table: Table) -> Term:
        bounds = table.bounds("SE", first_also="R")
        figure = self._state(table, "earning", bounds.words())
        table.close()
        return Term(bounds, figure.label, figure.clause, figure.text, figure.in_source)

    def _fee(self, table: Table) -> Fee:
        code, share = table.code(), table.has("percent")
        amount = 0 if share else table.money("amount")
        words = f"{table.text('percent')} %" if share else money_in_words(amount, self.symbol)
        figure = self._state(table, f"fee_{code}", words, self._fee_label(table, code))
        explain = table.template(
            "explain", FEE_PLACES, f"{figure.label}: {{amount}}." if self.short else None
        )
        terms = self.more.fee_terms(table, rule_of(figure))
        table.close()
        return Fee(code, figure.label, amount, figure.clause, figure.text, explain, figure.in_source, terms)

    def _fee_label(self, table: Table, code: str) -> str:
        """Return a fee's label; of a short file, its code in words: that of "late" is "Late fee"."""
        takes_off = table.has("takes_off") or table.has("percent")
        ends = "" if takes_off or code.endswith("fee") else " fee"
        return self._label(table, f"{words_of(code)}{ends}")

    def _tiers(self, tables: list[Table], fees: dict[str, Fee]) -> tuple[Tier, ...]:
        """Return the tiers. Each has the fees of the tier before it, less those that it replaces,
        plus those that it adds.
        """
        tiers: list[Tier] = []
        codes: list[str] = []
        for table in tables:
            codes = self._fee_codes(table, codes, fees)
            tiers.append(self._tier(table, tuple(fees[code] for code in codes)))
        return tuple(tiers)

    def _fee_codes(self, table: Table, before: list[str], fees: dict[str, Fee]) -> list[str]:
        replaced, added = table.codes("in_place_of"), table.codes("adds")
        for code in replaced:
            if code not in before:
                table.problem("in_place_of", f"the tier before it has no fee {code}.")
        codes = [code for code in before if code not in replaced]
        for code in added:
            if code not in fees:
                table.problem("adds", f"there is no fee {code}; there is: {', '.join(fees)}.")
            elif code in codes:
                table.problem("adds", f"the fee {code} is there already, from the tier before; leave it out.")
            else:
                codes.append(code)
        return codes

    def _tier(self, table: Table, fees: tuple[Fee, ...]) -> Tier:
        code, bounds = table.code(), table.bounds()
        figure = self._state(table, f"tier_{code}", bounds.words())
        name = table.code("last_day_name") if table.has("last_day_name") else None
        explain = table.template("explain", TIER_PLACES, SHORT_TIER if self.short else None)
        rule, terms = (figure.clause, figure.text), self.more.tier_terms(table)
        table.close()
        return Tier(code, figure.label, bounds, fees, *rule, explain, figure.in_source, name, terms)

    def _side(self, table: Table) -> Side:
        code, label, clause = table.code(), table.text("label"), table.clause()
        explain = table.template("explain", SIDE_PLACES)
        table.close()
        return Side(code, label, clause, explain)

    def _calendars(self, table: Table) -> Mapping[str, tuple[Reminder, ...]]:
        """Return the calendars of reminders. A policy without reminders leaves the table out."""
        return read_calendars(table.table("reminders") if table.has("reminders") else None, self.unit)

    def _cites(self, table: Table) -> Mapping[str, str]:
        cites = {effect: table.clause(effect) for effect in CITED_EFFECTS}
        table.close()
        return MappingProxyType(cites)

    def _clause(self, table: Table) -> Clause:
        clause = Clause(table.clause_code(), table.text("text"))
        table.close()
        return clause

    def _readings(self, tables: list[Table]) -> tuple[Reading, ...]:
        """Return the readings, with the figures that they name filled in, so that no number is stated
        twice.
        """
        places = {figure.key: figure.value for figure in self.figures}
        return tuple(self._reading(table, places) for table in tables)

    def _reading(self, table: Table, places: dict[str, str]) -> Reading:
        code, question = table.clause_code(), table.text("question")
        noted = len(table.problems)
        text = table.template("text", places)
        if len(table.problems) == noted:
            text = text.format_map(places)
        table.close()
        return Reading(code, question, text)

    def _state(self, table: Table, key: str, value: str, label: str | None = None) -> Figure:
        """Record a figure with its source. `in_source` is true unless the file says otherwise."""
        label = label or self._label(table, words_of(key.partition("_")[2] or key))
        figure = Figure(
            key=key,
            label=label,
            value=value,
            clause=table.clause(default=SHORT_CLAUSE if self.short else None),
            text=table.text("text", f"{label}: {value}." if self.short else None).replace("{value}", value),
            in_source=table.flag("in_source", default=True),
            in_force_from=self.in_force_from,
        )
        self.figures.append(figure)
        for name, said in (("text", figure.text), ("label", label)):
            if name in table.data:
                place = table.at(name).removeprefix(f"{self.table.path}.")
                self.texts.append(StatedText(place, said, value, table.numbers()))
        return figure

    def _label(self, table: Table, default: str) -> str:
        return table.text("label", default if self.short else None)

    def _check_named(self, version: PolicyVersion) -> None:
        """Report each code in conditions and paths that the version does not define."""
        families = version.families
        optional = {code for one in families.alternatives for code in one.codes}
        by_year = {one.code for one in families.limits if one.per in FOR_YEARS}
        by_year |= {one.code for one in families.alternatives if one.per in FOR_YEARS}
        known = {
            "tier": {one.code for one in version.tiers},
            "fee": {one.code for one in version.fees},
            "path": {one.code for one in families.paths},
            "unmet": {TOTAL, *codes_of_needs(version)} - optional,
            "way": codes_of_ways(version),
            ALL_FROM: families.providers,
        }
        for place, kind, code in self.more.conditions.named:
            whole, _, year = code.rpartition("_")
            of_a_year = kind == "unmet" and year.isdecimal() and whole in by_year - optional
            if code not in known[kind] and not of_a_year and (known[kind] or kind != ALL_FROM):
                self.table.problems.append(
                    f"{place}: {code} is not known; there is: {', '.join(sorted(known[kind]))}."
                )

    def _check_clauses(self, version: PolicyVersion) -> None:
        known = {clause.code for clause in version.clauses} | {reading.code for reading in version.readings}
        for key, code in self.table.cited:
            if code not in known:
                self.table.problems.append(f"{key}: there is no clause or reading {code}.")
        self.table.cited.clear()
