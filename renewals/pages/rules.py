"""The two pages about the policy in force: "How renewal works" in cards and steps, and "All rules"
with every figure, clause and reading.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from core.policy_words import card_name, card_of
from rules.asking import example_facts
from rules.days import CyclePeriod
from rules.fees import Window
from rules.policy.model import Figure, Policy, PolicyVersion, Tier
from rules.standing import assess
from rules.units import number_in_words

FREE = "Nothing"


@dataclass(frozen=True, slots=True)
class CitedClause:
    """A clause or a reading on which a card rests; `text` is the sentence of the clause."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class TierCard:
    """A price of the policy: when it applies, an example whose days are both inclusive, and its clauses."""

    label: str
    price: str
    parts: str
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
    period = assess(example_facts(policy, example_on), today, policy).cycle
    tiers = tuple(_tier_card(policy, version, tier, period) for tier in version.tiers)
    steps = tuple(_steps(policy, version))
    return HowPage(
        lead=f"You renew every {_length(version)} with {policy.unit.words(version.total)}. "
        f"It costs {_as_words(tiers[0].price)} when you are on time.",
        example_on=example_on,
        tiers=tiers,
        steps_title=f"{number_in_words(len(steps)).capitalize()} steps",
        steps=steps,
        petition=_petition(policy, version),
    )


def rules_page(policy: Policy, *, today: date) -> RulesPage:
    """Return the page with the rules in force on `today`. Its example is a certification that
    expires on June 30 of this year.
    """
    version = policy.version_on(today)
    example_on = _example_on(today)
    standing = assess(example_facts(policy, example_on), today, policy)
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


def _as_words(price: str) -> str:
    return price.lower() if price == FREE else price


def _example_on(today: date) -> date:
    return date(today.year, 6, 30)


def _length(version: PolicyVersion, more: str = "") -> str:
    """Return the length of a cycle in words, such as "two years"; with " more" as `more`, "two more
    years".
    """
    count, unit = version.cycle
    return f"{number_in_words(count)}{more} {unit}"


def _tier_card(policy: Policy, version: PolicyVersion, tier: Tier, period: CyclePeriod) -> TierCard:
    first_on, last_on = tier.bounds.days_in(period)
    charged = [fee for fee in tier.fees if fee.amount_cents]
    total = sum(fee.amount_cents for fee in charged)
    parts = [f"{policy.money(fee.amount_cents)} {fee.label[:1].lower()}{fee.label[1:]}" for fee in charged]
    codes = dict.fromkeys((tier.clause, *(fee.clause for fee in charged)))
    return TierCard(
        label=tier.label,
        price=policy.money(total) if total else FREE,
        parts=" + ".join(parts) if len(parts) > 1 else "",
        sentence=tier.text,
        first_on=first_on,
        last_on=last_on,
        clauses=tuple(_cited(version, code) for code in codes),
    )


def _cited(version: PolicyVersion, code: str) -> CitedClause:
    texts = {one.code: one.text for one in version.clauses} | {one.code: one.text for one in version.readings}
    return CitedClause(code, texts.get(code, ""))


def _steps(policy: Policy, version: PolicyVersion) -> Iterator[Step]:
    card = card_of(version)
    yield _courses(policy, version, version.total - (card.minimum if card else 0))
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
