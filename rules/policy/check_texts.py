"""Whether the texts of a policy say the numbers that it states (docs/policy-format.md, "Numbers in texts")."""

from collections.abc import Iterator
from fractions import Fraction

from rules.days import Bounds, Offset
from rules.policy.building_blocks import PLAIN_FEE
from rules.policy.model import Fee, Policy, PolicyVersion, StatedText, Tier
from rules.policy.numbers_said import SaidNumber, numbers_said, singular_of

Measured = tuple[str, Fraction]


def text_problems(policy: Policy, version: PolicyVersion) -> Iterator[str]:
    """Yield a sentence for each text of `wrong_texts`, with its place."""
    for one, said in wrong_texts(policy, version):
        yield f"{one.place}: the text says {said}, and the value is {one.value}."


def wrong_texts(policy: Policy, version: PolicyVersion) -> Iterator[tuple[StatedText, str]]:
    """Yield each text that says a number of the kind of its value, such as days, and none that its value
    or another key of its table has, with the numbers that it says.
    """
    nouns = {singular_of(words.split()[-1]) for words in (policy.unit.singular, policy.unit.plural)}
    windows = _window_lengths(version)
    for one in (*version.texts, *_of_fees(policy, version)):
        value = numbers_said(one.value, nouns, policy.currency_symbol)
        kinds = {said.kind for said in value if said.kind}
        text = numbers_said(one.text, {*nouns, *kinds}, policy.currency_symbol)
        wrong = list(_wrong(one, value, text, windows))
        if wrong:
            yield one, ", ".join(wrong)


def _of_fees(policy: Policy, version: PolicyVersion) -> Iterator[StatedText]:
    """Yield the sentences about fees and tiers that are no figure's: of one person, and of other amounts."""
    for fee in version.fees:
        amounts = [policy.money(cents) for cents in _amounts(fee)]
        if amounts:
            yield StatedText(f"fees[{fee.code}].explain", fee.explain, ", ".join(amounts))
        for other in fee.terms.instead:
            if other.rule.text != fee.text:
                yield StatedText(f"fees[{fee.code}].instead", other.rule.text, policy.money(other.cents))
    for tier in version.tiers:
        if all(fee.terms == PLAIN_FEE for fee in tier.fees):
            prices = ", ".join(policy.money(cents) for cents in _prices(tier))
            for name, text in (("explain", tier.explain), ("text", tier.text)):
                yield StatedText(f"tiers[{tier.code}].{name}", text, prices)


def _amounts(fee: Fee) -> list[int]:
    """Return the amounts that a fee may have; none when it is a share of others."""
    own = [] if fee.terms.percent else [fee.amount_cents]
    most = [] if fee.terms.most_cents is None else [fee.terms.most_cents]
    return own + most + [other.cents for other in fee.terms.instead]


def _prices(tier: Tier) -> list[int]:
    """Return the amounts of a tier's fees, and what its first ones are together, up to all."""
    amounts = [fee.amount_cents for fee in tier.fees]
    return amounts + [sum(amounts[:count]) for count in range(2, len(amounts) + 1)]


def _wrong(
    one: StatedText, value: list[SaidNumber], text: list[SaidNumber], windows: set[Measured]
) -> Iterator[str]:
    """Yield the numbers of the first kind of which a text says some, and none of them rightly."""
    own, bare = {said.measured for said in value}, one.value.isdecimal()
    others, kinds = one.others - {said.number for said in value}, {said.kind for said in value}
    for kind in dict.fromkeys(kind for kind, _ in own):
        of_kind = [said for said in text if said.measured[0] == kind or bare]
        if any(said.measured in own or said.number in others for said in of_kind):
            continue
        if bare and any(("", said.number) in own for said in of_kind):
            continue
        firm = [said for said in of_kind if not said.more]
        wrong = [said for said in firm if said.kind in kinds or said.measured not in windows]
        if wrong:
            yield from map(_plain, sorted({said.number for said in wrong}))
            return


def _window_lengths(version: PolicyVersion) -> set[Measured]:
    """Return how long the version's cycle is, and how far the ends of its windows are from their days."""
    families = version.families
    bounds: list[Bounds | None] = [version.earning.bounds, *(one.bounds for one in version.tiers)]
    bounds += [*(one.bounds for one in families.acts), *(one.span for one in families.cards)]
    bounds += [*(one.within for one in families.needs), *(one.within for one in families.limits)]
    bounds += [one.within for one in families.weights]
    ends = [end for one in bounds if one for end in (one.first, one.last)]
    cycle = Offset("S", version.cycle_months, "month")
    return {
        SaidNumber(end.unit.removeprefix("business ").split()[0], Fraction(abs(end.count))).measured
        for end in (*ends, cycle)
    }


def _plain(number: Fraction) -> str:
    return str(number) if number.denominator == 1 else f"{float(number):g}"
