"""How dates, money and CEUs are written in pages and mails. Loaded in every template."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django import template
from django.template import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core.deadlines import clock_words, full_day, short_day, weekday_day, zone_city
from core.links import path_of
from core.policy_words import (
    amount_in_words,
    card_of,
    fill_policy_words,
    opened_with_a_capital,
    portal_holder,
    portal_policy,
    portal_unit,
    version_today,
    with_article,
)
from core.policy_words import card_name as name_of_card
from core.references import REFERENCE
from rules.days import FOR_LIFE, is_for_life, through_words
from rules.policy.model import Policy
from rules.units import format_cents

register = template.Library()

# The filters are one word each, because templates read better that way.


@register.filter
def day(value: date) -> str:
    """Return a date such as "March 14, 2027"."""
    return full_day(value)


register.filter(weekday_day)


@register.filter
def on(value: date) -> SafeString:
    """Return the date as `day` writes it, inside a <time> element that machines can read."""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), full_day(value))


@register.filter
def through(value: date) -> str:
    """Return until when something is valid: "through March 14, 2027", or "for life"."""
    return through_words(value)


@register.filter
def until(value: date) -> SafeString:
    """Return what `through` writes, with the date inside a <time> element that machines can read."""
    return format_html("{}", FOR_LIFE) if is_for_life(value) else format_html("through {}", on(value))


@register.filter
def short(value: date, today: date) -> SafeString:
    """Return the date as `short_day` writes it, inside a <time> element that machines can read."""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), short_day(value, today))


@register.filter
def at(moment: datetime, time_zone: str) -> SafeString:
    """Return a moment such as "March 14, 2027 at 3:05 pm", in `time_zone`, inside a <time> element."""
    local = moment.astimezone(ZoneInfo(time_zone))
    exact = local.isoformat(timespec="minutes")
    return format_html('<time datetime="{}">{} at {}</time>', exact, full_day(local), clock_words(local))


@register.filter
def day_in(moment: datetime, time_zone: str) -> SafeString:
    """Return the day of a moment such as "March 14, 2027", in `time_zone`, inside a <time> element."""
    return on(moment.astimezone(ZoneInfo(time_zone)).date())


@register.filter
def place(time_zone: str) -> str:
    """Return the city of a time zone, such as "Phoenix"."""
    return zone_city(time_zone)


# `{% path 'trainers:messages' %}` is `{% url %}` for a route without arguments; the parts of every page use it.
register.simple_tag(path_of, name="path")


@register.filter
def ceus(hundredths: int) -> str:
    """Return an amount of the policy's unit, such as "1.9", without the unit's name."""
    return portal_unit().format(hundredths)


@register.filter
def amount(parts: int) -> str:
    """Return an amount with the policy's unit, such as "1.9 CEUs"."""
    return amount_in_words(parts)


@register.simple_tag
def holder(*, article: bool = False, start: bool = False) -> str:
    """Return what the portal calls one of those who are certified, such as "trainer"; "a trainer" with
    the `article`, and with a capital at the `start` of a sentence.
    """
    noun = portal_holder().singular
    noun = with_article(noun) if article else noun
    return opened_with_a_capital(noun) if start else noun


@register.simple_tag
def holders(*, start: bool = False) -> str:
    """Return what the portal calls those who are certified; with a capital at the `start` of a sentence."""
    plural = portal_holder().plural
    return opened_with_a_capital(plural) if start else plural


@register.simple_tag
def units(*, start: bool = False) -> str:
    """Return the name of the policy's unit, such as "CEUs"; with a capital at the `start` of a sentence."""
    plural = portal_unit().plural
    return opened_with_a_capital(plural) if start else plural


@register.simple_tag(takes_context=True)
def card_name(context: Context) -> str:
    """Return what the card of this visitor's certification is called, such as "CPR and AED card";
    empty when its policy asks for none.
    """
    credential = getattr(context.get("request"), "credential", None)
    policy = credential.policy if credential else portal_policy()
    card = card_of(version_today(policy))
    return name_of_card(card) if card else ""


@register.simple_tag
def usual_amount() -> str:
    """Return an amount as an example, with its unit, such as "0.4 CEUs"."""
    return fill_policy_words("{usual} {units}")


@register.filter
def money(cents: int) -> str:
    """Return an amount such as "$99.00", for tables, with the sign of the body's currency."""
    return money_of(cents, portal_policy())


@register.filter
def money_of(cents: int, policy: Policy) -> str:
    """Return an amount such as "$99.00", for tables, with the sign of the policy's currency."""
    return f"{policy.currency_symbol}{format_cents(cents)}"


@register.filter
def signed_money(cents: int) -> str:
    """Return an amount such as "$99.00", and "-$99.00" below zero, for account statements."""
    return f"{'-' if cents < 0 else ''}{money(abs(cents))}"


@register.filter
def dollars(cents: int) -> str:
    """Return an amount such as "$99", for sentences; "$99.50" where there are cents."""
    return money(cents).removesuffix(".00")


@register.simple_tag
def petition_price() -> str:
    """Return today's fee for a petition, such as "$25": a request to count a course that is not in
    the catalogue.
    """
    policy = portal_policy()
    cents = version_today(policy).petition_fee.amount_cents
    return policy.money(cents) if cents else "nothing"


@register.filter
def unbroken(text: object) -> str:
    """Return plain text with each reference kept in one line; markup is returned unchanged."""
    if hasattr(text, "__html__"):
        return text  # type: ignore[return-value]  # markup is a SafeString
    pieces = REFERENCE.split(str(text))
    return format_html_join(
        "", "{}", ((_in_one_line(piece) if n % 2 else piece,) for n, piece in enumerate(pieces))
    )


def _in_one_line(reference: str) -> SafeString:
    return format_html('<span class="nowrap">{}</span>', reference)
