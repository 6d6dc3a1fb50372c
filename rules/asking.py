"""Which facts about a person a policy asks for, and why: everything that a condition or requirement
of the policy names.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rules.cycle_ends import BIRTH_MONTH, BIRTH_YEAR, BIRTHDAY
from rules.days import add_years
from rules.facts import Circumstances, Facts
from rules.policy.amounts import Alternatives, RecordLimit, RecordWeight
from rules.policy.building_blocks import Condition, Rule
from rules.policy.families import ActRule, Card, Due, Need, Path
from rules.policy.model import Policy, PolicyVersion
from rules.policy.read_conditions import DAY, GIVERS, YES_NO

BORN_ON, COUNTRY, MEMBER = OF_THE_PERSON = ("born_on", "country", "member")
EXAMPLE_AGE = 40
COUNTRIES = "country"  # the kind of the fact "country"; the other kinds are those of own facts
TRAINER, STAFF = GIVERS
_ABOUT_PEOPLE = {"age_from": BORN_ON, "age_through": BORN_ON, "country": COUNTRY, "member": MEMBER}
_ABOUT_OTHERS = ("also_holds", "also_from", "also_through")
Ruled = RecordWeight | Alternatives | Need | Path | Card | Due | ActRule
Asking = Iterator[tuple[Condition | None, tuple[Rule, ...]]]


@dataclass(frozen=True, slots=True)
class AskedFact:
    """A fact that a policy asks for. `by` says who states it: the trainer, or staff for the body.
    `why` are the rules that ask for it.
    """

    code: str
    label: str
    kind: str
    choices: tuple[str, ...]
    by: str
    why: tuple[Rule, ...]

    @property
    def is_own(self) -> bool:
        """Return whether the policy itself defines the fact; it is then about one credential."""
        return self.code not in OF_THE_PERSON


_PERSONAL = {
    BORN_ON: ("Day of birth", DAY, TRAINER),
    COUNTRY: ("Country", COUNTRIES, TRAINER),
    MEMBER: ("Member", YES_NO, STAFF),
}


@lru_cache(maxsize=512)
def asked_facts(policy: Policy, day: date) -> tuple[AskedFact, ...]:
    """Return the facts that the policy asks for from `day` on: day of birth, country, membership,
    then its own in the order of the file. Asked is what its version of that day or a later one names.
    """
    if not policy.wide:
        return ()
    why: dict[str, list[Rule]] = {}
    for version in _versions_from(policy, day):
        for code, rules in _named(version):
            known = why.setdefault(code, [])
            known += [one for one in rules if one not in known]
    personal = (AskedFact(code, *_kind(code), tuple(why[code])) for code in OF_THE_PERSON if code in why)
    own = (
        AskedFact(one.code, one.label, one.kind, one.choices, one.by, tuple(why[one.code]))
        for one in policy.own_facts
        if one.code in why
    )
    return (*personal, *own)


def asks_for_renewals(policy: Policy) -> bool:
    """Return whether earlier renewals decide something: how often a tier or a way was used, or what was
    completed before a late one.
    """
    return policy.wide and any(
        version.families.carry_over
        or any(tier.terms.uses is not None for tier in version.tiers)
        or any(path.uses is not None for path in version.families.paths)
        for version in policy.versions
    )


def carries_over(policy: Policy) -> bool:
    """Return whether something may be carried over from one cycle of the policy to the next."""
    found = (version.families.carry_over for version in policy.versions)
    return any(one is not None and one.most != 0 for one in found)


def charges_for(policy: Policy, per: str) -> bool:
    """Return whether a fee of the policy is charged for each of these, such as "petition"."""
    return any(fee.terms.per == per for version in policy.versions for fee in version.fees)


def asks_for_others(policy: Policy) -> bool:
    """Return whether other credentials of the holder decide something: by a rule for people with
    several, or by a condition.
    """
    return policy.wide and any(
        version.families.several or any(_names_others(one) for one, _ in conditions_of(version) if one)
        for version in policy.versions
    )


def spares_after_audits(policy: Policy) -> bool:
    """Return whether somebody is not drawn for a while after an audit."""
    audits = (version.families.audit for version in policy.versions)
    return any(one is not None and one.not_within_months > 0 for one in audits)


def _names_others(condition: Condition) -> bool:
    inside = (*condition.any_of, *filter(None, (condition.none_of,)))
    return any(key in _ABOUT_OTHERS for key, _ in condition.tests) or any(map(_names_others, inside))


def needs_birthday(policy: Policy) -> bool:
    """Return whether the end of a cycle of the policy is counted from the day of birth."""
    return any(map(_ends_by_birth, policy.versions))


def example_facts(policy: Policy, expires_on: date) -> Facts:
    """Return the facts of nobody in particular, whose cycle ends on `expires_on`. A policy that
    counts from the day of birth gets one on that day, forty years earlier.
    """
    if not needs_birthday(policy):
        return Facts(expires_on=expires_on)
    return Facts(expires_on=expires_on, more=Circumstances(born_on=add_years(expires_on, -EXAMPLE_AGE)))


def _kind(code: str) -> tuple[str, str, tuple[str, ...], str]:
    label, kind, by = _PERSONAL[code]
    return label, kind, (), by


def _versions_from(policy: Policy, day: date) -> list[PolicyVersion]:
    """Return the version in force on `day`, or the first one, and all later ones."""
    begun = [place for place, one in enumerate(policy.versions) if one.in_force_from <= day]
    return list(policy.versions[max(begun, default=0) :])


def _ends_by_birth(version: PolicyVersion) -> bool:
    ends = version.families.ends
    return ends.kind in (BIRTH_MONTH, BIRTHDAY) or ends.years == BIRTH_YEAR


def _named(version: PolicyVersion) -> Iterator[tuple[str, tuple[Rule, ...]]]:
    """Yield (code of a fact, the rules that ask for it)."""
    if _ends_by_birth(version):
        cycle = next(one for one in version.stated if one.key == "cycle")
        yield BORN_ON, (Rule(cycle.clause, cycle.text, cycle.in_source),)
    for changed in filter(None, (version.families.less, version.families.more)):
        yield changed.fact, (changed.rule,)
    for need in version.families.needs:
        yield need.fact, (need.rule,)
    for condition, rules in conditions_of(version):
        if condition:
            yield from ((code, rules) for code in _codes(condition))


def conditions_of(version: PolicyVersion) -> Asking:
    """Yield every condition of the version, or None where a row has none, with the rules that ask it."""
    yield from _in_families(version)
    yield from _in_prices(version)


def _in_families(version: PolicyVersion) -> Asking:
    families = version.families
    for total in families.totals:
        yield total.when, (total.amount.rule,)
    for limit in families.limits:
        yield limit.when, _rules_of(limit)
    rows: tuple[Ruled, ...] = (
        *families.weights,
        *families.alternatives,
        *families.needs,
        *families.paths,
        *families.cards,
        *families.dues,
        *families.acts,
    )
    for row in rows:
        yield row.when, (row.rule,)
    if families.audit:
        yield families.audit.when, (families.audit.rule,)
        yield families.audit.always, (families.audit.rule,)


def _rules_of(limit: RecordLimit) -> tuple[Rule, ...]:
    return tuple(one.rule for one in (limit.least, limit.most) if one)


def _in_prices(version: PolicyVersion) -> Asking:
    for fee in version.fees:
        yield fee.terms.when, (Rule(fee.clause, fee.text, fee.in_source),)
        for other in fee.terms.instead:
            yield other.when, (other.rule,)
    for tier in version.tiers:
        yield tier.terms.when, (Rule(tier.clause, tier.text, tier.in_source),)


def _codes(condition: Condition) -> Iterator[str]:
    """Yield the code of each fact that the condition names."""
    yield from (_ABOUT_PEOPLE[key] for key, _ in condition.tests if key in _ABOUT_PEOPLE)
    yield from (one.code for one in condition.facts)
    for one in (*condition.any_of, *filter(None, (condition.none_of,))):
        yield from _codes(one)


@dataclass(frozen=True, slots=True)
class CardKind:
    """A kind of card that a policy knows. `formats`: how its course may be held, where that
    matters. `why` is the sentence of its rule, or "" for one that only serves as another. It is accepted
    for `lasts_months` from its first day at most; None without such a rule.
    """

    code: str
    label: str
    formats: tuple[str, ...]
    why: str
    lasts_months: int | None = None


@lru_cache(maxsize=512)
def card_kinds(policy: Policy, day: date) -> tuple[CardKind, ...]:
    """Return the cards that the policy asks for, or that serve as one, from `day` on; of several
    versions with the same code, as the last one states it. The formats are those that the policy lists.
    """
    found: dict[str, CardKind] = {}
    for version in _versions_from(policy, day):
        for card in version.families.cards:
            listed = (version.families.formats or card.formats) if card.formats else ()
            found[card.code] = CardKind(card.code, card.label, listed, card.rule.text, card.lasts_months)
        for code in (one for card in version.families.cards for one in card.served_by):
            found.setdefault(code, CardKind(code, code.replace("_", " ").capitalize(), (), ""))
    return tuple(found.values())
