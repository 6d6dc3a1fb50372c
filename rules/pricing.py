"""What an application costs under a policy whose fees have conditions, quantities, taxes or
discounts, and in which windows it is accepted.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from rules.conditions import Context, condition_holds
from rules.days import MONTHS_IN_YEAR, begun_calendar_months, begun_months, day_in_words
from rules.facts import Facts, OtherCredential
from rules.fees import FeeLine, Fees, Window, continues_window, days_of_versions, fee_places, window_of
from rules.matching import matches_limit
from rules.more import DueAnswer
from rules.policy.building_blocks import LimitedRecords
from rules.policy.families import Path, SeveralCredentials
from rules.policy.model import Fee, Policy, PolicyVersion, Tier
from rules.spans import Span, without_shared

WHOLE = 100_000  # a percentage has three decimals
TWICE = 2


def wide_windows(
    policy: Policy, context: Context, path: Path | None, price: "Callable[[Tier, date, date], Fees]"
) -> tuple[Window, ...]:
    """Return the windows that are open to this person, in order; there may be none."""
    spans = [
        span
        for version, first_on, last_on in days_of_versions(policy)
        for span in _cut(_open_spans(version, context, path), first_on, last_on)
    ]
    windows: list[Window] = []
    for tier, first_on, last_on in spans:
        fees = price(tier, first_on, last_on)
        if windows and continues_window(windows[-1], tier, fees, first_on):
            first_on = windows.pop().first_on
        windows.append(window_of(policy, context.period, tier, (first_on, last_on), fees))
    return tuple(windows)


def is_open(tier: Tier, context: Context, path: Path | None) -> bool:
    """Return whether this person may renew in the tier, by its condition, its path and the number
    of its uses.
    """
    used = context.facts.more.uses.get(tier.code, 0)
    return (
        (path is None or not path.tiers or tier.code in path.tiers)
        and condition_holds(tier.terms.when, context)
        and (tier.terms.uses is None or used < tier.terms.uses)
    )


def _open_spans(version: PolicyVersion, context: Context, path: Path | None) -> list[Span]:
    """Return the spans of the tiers that are open to this person."""
    tiers = (tier for tier in version.tiers if is_open(tier, context, path))
    return without_shared((tier, *tier.bounds.days_in(context.period)) for tier in tiers)


def _cut(spans: Iterable[Span], first_on: date, last_on: date) -> list[Span]:
    cut = [(tier, max(first, first_on), min(last, last_on)) for tier, first, last in spans]
    return [span for span in cut if span[1] <= span[2]]


class Pricing:
    """The price of one application: `version` states the fees, `dues` what is charged with it."""

    def __init__(
        self,
        policy: Policy,
        version: PolicyVersion,
        context: Context,
        path: Path | None,
        dues: tuple[DueAnswer, ...],
    ) -> None:
        self.policy, self.version, self.context = policy, version, context
        self.path, self.dues = path, dues

    def fees_of(self, tier: Tier, first_on: date, last_on: date) -> Fees:
        """Return the fees of an application received in `tier`: on the day of receipt when it is
        within these days, else on the first of them.
        """
        received_on = self.context.received_on
        day = max(first_on, received_on) if received_on <= last_on else first_on
        context = replace(self.context, tier=tier.code)
        lines: list[FeeLine] = []
        for fee in self._fees(tier):
            if condition_holds(fee.terms.when, context):
                line = self._line(fee, context, day, lines, fee_places(tier, self.context.period))
                lines += [line] if line.amount_cents else []
        lines += self._petitions(tier)
        lines += [self._due(one) for one in self.dues if one.with_renewal and one.state != "paid"]
        return Fees(self.policy.currency, sum(line.amount_cents for line in lines), tuple(lines))

    def _fees(self, tier: Tier) -> list[Fee]:
        fees = list(tier.fees)
        if self.path is not None:
            known = {fee.code: fee for fee in self.version.fees}
            kept = [fee for fee in fees if fee.code not in self.path.in_place_of]
            fees = [known[code] for code in self.path.adds if code in known] + kept
        if any(fee.terms.percent is not None for fee in fees):  # a share is of what the file has before it
            fees.sort(key=self.version.fees.index)
        return fees

    def _line(
        self, fee: Fee, context: Context, day: date, before: list[FeeLine], places: dict[str, str]
    ) -> FeeLine:
        cents, clause = fee.amount_cents, fee.clause
        other = next((one for one in fee.terms.instead if condition_holds(one.when, context)), None)
        if other:
            cents, clause = other.cents, other.rule.clause
        elif fee.terms.percent is not None:
            cents = _share(fee.terms.percent, fee.terms.of, before)
        count = -(-self._count(fee, day, context) // fee.terms.each)
        amount = cents * count
        if fee.terms.most_cents is not None:
            amount = min(amount, fee.terms.most_cents)
        if fee.terms.takes_off:
            amount = -min(amount, sum(line.amount_cents for line in before))
        text = fee.explain.format_map({**places, "amount": self.policy.money(abs(amount))})
        if count > 1 and amount < cents * count:
            text = f"{text} That is the most."
        elif count > 1:
            text = f"{text} It is {count} times {self.policy.money(cents)}."
        return FeeLine(fee.code, fee.label, amount, clause, text)

    def _count(self, fee: Fee, day: date, context: Context) -> int:
        if fee.terms.per == "application":
            return 1
        if fee.terms.per == "record":
            return claimed_within(fee.terms.over, context)
        more, since = self.context.facts.more, fee.terms.since
        late_after = since.on(self.context.period) if since else self.context.period.expires_on
        further = len(further_credentials(self.context, self.version.families.several, self.policy.code))
        counts = {
            "credential": 1 + further,
            "further_credential": further,
            "petition": more.petitions,
            "correction": more.corrections,
            "late_day": max(0, (day - late_after).days),
            "late_month": begun_months(late_after, day),
            "late_calendar_month": begun_calendar_months(late_after, day),
            "late_year": -(-begun_months(late_after, day) // MONTHS_IN_YEAR),
        }
        return counts[fee.terms.per]

    def _petitions(self, tier: Tier) -> list[FeeLine]:
        """Return the line of the petition fees, unless a fee of the tier is for petitions."""
        count, fee = self.context.facts.more.petitions, self.version.petition_fee
        own = any(one.terms.per == "petition" for one in self._fees(tier))
        if own or not count or not fee.amount_cents:
            return []
        return [FeeLine(fee.code, fee.label, fee.amount_cents * count, fee.clause, fee.text)]

    def _due(self, due: DueAnswer) -> FeeLine:
        text = f"{due.label} is due on {day_in_words(due.due_on)}."
        text += " It is for a part of the usual time." if due.is_part else ""
        return FeeLine(due.code, due.label, due.cents, due.rule.clause, text)


def claimed_within(over: LimitedRecords, context: Context) -> int:
    """Return how many of the claimed records a fee for each record is about."""
    return sum(matches_limit(one, over) for one in context.counted)


def _share(percent: int, of: tuple[str, ...], before: list[FeeLine]) -> int:
    """Return `percent` of the fees in `before` whose codes are in `of`, in cents; of all of them
    when `of` is empty. Half a cent is rounded up.
    """
    base = sum(line.amount_cents for line in before if not of or line.code in of)
    return (base * percent * TWICE + WHOLE) // (WHOLE * TWICE)


def further_credentials(context: Context, several: SeveralCredentials | None, own: str) -> list[str]:
    """Return the codes of the other credentials that this application renews at a price."""
    also = context.facts.more.also
    return [
        one.code for one in also if renews_other(one, several) and not is_covered_by(own, one.code, several)
    ]


def renews_other(other: OtherCredential, several: SeveralCredentials | None) -> bool:
    """Return whether the application also renews `other`, under a policy in which one application
    may renew several credentials.
    """
    return other.renewed and (several is None or several.one_application)


def is_covered_by(own: str, code: str, several: SeveralCredentials | None) -> bool:
    """Return whether renewing the credential `own` also renews the credential `code`: the policy
    must say that the highest renews the lower ones, and rank `code` below `own`.
    """
    if several is None or not several.highest_renews_lower:
        return False
    ranks = several.ranks
    return own in ranks and code in ranks and ranks.index(code) < ranks.index(own)


def renewed_with(facts: Facts, policy: Policy, today: date) -> OtherCredential | None:
    """Return the credential whose renewal renews this one too, without needs or a fee of its own: the
    highest of the holder's that the policy in force on `today` ranks above it. None without one.

    It keeps lower ones, is valid on `today`, can be renewed on the day on which this one ends, or earlier, and its next
    cycle ends on that day or later.
    """
    several = policy.version_on(today).families.several
    if several is None:
        return None
    higher = (
        one
        for one in facts.more.also
        if one.keeps_lower
        and is_covered_by(one.code, policy.code, several)
        and (one.expires_on is None or today <= one.expires_on)
        and (one.opens_on is None or one.opens_on <= facts.expires_on)
        and (one.next_expires_on is None or facts.expires_on <= one.next_expires_on)
    )
    return max(higher, key=lambda one: several.ranks.index(one.code), default=None)
