"""The two pages about the policy in force: "How renewal works" in cards and steps, and "All rules"
with every figure, clause and reading.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from core.deadlines import full_day
from core.policy_words import card_name, card_of
from rules.asking import example_facts
from rules.fees import Window
from rules.policy.building_blocks import PLAIN_FEE
from rules.policy.model import Fee, Figure, Policy, PolicyVersion, Tier
from rules.standing import assess
from rules.units import number_in_words

FREE = "Nothing"
LONG_AGO = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class CitedClause:
    """A clause or a reading on which a card rests; `text` is the sentence of the clause."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class TierCard:
    """A price of the policy for somebody of whom nothing is known: when it applies, an example whose days
    are both inclusive, and its clauses. `others` are the fees that only some pay.
    """

    label: str
    price: str
    parts: str
    others: str
    sentence: str
    first_on: date
    last_on: date
    clauses: tuple[CitedClause, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a renewal: what to do, and what a trainer should know about it."""

    title: str
    line: str


@dataclass(frozen=True, slots=True)
class HowPage:
    """The page "How renewal works"; `example_on` is the expiration date of the examples."""

    lead: str
    example_on: date
    tiers: tuple[TierCard, ...]
    steps_title: str
    steps: tuple[Step, ...]
    petition: str


@dataclass(frozen=True, slots=True)
class RulesPage:
    """The content of the page "All rules"; `example_on` is the expiration date of its example."""

    version: PolicyVersion
    example_on: date
    last_course_on: date
    windows: tuple[Window, ...]
    fees: tuple[Figure, ...]
    figures: tuple[Figure, ...]


def how_page(policy: Policy, *, today: date) -> HowPage:
    """Return the page with the prices and steps of the version in force on `today`."""
    version = policy.version_on(today)
    example_on = _example_on(today)
    tiers = tuple(_tier_card(policy, version, tier, example_on) for tier in version.tiers)
    steps = tuple(_steps(policy, version))
    return HowPage(
        lead=_lead(policy, version, tiers[0].price, today),
        example_on=example_on,
        tiers=tiers,
        steps_title=f"{number_in_words(len(steps)).capitalize()} steps",
        steps=steps,
        petition=_petition(policy, version),
    )


def rules_page(policy: Policy, *, today: date) -> RulesPage:
    """Return the page with the rules in force on `today`, or those that are the first. Its example is a
    certification that expires on June 30 of this year, and follows these rules alone.
    """
    version = policy.version_on(today)
    example_on = _example_on(today)
    standing = assess(example_facts(policy, example_on), today, _only(policy, version))
    figures = version.figures()
    prices = tuple(one for one in figures if one.key.startswith("fee_"))
    return RulesPage(
        version=version,
        example_on=example_on,
        last_course_on=standing.dates.completion_deadline,
        windows=standing.windows,
        fees=prices,
        figures=tuple(one for one in figures if one not in prices),
    )


@lru_cache(maxsize=64)
def _only(policy: Policy, version: PolicyVersion) -> Policy:
    """Return the policy as if `version` had always been in force. A cycle of the example may have begun
    before the body had any rules, and others must not change its prices.
    """
    return replace(policy, versions=(replace(version, in_force_from=LONG_AGO),))


def _lead(policy: Policy, version: PolicyVersion, price: str, today: date) -> str:
    amount = f" with {policy.unit.words(version.total)}" if version.total else ""
    begins = f" These rules begin on {full_day(version.in_force_from)}."
    lead = f"You renew every {_length(version)}{amount}. It costs {_as_words(price)} when you are on time."
    return lead + (begins if today < version.in_force_from else "")


def _as_words(price: str) -> str:
    return price.lower() if price == FREE else price


def _example_on(today: date) -> date:
    return date(today.year, 6, 30)


def _length(version: PolicyVersion, more: str = "") -> str:
    """Return the length of a cycle in words, such as "two years" or "year"; with " more" as `more`, "two
    more years" or "one more year".
    """
    count, unit = version.cycle
    if count == 1:
        return f"one{more} {unit.removesuffix('s')}" if more else unit.removesuffix("s")
    return f"{number_in_words(count)}{more} {unit}"


def _tier_card(policy: Policy, version: PolicyVersion, tier: Tier, example_on: date) -> TierCard:
    """Return the card of a tier, with the price on its first day."""
    facts, only = example_facts(policy, example_on), _only(policy, version)
    first_on, last_on = tier.bounds.days_in(assess(facts, example_on, only).cycle)
    windows = assess(replace(facts, received_on=first_on), first_on, only).windows
    charged = next((one.fees.lines for one in windows if one.tier == tier.code), ())
    total = sum(fee.amount_cents for fee in charged)
    parts = [f"{policy.money(fee.amount_cents)} {_within(fee.label)}" for fee in charged]
    known = {fee.code for fee in charged}
    others = [_within(fee.label) for fee in tier.fees if fee.code not in known and _may_be_charged(fee)]
    codes = dict.fromkeys((tier.clause, *(fee.clause for fee in charged)))
    return TierCard(
        label=tier.label,
        price=policy.money(total) if total else FREE,
        parts=" + ".join(parts) if len(parts) > 1 else "",
        others=", ".join(others),
        sentence=tier.text,
        first_on=first_on,
        last_on=last_on,
        clauses=tuple(_cited(version, code) for code in codes),
    )


def _may_be_charged(fee: Fee) -> bool:
    terms = fee.terms
    return terms != PLAIN_FEE and bool(fee.amount_cents or terms.percent or terms.instead)


def _within(label: str) -> str:
    """Return a label for the middle of a sentence; one that begins with an abbreviation stays."""
    return label if label[1:2].isupper() else f"{label[:1].lower()}{label[1:]}"


def _cited(version: PolicyVersion, code: str) -> CitedClause:
    texts = {one.code: one.text for one in version.clauses} | {one.code: one.text for one in version.readings}
    return CitedClause(code, texts.get(code, ""))


def _steps(policy: Policy, version: PolicyVersion) -> Iterator[Step]:
    card = card_of(version)
    if needed := version.total - (card.minimum if card else 0):
        yield _courses(policy, version, needed)
    if card:
        least = policy.unit.words(card.minimum)
        line = f"It gives the last {least} and must be valid on the day you renew."
        yield Step(f"Keep your {card_name(card)} current", line)
    yield Step("Log each course when you finish it", "Take a photo of the certificate. It counts at once.")
    drawn = (
        "Some renewals, chosen at random, are asked for their documents." if float(version.audit_rate) else ""
    )
    yield Step("Check, agree and pay", f"It takes about 3 minutes. {drawn}".strip())
    line = f"It runs for {_length(version, ' more')}, from the day after the old one ends."
    yield Step("Get your certificate", line)


def _courses(policy: Policy, version: PolicyVersion, needed: int) -> Step:
    hours = policy.unit.hours(needed)
    about = f", about {hours} hours" if hours else ""
    return Step("Take approved courses", f"{policy.unit.words(needed)} in your {_length(version)}{about}.")


def _petition(policy: Policy, version: PolicyVersion) -> str:
    days = version.promised_answer_business_days
    answer = f"We answer within {days} business days."
    if not version.petition_fee.amount_cents:
        return f"Ask us to count it (petition). {answer}"
    price = policy.money(version.petition_fee.amount_cents)
    return f"Ask us to count it (petition). It costs {price}, which we do not return. {answer}"
