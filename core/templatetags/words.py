"""How dates, money and CEUs are written in pages and mails (UX §3). Loaded in every template."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core.references import REFERENCE
from rules.units import format_cents, format_hundredths

register = template.Library()
MONTHS = "January February March April May June July August September October November December".split()
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


@register.filter
def day(value: date) -> str:
    """March 14, 2027. Written by hand: strftime's names follow the machine's locale."""
    return f"{MONTHS[value.month - 1]} {value.day}, {value.year}"


@register.filter
def weekday_day(value: date) -> str:
    """Sunday, March 14, 2027."""
    return f"{WEEKDAYS[value.weekday()]}, {day(value)}"


@register.filter
def on(value: date) -> SafeString:
    """`day` inside a <time> element that machines can read."""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), day(value))


@register.filter
def at(moment: datetime, time_zone: str) -> SafeString:
    """March 14, 2027 at 3:05 pm, in `time_zone`, inside a <time> element."""
    local = moment.astimezone(ZoneInfo(time_zone))
    hour = f"{local.hour % 12 or 12}:{local.minute:02} {'am' if local.hour < 12 else 'pm'}"
    return format_html(
        '<time datetime="{}">{} at {}</time>', local.isoformat(timespec="minutes"), day(local), hour
    )


@register.filter
def place(time_zone: str) -> str:
    """Phoenix: a time zone as people know it."""
    return time_zone.replace("_", " ").rpartition("/")[2]


@register.filter
def ceus(hundredths: int) -> str:
    """1.9 from 190."""
    return format_hundredths(hundredths)


@register.filter
def money(cents: int) -> str:
    """$99.00, for tables."""
    return f"${format_cents(cents)}"


@register.filter
def signed_money(cents: int) -> str:
    """$99.00, and -$99.00 below zero, for statements."""
    return f"{'-' if cents < 0 else ''}{money(abs(cents))}"


@register.filter
def dollars(cents: int) -> str:
    """$99 in sentences; $99.50 where there are cents."""
    return money(cents).removesuffix(".00")


@register.filter
def unbroken(text: object) -> str:
    """Plain text whose references stay in one line each; what holds markup already is left as it is."""
    if hasattr(text, "__html__"):
        return text  # type: ignore[return-value]
    pieces = REFERENCE.split(str(text))
    return format_html_join(
        "", "{}", ((_in_one_line(piece) if n % 2 else piece,) for n, piece in enumerate(pieces))
    )


def _in_one_line(reference: str) -> SafeString:
    return format_html('<span class="nowrap">{}</span>', reference)
