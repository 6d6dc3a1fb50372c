"""Read the other sections that only some policies have: the end of cycles, dues, several
credentials, the audit, acts, conversions, receipt and repeats, and the terms of fees and tiers.
"""

import re
from calendar import monthrange

from rules.cycle_ends import END_KINDS, FIXED, NEXT_FROM, ROUNDINGS, YEARS
from rules.days import ANCHOR_WORDS, Offset
from rules.policy.building_blocks import FeeTerms, OtherAmount, Rule, TierTerms
from rules.policy.families import (
    ActRule,
    AuditRules,
    CycleEnds,
    Due,
    Families,
    Receipt,
    SeveralCredentials,
)
from rules.policy.lengths import days_or_months_at, months_at
from rules.policy.read_amounts import rule_of, words_of
from rules.policy.read_conditions import ALL_KEYS, FOR_NEEDS, FOR_TIERS
from rules.policy.read_records import RecordsReader
from rules.policy.table import Table
from rules.units import count_of, money_in_words, parse_number

PERCENT_DIGITS = 3
FEWEST_RANKS = 2  # a lower rank and a higher one
_FIXED_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])", re.ASCII)
_LEAP_YEAR = 2024  # in which every month has the most days
QUANTITIES = (
    *("application", "credential", "further_credential", "petition", "correction", "record"),
    *("late_day", "late_month", "late_calendar_month", "late_year"),
)
REPORTED_FROM = {**ANCHOR_WORDS, "D": "the day of completion"}
DRAWN = ("submission", "approval", "cycle_end")
FAILINGS = ("denied", "expired", "suspended", "returned")


class FamiliesReader(RecordsReader):
    """A reader of everything that only some policies state."""

    def families(self, cycle: Table, total: Table) -> Families:
        """Return everything that only some policies state. `cycle` and `total` are tables that the
        caller closes.
        """
        several, audit = self._several(), self._audit()
        return Families(
            ends=self.ends(cycle),
            totals=self.totals(total),
            total_each_year=self.each_year(total)[0],
            less=self.for_each(total, "less"),
            more=self.for_each(total, "more"),
            limits=self.limits(),
            weights=self.weights(),
            alternatives=self.alternatives(),
            needs=self.needs(),
            paths=self.paths(),
            cards=self.cards(),
            carry_over=self.carry_over(),
            dues=tuple(map(self._due, self.rows("dues"))),
            several=several,
            audit=audit,
            acts=tuple(map(self._act, self.rows("acts"))),
            conversions=self.conversions(),
            receipt=self._receipt(),
            repeats=self.repeats(),
            topics=self.lists.get("topics", ()),
            formats=self.lists.get("formats", ()),
            providers=self.lists.get("providers", ()),
        )

    def ends(self, table: Table) -> CycleEnds:
        """Return the policy's rule for the last day of a cycle and the first day of the next one."""
        kind = self.choice(table, "ends", END_KINDS)
        first = table.table("first") if table.has("first") else None
        in_days, least = days_or_months_at(first, "at_least") if first else (False, 0)
        every = table.table("years") if isinstance(table.data.get("years"), dict) else None
        ends = CycleEnds(
            kind=kind,
            rounds=self.choice(table, "rounds", ROUNDINGS),
            fixed_days=self._fixed_days(table),
            years="any" if every else self.choice(table, "years", YEARS),
            every_years=every.whole("every") or 1 if every else 1,
            including=every.whole("including") if every else 0,
            first_months=months_at(first, "length") if first and first.has("length") else None,
            first_least_months=0 if in_days else least,
            first_least_days=least if in_days else 0,
            first_most_months=months_at(first, "at_most") if first and first.has("at_most") else None,
            next_from=self.choice(table, "next_from", NEXT_FROM),
            prorated=self.proration(first, self._multiple(first)) if first else None,
        )
        for one in (first, every):
            if one:
                one.close()
        if (kind == FIXED) != bool(ends.fixed_days):
            table.problem("fixed_days", 'are for ends = "fixed", and needed there.')
        if kind == END_KINDS[0] and (every or ends.years != "any"):
            table.problem("years", "is for ends that are not the anniversary.")
        if kind == END_KINDS[0] and (least or ends.first_most_months):
            table.problem("first", "at_least and at_most are for ends that are not the anniversary.")
        most = ends.first_most_months
        if most is not None and most < ends.first_least_months:
            table.problem("first", "at_most is less than at_least.")
        return ends

    def _multiple(self, table: Table) -> int:
        return table.amount("to", self.unit) if table.has("to") else 0

    def _fixed_days(self, table: Table) -> tuple[tuple[int, int], ...]:
        found = []
        for text in table.codes("fixed_days"):
            match = _FIXED_DAY.fullmatch(text)
            if match is None or int(match[2]) > monthrange(_LEAP_YEAR, int(match[1]))[1]:
                table.problem("fixed_days", f'must be days such as "12-31", not {text!r}.')
            else:
                found.append((int(match[1]), int(match[2])))
        if len(set(found)) < len(found) or (table.has("fixed_days") and table.data["fixed_days"] == []):
            table.problem("fixed_days", "must name at least one day, and none of them twice.")
        return tuple(sorted(found))

    def _due(self, table: Table) -> Due:
        code, cents = table.code(), table.money("amount")
        label = table.text("label", default=words_of(code))
        figure = self.state(table, f"due_{code}", money_in_words(cents, self.symbol), label)
        fixed_days = self._fixed_days(table)
        due = Due(
            code=code,
            label=label,
            rule=rule_of(figure),
            cents=cents,
            late_cents=table.money("late_amount") if table.has("late_amount") else 0,
            later=tuple(map(_later, table.tables("later", named_by="days"))) if table.has("later") else (),
            first=Offset("S") if table.has("fixed_days") else table.offset("first", "SE"),
            fixed_days=fixed_days,
            every_months=months_at(table, "every") if table.has("every") else None,
            grace_days=table.whole("grace_days") if table.has("grace_days") else 0,
            blocks=table.flag("blocks", default=True),
            with_renewal=table.flag("with_renewal", default=False),
            prorated=self.proration(table, table.money("to") if table.has("to") else 0),
            when=self.conditions.read(table, FOR_NEEDS),
        )
        if due.prorated and not (due.every_months or due.fixed_days):
            table.problem("prorated", "is for a fee with every or fixed_days.")
        table.close()
        return due

    def _several(self) -> SeveralCredentials | None:
        if not self.table.has("several"):
            return None
        table = self.table.table("several")
        shared = self.choice(table, "credits", ("shared", "separate")) == "shared"
        ranks = tuple(table.codes("ranks"))
        several = SeveralCredentials(
            rule=self.rule_at(table, "several", "shared" if shared else "separate"),
            shared=shared,
            one_application=table.flag("one_application", default=True),
            ranks=ranks,
            highest_renews_lower=table.flag("highest_renews_lower", default=False),
        )
        if several.highest_renews_lower and len(ranks) < FEWEST_RANKS:
            table.problem("ranks", "is needed: the credentials from the lowest to the highest.")
        table.close()
        return several

    def _audit(self) -> AuditRules | None:
        if not self.table.has("audit"):
            return None
        table = self.table.table("audit")
        drawn = self.choice(table, "drawn", DRAWN)
        audit = AuditRules(
            rule=self.rule_at(table, "audit", drawn.replace("_", " ")),
            drawn=drawn,
            failing=self.choice(table, "failing", FAILINGS),
            when=self.conditions.read(table, ALL_KEYS),
            always=self.conditions.read(table, ALL_KEYS, "always"),
            not_within_months=months_at(table, "not_within") if table.has("not_within") else 0,
        )
        table.close()
        return audit

    def _act(self, table: Table) -> ActRule:
        code, bounds = table.code(), table.bounds("DSERWL")
        label = table.text("label", default=words_of(code))
        cents = table.money("amount") if table.has("amount") else 0
        words = bounds.words({**ANCHOR_WORDS, "D": "the day of what it is about"})
        words += f", for {money_in_words(cents, self.symbol)}" if cents else ""
        act = ActRule(
            code=code,
            label=label,
            rule=rule_of(self.state(table, f"act_{code}", words, label)),
            bounds=bounds,
            at_most=table.whole("at_most") if table.has("at_most") else None,
            answer_days=table.whole("answer_days") if table.has("answer_days") else None,
            without=self.over(table, "without"),
            when=self.conditions.read(table, ALL_KEYS),
            cents=cents,
        )
        table.close()
        return act

    def _receipt(self) -> Receipt:
        postmark, arrives, rule = False, None, None
        if self.table.has("receipt"):
            table = self.table.table("receipt")
            postmark = self.choice(table, "by", ("arrival", "postmark")) == "postmark"
            arrives = table.whole("arrives_within_days") if table.has("arrives_within_days") else None
            rule = self.rule_at(table, "receipt", "the postmark" if postmark else "its arrival")
            table.close()
        report_last, report_rule = None, None
        if self.table.has("reporting"):
            table = self.table.table("reporting")
            report_last = table.offset("through", "DE") if table.has("through") else None
            days = 0 if report_last else table.whole("days")
            words = report_last.words(REPORTED_FROM) if report_last else count_of(days, "day")
            report_last = report_last or Offset("D", days)
            report_rule = self.rule_at(table, "reporting", words)
            table.close()
        return Receipt(postmark, arrives, rule, report_last, report_rule)

    def fee_terms(self, table: Table, clause: Rule) -> FeeTerms:
        """Return what a fee states beyond its amount."""
        percent = None
        if table.has("percent"):
            percent = parse_number(table.text("percent"), PERCENT_DIGITS)
            if not percent:
                table.problem("percent", 'must be a number in quotes such as "8.25", more than 0.')
        of = tuple(table.codes("of"))
        self.conditions.named += [(table.at("of"), "fee", one) for one in of]
        instead = []
        for row in table.tables("instead") if table.has("instead") else []:
            when, cents = self.conditions.read(row, ALL_KEYS), row.money("amount")
            text = row.text("text", default=clause.text).replace(
                "{value}", money_in_words(cents, self.symbol)
            )
            rule = Rule(row.clause(default=clause.clause), text)
            if when is None:
                row.problem("when", "is missing: this would always hold.")
            else:
                instead.append(OtherAmount(when, cents, rule))
            row.close()
        return FeeTerms(
            when=self.conditions.read(table, ALL_KEYS),
            instead=tuple(instead),
            per=self.choice(table, "per", QUANTITIES),
            takes_off=table.flag("takes_off", default=False),
            percent=percent,
            of=of,
            most_cents=table.money("at_most") if table.has("at_most") else None,
            since=table.offset("since", "ES") if table.has("since") else None,
            over=self.over(table),
            each=_each(table),
        )

    def tier_terms(self, table: Table) -> TierTerms:
        """Return what a tier states beyond its days and fees."""
        return TierTerms(
            when=self.conditions.read(table, FOR_TIERS),
            status=table.code("status") if table.has("status") else None,
            uses=table.whole("uses_at_most") if table.has("uses_at_most") else None,
            next_from=table.choice("next_from", NEXT_FROM) if table.has("next_from") else None,
            cheaper=table.flag("cheaper", default=False),
            after_gap=table.flag("after_gap", default=False),
        )


def _each(table: Table) -> int:
    """Return for how many late days, records and the like the amount of a fee is; 1 when it does not say."""
    each = table.whole("each") if table.has("each") else 1
    if table.has("each") and each <= 1:
        table.problem("each", "must be 2 or more.")
    return max(1, each)


def _later(table: Table) -> tuple[int, int]:
    """Return (days after a fee was due, how many cents more it is from then on)."""
    found = table.whole("days"), table.money("amount")
    table.close()
    return found
