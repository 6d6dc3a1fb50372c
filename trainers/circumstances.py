"""What only some policies ask about a person and a cycle, as facts for the rules.

The facts of this floor are read here. An app on a higher floor that keeps others, such as cards,
registers a function for them. A policy that asks for nothing costs no query.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import prefetch_related_objects

from core.policy_words import fill_policy_words
from rules.asking import BORN_ON, COUNTRY, MEMBER, AskedFact, asked_facts, needs_birthday
from rules.cycle import cycle_number
from rules.days import add_years
from rules.facts import NO_CIRCUMSTANCES, Circumstances
from rules.for_life import may_be_for_life
from rules.given_status import may_give_status
from rules.next_cycles import may_leave_series
from rules.policy.load import load_policy
from rules.policy.model import Policy
from rules.policy.read_conditions import CHOICE, NUMBER, YES_NO
from trainers.models import Credential, Cycle, Trainer
from trainers.models.person import EARLIEST_BIRTH

YES, NO = "yes", "no"
YOUNGEST = 14
COLUMNS = {BORN_ON: "born_on", COUNTRY: "country", MEMBER: "is_member"}  # of the trainer
# A reader takes cycles whose policies are wide, and returns fields of Circumstances by the cycle's primary key.
CircumstanceFields = Mapping[str, Any]  # fields of Circumstances, by their names
CircumstancesReader = Callable[[Sequence[Cycle]], Mapping[int, CircumstanceFields]]
# Returns why the owner cannot change stated facts now, such as a renewal under review; "" when nothing stands against it.
FactLock = Callable[[Credential], str]
_readers: list[CircumstancesReader] = []
_locks: list[FactLock] = []


def register_circumstances(read: CircumstancesReader) -> CircumstancesReader:
    """Register a function that reads further facts about cycles, in as many queries as for one cycle."""
    _readers.append(read)
    return read


def register_fact_lock(read: FactLock) -> FactLock:
    """Register a function that says why the owner cannot change facts about a credential now."""
    _locks.append(read)
    return read


def why_facts_stay(credential: Credential) -> str:
    """Return why the owner cannot change facts about the credential now; "" when they can."""
    return next(filter(None, (read(credential) for read in _locks)), "")


def why_these_stay(credential: Credential, facts: Iterable[AskedFact]) -> str:
    """Return why the owner cannot change these facts of the credential now; "" when they can. A fact
    about the person also stays while it decides about another of their certifications.
    """
    personal = {one.code for one in facts if not one.is_own}
    others = credential.trainer.credentials.exclude(pk=credential.pk).order_by("pk") if personal else ()
    asked = (one for one in others if not personal.isdisjoint(_codes_asked_of(one)))
    return next(filter(None, map(why_facts_stay, (credential, *asked))), "")


def _codes_asked_of(credential: Credential) -> set[str]:
    return {one.code for one in facts_asked_of(Cycle.objects.latest_of(credential))}


def circumstances_of(cycle: Cycle) -> Circumstances:
    """Return the facts about one cycle that its policy asks for; see `circumstances_of_all`."""
    if not cycle.policy.wide:
        return NO_CIRCUMSTANCES
    return circumstances_of_all([cycle])[cycle.pk]


def circumstances_of_all(cycles: Iterable[Cycle]) -> dict[int, Circumstances]:
    """Return the facts that the policy of each cycle asks for, by the cycle's primary key. No query
    for policies that ask for none; else one for each kind of fact that is not loaded yet.
    """
    kept = list(cycles)
    found = {one.pk: NO_CIRCUMSTANCES for one in kept}
    wide = [one for one in kept if one.policy.wide]
    _load_rows(wide)
    given = {one.pk: _personal(one) for one in wide}
    for read in _readers if wide else ():
        for key, more in read(wide).items():
            given[key].update(more)
    for key, fields in given.items():
        if any(fields.values()):
            found[key] = replace(NO_CIRCUMSTANCES, **fields)
    return found


@register_circumstances
def _numbers(cycles: Sequence[Cycle]) -> Mapping[int, Mapping[str, object]]:
    """Return the number of each cycle of a policy under which it cannot be told from its last day: one
    more than that of the cycle before. One query; none where the policy counts every cycle from the award.
    """
    asking = [one for one in cycles if may_leave_series(one.policy)]
    ends: dict[int, list[date]] = {one.credential_id: [] for one in asking}
    rows = Cycle.objects.filter(credential__in=ends).order_by("starts_on") if asking else Cycle.objects.none()
    for credential, expires_on in rows.values_list("credential_id", "expires_on"):
        ends[credential].append(expires_on)
    return {one.pk: {"number": _number_of(one, ends[one.credential_id])} for one in asking}


def _number_of(cycle: Cycle, ends: Iterable[date]) -> int | None:
    policy, credential = cycle.policy, cycle.credential
    number = None
    for expires_on in ends:
        if expires_on <= cycle.expires_on:
            born_on = born_on_of(credential, policy) or expires_on
            known = cycle_number(policy, credential.awarded_on, expires_on, born_on)
            number = number + 1 if number else known
    return number


def facts_asked_of(cycle: Cycle) -> tuple[AskedFact, ...]:
    """Return what the policy asks about the person and the credential, for this cycle and later ones;
    nothing in a cycle that never ends.
    """
    return () if cycle.is_for_life else asked_facts(cycle.policy, cycle.starts_on)


def known_facts(credential: Credential, asked: Iterable[AskedFact]) -> dict[str, object]:
    """Return the stored value of each of these facts that is known and fits its kind."""
    kept = list(asked)
    found: dict[str, object] = {}
    if any(not one.is_own for one in kept):
        trainer = credential.trainer
        found = {one.code: getattr(trainer, COLUMNS[one.code]) for one in kept if not one.is_own}
    if any(one.is_own for one in kept):
        rows = {row.code: row.value for row in credential.facts.all()}
        found |= {one.code: read_value(one, rows.get(one.code, "")) for one in kept if one.is_own}
    return {code: value for code, value in found.items() if value not in (None, "")}


def born_on_of(credential: Credential, policy: Policy) -> date | None:
    """Return the owner's day of birth when the policy counts cycles from it; else None, unasked."""
    return credential.trainer.born_on if needs_birthday(policy) else None


def ends_by_birthday(trainer: Trainer) -> bool:
    """Return whether a policy that one of the trainer's certifications follows, or will follow, counts
    cycles from the day of birth. One query.
    """
    rows = trainer.credentials.values_list("policy_code", "next_policy_code")
    return any(needs_birthday(load_policy(code)) for row in rows for code in row if code)


def wrong_birthday(day: date, today: date) -> str:
    """Return what is wrong with a day of birth; "" when nothing is."""
    if EARLIEST_BIRTH <= day <= add_years(today, -YOUNGEST):
        return ""
    return fill_policy_words("Check the year: this is no day of birth of {a_holder}.")


def read_value(fact: AskedFact, text: str) -> object:
    """Return the value that is stored as `text`; None when it does not fit the kind of the fact,
    because another policy is followed since.
    """
    if fact.kind == YES_NO:
        return {YES: True, NO: False}.get(text)
    if fact.kind == NUMBER:
        return int(text) if text.isascii() and text.isdigit() else None
    if fact.kind == CHOICE:
        return text if text in fact.choices else None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def stored_value(value: object) -> str:
    """Return the text as which a value is stored; `read_value` reads it."""
    if isinstance(value, bool):
        return YES if value else NO
    return value.isoformat() if isinstance(value, date) else str(value)


def _load_rows(cycles: list[Cycle]) -> None:
    """Load the owners and the stated facts of these cycles' credentials, where they are asked for."""
    asked = {one.pk: facts_asked_of(one) for one in cycles}
    personal = [one.credential for one in cycles if any(not fact.is_own for fact in asked[one.pk])]
    own = [one.credential for one in cycles if any(fact.is_own for fact in asked[one.pk])]
    prefetch_related_objects(personal, "trainer")
    prefetch_related_objects(own, "facts")


def _personal(cycle: Cycle) -> dict[str, Any]:
    known = known_facts(cycle.credential, facts_asked_of(cycle))
    fields = {code: known.pop(code) for code in tuple(COLUMNS) if code in known}
    chosen = may_be_for_life(cycle.policy) or may_give_status(cycle.policy)  # nobody comes to it unasked
    paths = {
        "wished_path": cycle.path or None,
        "renewed_by": cycle.renewed_by or None,
        "chooses_path": chosen,
    }
    return {**fields, **paths, "own": known}
