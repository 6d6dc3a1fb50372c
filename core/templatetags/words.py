"""How dates, money and CEUs are written in pages and mails. Loaded in every template."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django import template
from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core import clock
from core.deadlines import clock_words, full_day, short_day, weekday_day, zone_city
from core.references import REFERENCE
from rules.policy.load import load_policy
from rules.units import format_cents, format_hundredths

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


@register.filter
def ceus(hundredths: int) -> str:
    """Return CEUs such as "1.9" from hundredths, 190."""
    return format_hundredths(hundredths)


@register.filter
def money(cents: int) -> str:
    """Return an amount such as "$99.00", for tables, with the sign of the body's currency."""
    return f"{load_policy(settings.PORTAL_POLICY).currency_symbol}{format_cents(cents)}"


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
    """Return what it costs today to have a course counted that is not on the list, such as "$25"."""
    policy = load_policy(settings.PORTAL_POLICY)
    cents = policy.version_on(clock.today(policy.time_zone)).petition_fee.amount_cents
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
