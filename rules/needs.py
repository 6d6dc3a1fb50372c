"""What a policy with conditions, paths, limits, cards and dues requires: how records count, and
each requirement with how much of it is reached.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from rules.answers import TOTAL, Requirement
from rules.caps import CALENDAR_YEAR, CYCLE, ITEM, YEAR
from rules.conditions import Context, anchor_days, condition_holds
from rules.counting import Count, counted_by_category
from rules.days import MONTHS_IN_YEAR, begun_months, day_in_words
from rules.dues import OVERDUE, PAID
from rules.facts import RecordFact
from rules.limits import OpenAlternatives, WideCounting, amounts_reached, years_in
from rules.more import CardAnswer, DueAnswer
from rules.policy.amounts import DOWN, UP, Alternatives, Amount, ForEach, RecordLimit, RecordWeight
from rules.policy.building_blocks import Rule
from rules.policy.families import Families, Path
from rules.policy.model import Category, Limit, Policy, PolicyVersion
from rules.requiring import COUNTED, Coded, is_met, met_or_not, one_of_ways, way_in_year
from rules.rounding import prorated_amount, rounded_amount

PERCENT = 100_000  # a percentage has three decimals


@dataclass(frozen=True)
class Needs:
    """What one policy version requires of one person on one path. `cards` and `dues` have their
    answers already. Nothing of it depends on the records.
    """

    policy: Policy
    version: PolicyVersion
    context: Context
    path: Path | None
    cards: tuple[CardAnswer, ...]
    dues: tuple[DueAnswer, ...]

    @property
    def families(self) -> Families:
        """Return what this version states beyond what every policy states."""
        return self.version.families

    @property
    def credits(self) -> bool:
        """Return whether this path requires amounts of credit at all."""
        return self.path is None or self.path.credits

    @cached_property
    def total(self) -> tuple[int, str]:
        """Return the amount over all categories, and its clause."""
        if not self.credits and self.path:
            return 0, self.path.rule.clause
        rule = self.version.total_rule
        amount = Amount(rule.amount, Rule(rule.clause, rule.text), self.families.total_each_year)
        fitting = (one.amount for one in self.families.totals if condition_holds(one.when, self.context))
        found = next(fitting, amount)
        changed = self._for_each(self.families.more) - self._for_each(self.families.less)
        return max(0, self.amount_of(found) + changed), found.rule.clause

    def _for_each(self, rule: ForEach | None) -> int:
        """Return what the total changes by for what the policy's `more` or `less` names."""
        given = self.context.facts.more.own.get(rule.fact) if rule else None
        if rule is None or not isinstance(given, int):
            return 0
        return rule.each * given if rule.most is None else min(rule.each * given, rule.most)

    def amount_of(self, amount: Amount) -> int:
        """Return an amount over the cycle: more for each year that began after E, less in a short first
        cycle.
        """
        return self._prorated(amount.value) + amount.each_year * self._years_late

    @property
    def _years_late(self) -> int:
        """Return how many years have begun after E, through the day of receipt."""
        return -(-begun_months(self.context.period.expires_on, self.context.received_on) // MONTHS_IN_YEAR)

    @cached_property
    def asked(self) -> tuple[object, ...]:
        """Return all that conditions leave of what is required: equal to that of other needs when both
        require the same of everybody's records.
        """
        facts = tuple(one.code for one in self.families.needs if condition_holds(one.when, self.context))
        return self.total, self.counting_method, tuple(self._alternatives()), self.cards, facts

    @cached_property
    def in_tiers(self) -> dict[str, "Needs"]:
        """Return what is required in each tier that was asked for so far, by its code."""
        return {}

    @cached_property
    def limits(self) -> tuple[RecordLimit, ...]:
        """Return the limits that apply to this person, with the minima of this cycle."""
        found = []
        for one in self.families.limits:
            if not condition_holds(one.when, self.context):
                continue
            least = one.least if self.credits or one.per == ITEM else None
            if least and one.per != ITEM:
                least = Amount(self._least_of(one, least), least.rule)
            most = one.most
            if most and most.percent:
                most = Amount(self._share(most.percent, most.rounds or DOWN), most.rule)
            days = one.within.among(anchor_days(self.context)) if one.within else None
            found.append(replace(one, least=least, most=most, days=days))
        return tuple(found)

    def _least_of(self, limit: RecordLimit, least: Amount) -> int:
        """Return a minimum of this cycle. Only a sum over the cycle is less in a short first one: a year
        of it needs what any year needs, and records are counted whole.
        """
        if least.percent is not None:
            value = self._share(least.percent, least.rounds or UP)
        else:
            in_part = limit.per == CYCLE and not limit.of_records
            value = self._prorated(least.value) if in_part else least.value
        return value + least.each_year * self._years_late

    def _share(self, percent: int, rounds: str) -> int:
        """Return a share of the total, in whole steps of the unit."""
        return rounded_amount(self.total[0] * percent, PERCENT, self.policy.unit.step, rounds)

    def _weights(self) -> tuple[RecordWeight, ...]:
        """Return how records of this person count more or less than their amount."""
        days = anchor_days(self.context)
        return tuple(
            replace(one, days=one.within.among(days) if one.within else None)
            for one in self.families.weights
            if condition_holds(one.when, self.context)
        )

    @cached_property
    def counting_method(self) -> WideCounting:
        """Return how the amounts of this person's records are computed."""
        families, more = self.families, self.context.facts.more
        carry_over, previous = families.carry_over, more.previous_received_on
        late = previous if previous and previous >= self.context.period.starts_on else None
        lost = late if carry_over and not carry_over.grace_kept else None
        several = families.several
        return WideCounting(
            unit=self.policy.unit,
            total=self.total[0] - sum(one.counted for one in self.cards),
            minima=tuple((one.code, needed - worth) for one, _, needed, worth in self._minima),
            limits=self.limits,
            receipt=families.receipt,
            repeats=families.repeats,
            separate=several.rule if several and not several.shared else None,
            carry_over=carry_over,
            carried=frozenset(one.id for one in more.carried),
            lost_through=lost,
            lost_rule=carry_over.rule if carry_over else None,
            weights=self._weights(),
            alternatives=tuple(one for group in self._alternatives() for one in self._still_open(group)),
            optional=frozenset(code for one in self.families.alternatives for code in one.codes),
        )

    def requirements(
        self, records: Iterable[RecordFact], counts: dict[str, Count]
    ) -> tuple[Requirement, ...]:
        """Return the requirements in this order: the total, categories with a minimum, limits,
        cards, other facts, and unpaid dues.
        """
        records = tuple(records)
        found = counted_by_category(records, counts)
        (amount, clause), unit = self.total, self.policy.unit
        counted = sum(found.values()) + sum(one.counted for one in self.cards)
        total = Requirement(TOTAL, self.version.total_label, amount, counted, clause, unit)
        others = [*self._categories(found), *self._limited(records, counts), *self._unamounted]
        if self.families.alternatives:
            others = self._with_alternatives(others)
        return total, *(one for _, one in others), *self._overdue

    def _categories(self, found: dict[str, int]) -> Iterator[Coded]:
        for one, least, needed, worth in self._minima:
            counted = found.get(one.code, 0) + worth
            yield (
                one.code,
                Requirement(one.code, one.label, needed, counted, least.clause, self.policy.unit),
            )

    def _alternatives(self) -> Iterator[Alternatives]:
        """Yield those that apply: where no credit is needed, none that credit is enough for."""
        amounts = {one.code for one in self.version.categories} | {one.code for one in self.families.limits}
        for one in self.families.alternatives:
            if condition_holds(one.when, self.context) and (self.credits or not one.codes & amounts):
                yield one

    def _still_open(self, group: Alternatives) -> Iterator[OpenAlternatives]:
        """Yield what of several ways is still to be reached by records, in the cycle or in each year."""
        others = {code: one.met for code, one in self._unamounted}
        minima = {one.code for one, *_ in self._minima}
        minima |= {one.code for one in self.limits if one.least and one.per != ITEM}
        ways, count = [], group.at_least
        for way in group.ways:
            if all(code in minima or others.get(code) for code in way):
                amounts = tuple(code for code in way if code in minima)
                ways += [amounts] if amounts else []
                count -= not amounts
        for year in self._years(group):
            yield OpenAlternatives(max(0, count), tuple(ways), year)

    def _years(self, group: Alternatives) -> list[str]:
        """Return the ends of the codes of a group's years; "" when it is about the whole cycle."""
        if group.per != YEAR:
            return [""]
        limits = [one for one in self.limits if one.code in group.codes and one.per in (YEAR, CALENDAR_YEAR)]
        found = (f"_{year}" for one in limits for year in years_in(one.per, self.context.period))
        return list(dict.fromkeys(found)) or [""]

    def _with_alternatives(self, coded: list[Coded]) -> list[Coded]:
        """Return the requirements with one for each group of alternatives, in place of what these name."""
        optional = {code for one in self.families.alternatives for code in one.codes}
        kept = [one for one in coded if one[0] not in optional]
        for group in self._alternatives():
            for year in self._years(group):
                ways = list(filter(None, (way_in_year(way, year, coded) for way in group.ways)))
                if ways:
                    kept.append((group.code, one_of_ways(group, year, ways)))
        return kept

    @cached_property
    def _minima(self) -> tuple[tuple[Category, Limit, int, int], ...]:
        """Return (category, its minimum, the amount of this cycle, what cards count in it)."""
        return tuple(
            (one, one.least, self._prorated(one.least.amount), self._worth_in(one.code))
            for one in self.version.categories
            if one.least and self.credits
        )

    def _worth_in(self, category: str) -> int:
        """Return what the cards count in a category."""
        codes = {one.code for one in self.families.cards if one.category == category}
        return sum(one.counted for one in self.cards if one.code in codes)

    def _prorated(self, amount: int) -> int:
        """Return the amount for a first cycle that is shorter or longer than usual."""
        rule = self.families.ends.prorated
        if rule is None or self.context.number != 1:
            return amount
        return prorated_amount(
            amount, rule, self.context.period, self.version.cycle_months, self.policy.unit.step
        )

    def _limited(self, records: tuple[RecordFact, ...], counts: dict[str, Count]) -> Iterator[Coded]:
        for limit in self.limits:
            if limit.least is None or limit.per == ITEM:
                continue
            unit = COUNTED if limit.of_records else self.policy.unit
            for code, reached in amounts_reached(limit, records, counts, self.context.period):
                least = limit.least
                found = Requirement(code, limit.label, least.value, reached, least.rule.clause, unit)
                yield limit.code, found

    @cached_property
    def _unamounted(self) -> tuple[Coded, ...]:
        """Return the requirements without an amount: cards, then other facts."""
        return *self._cards(), *self._facts()

    def _cards(self) -> Iterator[Coded]:
        needed = {one.code for one in self.families.cards if one.needed}
        for one in self.cards:
            if one.code in needed and (self.path is None or self.path.cards):
                span = f"from {day_in_words(one.first_on)} through {day_in_words(one.last_on)}"
                if one.first_on == one.last_on:
                    span = f"on {day_in_words(one.first_on)}"
                state = "is" if one.met else "must be"
                said = f"{one.label} {state} current {span}."
                yield one.code, met_or_not(one.code, one.label, one.rule, one.met, said)

    def _facts(self) -> Iterator[Coded]:
        for need in self.families.needs:
            if condition_holds(need.when, self.context):
                met = is_met(need, self.context)
                said = f"{need.label}: {'this is met' if met else 'this is missing'}."
                yield need.code, met_or_not(need.code, need.label, need.rule, met, said)

    @cached_property
    def _overdue(self) -> tuple[Requirement, ...]:
        """Return one requirement for each fee that is overdue on at least one day of the cycle."""
        return tuple(self._dues())

    def _dues(self) -> Iterator[Requirement]:
        late = [one for one in self.dues if one.blocks and not one.with_renewal and one.state == OVERDUE]
        for code, due in {one.code: one for one in late}.items():
            of_code = [one for one in self.dues if one.code == code]
            paid = sum(one.state == PAID for one in of_code)
            owed = paid + sum(one.code == code for one in late)
            said = f"{due.label}: what was due on {day_in_words(due.due_on)} is not paid."
            yield Requirement(code, due.label, owed, paid, due.rule.clause, COUNTED, said)
