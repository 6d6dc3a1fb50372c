"""Other units in which a course that is not in the catalogue may be stated, such as semester hours: those
that the policy converts.
"""

from dataclasses import replace

from rules.facts import FactsError
from rules.policy.model import Policy, PolicyVersion
from rules.question_more import converted_amount
from rules.units import LARGEST

TOO_MUCH = "This is more than any course gives. Check the number and the unit."


def units_in_words(version: PolicyVersion) -> list[str]:
    """Return what each other unit is worth, in the policy's words, with the clause that says so."""
    return [f"{one.rule.text} ({one.rule.clause})" for one in version.families.conversions]


def unit_choices(version: PolicyVersion, own: str) -> list[tuple[str, str]]:
    """Return the units that a form offers, `own` being the label of ours; empty when the policy converts
    none.
    """
    others = {one.code: one.label for one in version.families.conversions}
    return [("", own), *others.items()] if others else []


def amount_in_ours(
    policy: Policy, version: PolicyVersion, *, unit: str, typed: str, category: str
) -> tuple[int | None, str]:
    """Return the amount in the policy's own unit of what was `typed` in another one, as `version` of it
    converts, and ""; or None and a sentence on what is wrong.
    """
    policy = replace(policy, versions=(version,))
    try:
        amount = converted_amount({"of": unit, "ceus": typed.strip(), "category": category}, "hours", policy)
    except FactsError as error:
        return None, error.message
    return (amount, "") if amount <= LARGEST else (None, TOO_MUCH)
