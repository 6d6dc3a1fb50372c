"""What a policy with conditions, paths, limits, cards and dues requires: how records count, and
each requirement with how much of it is reached.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from rules.answers import TOTAL, Requirement
from rules.conditions import Context, anchor_days, condition_holds, cycle_begun_months, cycle_months
from rules.counting import Count, counted_by_category
from rules.days import MONTHS_IN_YEAR, begun_months, day_in_words
from rules.dues import OVERDUE, PAID
from rules.facts import RecordFact
from rules.limits import ITEM, WideCounting, amounts_reached
from rules.matching import in_order
from rules.more import CardAnswer, DueAnswer
from rules.policy.building_blocks import Rule
from rules.policy.families import Amount, Families, ForEach, Need, Path, RecordLimit
from rules.policy.model import Category, Limit, Policy, PolicyVersion
from rules.units import Unit

WHOLE = 100_000  # a percentage has three decimals
COUNTED = Unit("time", "times", digits=0, shown_digits=0, step=1)


@dataclass(frozen=True, slots=True)
class Needs:
    """What one policy version requires of one person on one path. `cards` and `dues` have their
    answers already.
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
        """Return a required amount: more for each year that began after E, less in a short first cycle."""
        years = -(-begun_months(self.context.period.expires_on, self.context.received_on) // MONTHS_IN_YEAR)
        return self._prorated(amount.value) + amount.each_year * years

    def limits(self) -> tuple[RecordLimit, ...]:
        """Return the limits that apply to this person, with the minima of this cycle."""
        found = []
        for one in self.families.limits:
            if not condition_holds(one.when, self.context):
                continue
            least = one.least if self.credits or one.per == ITEM else None
            if least and one.per != ITEM and not one.of_records:
                share = least.percent and self._share(least.percent, up=True)
                least = Amount(share or self.amount_of(least), least.rule)
            most = one.most
            if most and most.percent:
                most = Amount(self._share(most.percent, up=False), most.rule)
            days = one.within.among(anchor_days(self.context)) if one.within else None
            found.append(replace(one, least=least, most=most, days=days))
        return tuple(found)

    def _share(self, percent: int, *, up: bool) -> int:
        """Return a share of the total, in whole steps of the unit."""
        return share_of(self.total()[0], percent, self.policy.unit.step, up=up)

    def counting_method(self) -> WideCounting:
        """Return how the amounts of this person's records are computed."""
        families, more = self.families, self.context.facts.more
        carry_over, previous = families.carry_over, more.previous_received_on
        late = previous if previous and previous >= self.context.period.starts_on else None
        lost = late if carry_over and not carry_over.grace_kept else None
        several = families.several
        return WideCounting(
            unit=self.policy.unit,
            total=self.total()[0] - sum(one.counted for one in self.cards),
            minima=tuple(
                (one.code, self._prorated(least.amount) - self._worth_in(one.code))
                for one, least in self._minima()
            ),
            limits=self.limits(),
            receipt=families.receipt,
            repeats=families.repeats,
            separate=several.rule if several and not several.shared else None,
            carry_over=carry_over,
            carried=frozenset(one.id for one in more.carried),
            lost_through=lost,
            lost_rule=carry_over.rule if carry_over else None,
        )

    def requirements(
        self, records: Iterable[RecordFact], counts: dict[str, Count]
    ) -> tuple[Requirement, ...]:
        """Return the requirements in this order: the total, categories with a minimum, limits,
        cards, other facts, and unpaid dues.
        """
        records = tuple(records)
        found = counted_by_category(records, counts)
        (amount, clause), unit = self.total(), self.policy.unit
        counted = sum(found.values()) + sum(one.counted for one in self.cards)
        total = Requirement(TOTAL, self.version.total_label, amount, counted, clause, unit)
        categories = (
            Requirement(
                one.code,
                one.label,
                self._prorated(least.amount),
                found.get(one.code, 0) + self._worth_in(one.code),
                least.clause,
                unit,
            )
            for one, least in self._minima()
        )
        others = (*self._limited(records, counts), *self._cards(), *self._facts(), *self._dues())
        return total, *categories, *others

    def _minima(self) -> Iterator[tuple[Category, Limit]]:
        return ((one, one.least) for one in self.version.categories if one.least and self.credits)

    def _worth_in(self, category: str) -> int:
        """Return what the cards count in a category."""
        codes = {one.code for one in self.families.cards if one.category == category}
        return sum(one.counted for one in self.cards if one.code in codes)

    def _prorated(self, amount: int) -> int:
        """Return the amount for a first cycle that is shorter or longer than usual, rounded up to
        the unit's step.
        """
        ends, usual = self.families.ends, self.version.cycle_months
        if ends.prorate == "none" or self.context.number != 1:
            return amount
        period, step = self.context.period, self.policy.unit.step
        months = cycle_months(period)
        if ends.prorate == "begun":
            months = cycle_begun_months(period)
        return -(-amount * months // (usual * step)) * step

    def _limited(self, records: tuple[RecordFact, ...], counts: dict[str, Count]) -> Iterator[Requirement]:
        for limit in self.limits():
            if limit.least is None or limit.per == ITEM:
                continue
            unit = COUNTED if limit.of_records else self.policy.unit
            for code, reached in amounts_reached(limit, records, counts, self.context.period):
                yield Requirement(
                    code, limit.label, limit.least.value, reached, limit.least.rule.clause, unit
                )

    def _cards(self) -> Iterator[Requirement]:
        needed = {one.code for one in self.families.cards if one.needed}
        for one in self.cards:
            if one.code in needed and (self.path is None or self.path.cards):
                span = f"from {day_in_words(one.first_on)} through {day_in_words(one.last_on)}"
                if one.first_on == one.last_on:
                    span = f"on {day_in_words(one.first_on)}"
                state = "is" if one.met else "must be"
                yield _met_or_not(
                    one.code, one.label, one.rule, one.met, f"{one.label} {state} current {span}."
                )

    def _facts(self) -> Iterator[Requirement]:
        for need in self.families.needs:
            if condition_holds(need.when, self.context):
                met = _is_met(need, self.context)
                said = f"{need.label}: {'this is met' if met else 'this is missing'}."
                yield _met_or_not(need.code, need.label, need.rule, met, said)

    def _dues(self) -> Iterator[Requirement]:
        """Yield one requirement for each fee that is overdue on at least one day of the cycle."""
        late = [one for one in self.dues if one.blocks and not one.with_renewal and one.state == OVERDUE]
        for code, due in {one.code: one for one in late}.items():
            of_code = [one for one in self.dues if one.code == code]
            paid = sum(one.state == PAID for one in of_code)
            owed = paid + sum(one.code == code for one in late)
            said = f"{due.label}: what was due on {day_in_words(due.due_on)} is not paid."
            yield Requirement(code, due.label, owed, paid, due.rule.clause, COUNTED, said)


def share_of(total: int, percent: int, step: int, *, up: bool) -> int:
    """Return `percent`, in hundred-thousandths, of a total in whole steps, rounded up or down."""
    parts = total * percent
    return (-(-parts // (WHOLE * step)) if up else parts // (WHOLE * step)) * step


def _met_or_not(code: str, label: str, rule: Rule, met: bool, said: str) -> Requirement:
    return Requirement(code, label, 1, int(met), rule.clause, COUNTED, said)


def _is_met(need: Need, context: Context) -> bool:
    value = context.facts.more.own.get(need.fact)
    if need.within:
        first_on, last_on = need.within.among(anchor_days(context))
        return in_order(first_on, value) and in_order(value, last_on)
    if need.at_least is not None:
        return in_order(need.at_least, value)
    return value in need.among if need.among else value is True
