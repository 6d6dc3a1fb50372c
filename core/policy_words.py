"""The words of the policy that the portal follows: its unit, its card, its categories.

The one home of these words. Templates use the filters and tags of `core.templatetags.words`, which
ask here. The catalogue and every record count in this unit, in whole numbers of its smallest part.
"""

from django.conf import settings
from django.http import Http404, HttpRequest
from django.utils.functional import lazy

from core import clock
from core.errors import Refusal
from rules.policy.building_blocks import Holder
from rules.policy.load import load_policy, policy_names
from rules.policy.model import Category, Policy, PolicyVersion
from rules.policy.parse import PolicyError
from rules.units import Unit

ENDS_A_CARDS_NAME = ("card", "certificate", "certification", "licence", "license")
ANY_CARD = "card"
VOWELS = tuple("aeiou")


def portal_policy() -> Policy:
    """Return the policy that new credentials follow (PORTAL_POLICY)."""
    return load_policy(settings.PORTAL_POLICY)


def version_today(policy: Policy) -> PolicyVersion:
    """Return the version in force today; before the first version, the first."""
    today = clock.today(policy.time_zone)
    return policy.version_on(today)


def portal_unit() -> Unit:
    """Return the unit in which the catalogue and the records count."""
    return portal_policy().unit


def portal_holder() -> Holder:
    """Return what the portal calls those who are certified, whatever other policies beside its own say."""
    return portal_policy().holder


def check_fits(policy: Policy) -> None:
    """Raise Refusal for a policy that counts in another unit or currency than the portal: the catalogue
    and the records hold whole numbers of one unit's smallest part, and every sum of money is of one currency.
    """
    own = portal_policy()
    if policy.unit != own.unit:
        sentence = f"{policy.code} counts in {policy.unit.plural}, and this portal in {own.unit.plural}."
        raise Refusal(sentence, code="other_unit", field="policy")
    if policy.currency != own.currency:
        sentence = f"{policy.code} charges {policy.currency}, and this portal {own.currency}."
        raise Refusal(sentence, code="other_currency", field="policy")


def fitting_policies() -> list[Policy]:
    """Return the policies of the portal that count in its unit and currency, by their codes. A file that
    makes no sense is left out: `./portal policy check` tells about it.
    """
    own = portal_policy()
    fits = (own.unit, own.currency)
    return [one for one in map(_policy_or_none, policy_names()) if one and (one.unit, one.currency) == fits]


def category_choices() -> list[tuple[str, str]]:
    """Return (code, label) of the categories that the policies of the portal know today: those of its own
    policy first, each code once.
    """
    found: dict[str, str] = {}
    for policy in (portal_policy(), *fitting_policies()):
        for one in version_today(policy).categories:
            found.setdefault(one.code, one.label)
    return list(found.items())


def policy_choices() -> list[tuple[str, str]]:
    """Return (code, title) of the policies of the portal: its own first."""
    own = portal_policy()
    return [(one.code, one.title) for one in sorted(fitting_policies(), key=lambda one: one.code != own.code)]


def policy_asked_about(request: HttpRequest) -> Policy:
    """Return the policy that the address or the form names with `policy`; without it the portal's own.
    Raises Http404 for one that the portal does not have.
    """
    code = request.POST.get("policy") or request.GET.get("policy")
    if not code:
        return portal_policy()
    found = next((one for one in fitting_policies() if one.code == code), None)
    if found is None:
        raise Http404
    return found


def other_policy_code(policy: Policy) -> str:
    """Return the policy's code for an address; "" for the portal's own, which needs none."""
    return "" if policy.code == settings.PORTAL_POLICY else policy.code


def _policy_or_none(name: str) -> Policy | None:
    try:
        return load_policy(name)
    except PolicyError:
        return None


def amount_in_words(amount: int) -> str:
    """Return an amount with its unit, such as "1.9 CEUs"."""
    return portal_unit().words(amount)


def example_amount(policy: Policy, percent: int = 20) -> int:
    """Return the amount that hints and previews take as their example, such as 0.4 of 2.0: so
    many `percent` of what the policy requires.
    """
    wished = version_today(policy).total * percent // 100
    return max(1, wished // policy.unit.step) * policy.unit.step


def card_of(version: PolicyVersion) -> Category | None:
    """Return the category whose card must be current; None when the version requires no card."""
    return next((one for one in version.categories if one.must_be_current and one.minimum), None)


def course_categories(version: PolicyVersion) -> tuple[Category, ...]:
    """Return the categories that a course can have: all but those of cards."""
    return tuple(one for one in version.categories if not one.must_be_current)


def first_category(policy: Policy) -> str:
    """Return the code of the category that a course has unless somebody chooses another: the first
    category without a card.
    """
    version = version_today(policy)
    return next(one.code for one in (*course_categories(version), *version.categories))


def usual_category() -> str:
    """Return `first_category` of the portal's policy: the default of a new row in the catalogue."""
    return first_category(portal_policy())


def card_name(category: Category | None) -> str:
    """Return the name of a category's card, such as "CPR and AED card"; "card" without one."""
    if category is None:
        return ANY_CARD
    last = category.label.rsplit(maxsplit=1)[-1].lower()
    return category.label if last in ENDS_A_CARDS_NAME else f"{category.label} card"


def hours_label(unit: Unit) -> str:
    """Return the label of the field in which a trainer types how long a course took: contact hours,
    or the unit itself when the policy has no hours for one unit.
    """
    return "Contact hours" if unit.hours_per_unit else opened_with_a_capital(unit.plural)


def with_article(noun: str) -> str:
    """Return the noun after "a", or "an" before a vowel."""
    return f"{'an' if noun[:1].lower() in VOWELS else 'a'} {noun}"


def opened_with_a_capital(text: str) -> str:
    """Return the text with a capital first letter; the others stay as they are."""
    return f"{text[:1].upper()}{text[1:]}"


def fill_policy_words(sentence: str) -> str:
    """Return a sentence with the words of the portal's policy in its places.

    The places: {holder}, {a_holder} and {holders} (those who are certified), {unit}, {units}, {usual}
    (an amount), {card} (the card's name) and {card_category}. A word in the first place of the sentence gets a capital letter.
    """
    policy = portal_policy()
    card = card_of(version_today(policy))
    words: dict[str, object] = {
        "holder": policy.holder.singular,
        "a_holder": with_article(policy.holder.singular),
        "holders": policy.holder.plural,
        "unit": policy.unit.singular,
        "units": policy.unit.plural,
        "usual": policy.unit.format(example_amount(policy)),
        "card": card_name(card),
        "card_category": card.label if card else ANY_CARD,
    }
    return opened_with_a_capital(sentence.format_map(words))


def in_policy_words(sentence: str) -> str:
    """Return a lazy text for labels and hints: `fill_policy_words` fills in the sentence each time
    it is shown.
    """
    return lazy(fill_policy_words, str)(sentence)


HOLDER = lazy(lambda: portal_holder().singular, str)()  # for labels, as it is when they are shown
HOLDERS = lazy(lambda: portal_holder().plural, str)()
