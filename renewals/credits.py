"""How many of our units a credit of somebody else is worth, by the policy's conversions."""

from badges.reading import Claims
from rules.facts import FactsError
from rules.policy.model import Policy
from rules.question_more import converted_amount
from rules.units import LARGEST, BadCeus, parse_contact_hours


def hundredths_of(claims: Claims, policy: Policy) -> int | None:
    """Return the amount in our unit: stated in it, converted by the policy, or worth the contact
    hours that are stated; None when the credential does not say, and the trainer fills it in.
    """
    found = _amount_of(claims, policy)
    return found if found and found <= LARGEST else None


def _amount_of(claims: Claims, policy: Policy) -> int | None:
    unit, named = policy.unit, claims.tag("unit")
    try:
        if named and named == unit.singular.lower().replace(" ", "_"):
            return unit.parse(claims.credits)
        if hours := claims.tag("contact_hours"):
            return parse_contact_hours(hours, unit)
        if named:
            return converted_amount({"of": named, "ceus": claims.credits}, "credits", policy)
    except (BadCeus, FactsError):
        return None
    return None
