"""What a page shows as SVG: the mark, the rosette and the icons. All are hidden from screen
readers, because words stand beside them.
"""

from functools import cache
from math import pi

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core import rosette as numbers
from core.organisation import OrganisationFacts
from core.rosette import MARK_SIDE, ROSETTES, mark_path

register = template.Library()

ICONS = {  # path data of lines in a square of 24
    "calculator": "M6 3h12v18H6zM9 7h6M9 12h.1M12 12h.1M15 12h.1M9 16h.1M12 16h.1M15 16h.1",
    "calendar": "M4 6h16v14H4zM4 10.5h16M8 3v4M16 3v4",
    "camera": "M4 8h4l1.5-3h5L16 8h4v11H4zM12 16.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7",
    "chevron": "m6 9.5 6 6 6-6",
    "copy": "M9 9h11v11H9zM15 9V4H4v11h5",
    "download": "M12 4v11M7.5 11 12 15.5 16.5 11M4 20h16",
    "envelope": "M3 6h18v13H3zM3 7.5l9 6.5 9-6.5",
    "menu": "M4 7h16M4 12h16M4 17h16",
    "print": "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z",
    "share": "M12 15V4M8 7.5 12 3.5l4 4M5 12v8h14v-8",
    "tick": "m5 12.5 4.5 4.5L19 7.5",
}


@register.simple_tag
@cache
def mark() -> SafeString:
    """Return our mark, in the colour of the text around it."""
    return format_html(
        '<svg class="mark" viewBox="0 0 {0} {0}" aria-hidden="true" focusable="false">'
        '<path fill="currentColor" fill-rule="evenodd" d="{1}"/></svg>',
        f"{MARK_SIDE:g}",
        mark_path(),
    )


@register.simple_tag
@cache
def rosette(place: str) -> SafeString:
    """Return the rosette for "card", "seal" or "paper", drawn in the colour of the text around it."""
    return format_html(
        '<svg class="rosette rosette-{}" viewBox="-101 -101 202 202" aria-hidden="true" focusable="false">'
        '<g fill="none" stroke="currentColor">{}</g></svg>',
        place,
        _ellipses(place),
    )


def _ellipses(place: str) -> SafeString:
    turned = ((f"{one.rx:g}", f"{one.ry:g}", f"{one.degrees:g}") for one in ROSETTES[place].ellipses)
    return format_html_join("", '<ellipse rx="{}" ry="{}" transform="rotate({})"/>', turned)


SEAL = (
    '<svg class="seal" viewBox="{0} {0} {1} {1}" aria-hidden="true" focusable="false">'
    '<circle class="seal-ground" r="{2}"/><g fill="none" stroke="currentColor"><circle r="{3}" stroke-width="1.4"/>'
    '<circle r="{4}" stroke-width=".8"/><g transform="scale({5})" stroke-width="1.1">{6}</g></g>'
    '<circle class="seal-ground" r="{7}"/>{8}{9}</svg>'
)
WORDS = (
    '<path id="seal-ring" fill="none" d="M-{0} 0A{0} {0} 0 0 1 {0} 0A{0} {0} 0 0 1-{0} 0"/>'
    '<text fill="currentColor" font-size="{1}" font-weight="700"><textPath href="#seal-ring" textLength="{2}">{3}</textPath></text>'
)
LETTER = 0.74  # the width of a bold capital in the widest of the usual fonts, by its height


@register.simple_tag
def seal(issuer: OrganisationFacts, title: str) -> SafeString:
    """Return the seal of the certifying body: its mark in a rosette, and around it who issues what.
    A page may have one seal only, because it has an id.
    """
    disc, side = numbers.SEAL_DISC, numbers.SEAL_MARK
    middle = format_html(
        '<path fill="currentColor" fill-rule="evenodd" transform="translate(-{0} -{0}) scale({1})" d="{2}"/>',
        *(f"{side / 2:g}", f"{side / MARK_SIDE:g}", mark_path()),
    )
    if issuer.logo_url:
        middle = format_html('<image x="-{0}" y="-{0}" width="{1}" height="{1}" href="{2}"/>', *(f"{side / 2:g}", f"{side:g}", issuer.logo_url))  # fmt: skip
    radii = (numbers.SEAL_OUTER, numbers.SEAL_INNER, numbers.SEAL_ROSETTE / 100)
    return format_html(
        SEAL,
        *(f"{-disc:g}", f"{2 * disc:g}", f"{disc:g}"),
        *(f"{one:g}" for one in radii),
        _ellipses("seal"),
        f"{numbers.SEAL_MIDDLE:g}",
        middle,
        _words_around(numbers.seal_words(issuer.full_name, title)),
    )


def _words_around(words: str) -> SafeString:
    """Return the words written along the ring of the seal; "" when they are too long for it."""
    around = 2 * pi * numbers.SEAL_WORDS
    size = min(numbers.LARGEST_WORDS, around / (LETTER * max(len(words), 1)))
    if not words or size < numbers.SMALLEST_WORDS:
        return SafeString()
    return format_html(
        WORDS, f"{numbers.SEAL_WORDS:g}", f"{size:.1f}", f"{around - 2:.0f}", words.rstrip(" ")
    )


@register.simple_tag
@cache
def done_seal() -> SafeString:
    """Return the rosette with a large tick in its middle, in the colour of the text around it."""
    return format_html(
        '<svg class="done-seal" viewBox="-101 -101 202 202" aria-hidden="true" focusable="false">'
        '<g fill="none" stroke="currentColor" stroke-width="1.6">{}</g><circle fill="currentColor" r="56"/>'
        '<path class="done-tick" fill="none" stroke-width="10" stroke-linecap="round" stroke-linejoin="round" d="m-23 2 15 16 31-34"/></svg>',
        _ellipses("done"),
    )


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """Return the icon of this name (`ICONS`), as large as the text around it."""
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" '
        'stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false"><path d="{}"/></svg>',
        ICONS[name],
    )


@register.simple_tag
@cache
def done_mark() -> SafeString:
    """Return a tick in a disc, which pages show before what is done."""
    return format_html(
        '<svg class="done-mark" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><circle cx="12" cy="12" r="12"/>'
        '<path d="{}" fill="none" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round"/></svg>',
        "m7 12.3 3.4 3.4L17 9",
    )
