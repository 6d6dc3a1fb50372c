"""The certifying body as pages, mails and PDF documents show it. A text set in the environment
comes first, then the one that a lead saved, then neutral words.
"""

import time
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import formataddr, parseaddr
from hashlib import blake2s

from django.conf import settings
from django.db import transaction

from core.colours import (
    BLACK,
    DARK_PAGE,
    LIGHT_PAGE,
    READABLE,
    WHITE,
    contrast_ratio,
    darkened_under,
    is_a_colour,
    is_readable,
    lightened_for,
    mixed_colour,
)
from core.errors import Refusal
from core.history import record_history
from core.links import plain_path_of
from core.models import Organisation
from core.people import Person

NEUTRAL = "Recertification"  # what the portal calls itself until it has a name
TEXTS = (
    "name", "short_name", "accent", "accent_dark", "postal_address", "support_email", "signer_name", "signer_title",
    "conduct_url", "privacy_url",
)  # fmt: skip
PICTURES = ("logo", "signature")
LARGEST_PICTURE = 200_000  # bytes
CARD_INK, CARD_LINE = 0.8, 0.4  # the share of white in the card's labels, and in its rosette
REMEMBERED_SECONDS = 10.0  # other processes show a change no later

_remembered: tuple[float, Organisation | None] | None = None  # until when, by time.monotonic; and the row


@dataclass(frozen=True, slots=True)
class OrganisationFacts:
    """What pages, mails and papers show of the certifying body. Every text may be empty; `version`
    changes when any other field does.
    """

    name: str = ""
    short_name: str = ""
    accent: str = ""
    accent_dark: str = ""
    postal_address: str = ""
    support_email: str = ""
    signer_name: str = ""
    signer_title: str = ""
    conduct_url: str = ""
    privacy_url: str = ""
    logo: bytes = b""
    signature: bytes = b""
    version: str = ""

    @property
    def title(self) -> str:
        """Return what pages call the portal: the short name, the name, or a neutral word."""
        return self.short_name or self.name or NEUTRAL

    @property
    def second_line(self) -> str:
        """Return the line below the title: the rest of a name that begins with the title, otherwise
        the whole name; "" when the title is the whole name.
        """
        if self.name == self.title or not self.name:
            return ""
        return self.name.removeprefix(f"{self.title} ")

    @property
    def full_name(self) -> str:
        """Return the body's name for papers and page footers; empty when it has none."""
        return self.name or self.short_name

    @property
    def address_lines(self) -> list[str]:
        return [line for line in self.postal_address.splitlines() if line.strip()]

    @property
    def dark_accent(self) -> str:
        """Return the accent colour for dark pages: the one that a lead chose for them, or a lighter
        shade of the accent colour.
        """
        return self.accent_dark or (lightened_for(DARK_PAGE, self.accent) if self.accent else "")

    @property
    def css_url(self) -> str:
        """Return the URL of the stylesheet with the accent colour; empty without such a colour."""
        return self._address("pages:organisation_css") if self.accent else ""

    @property
    def icon_url(self) -> str:
        """Return the URL of the icon for browser tabs; empty when the portal's own icon is used."""
        return self._address("pages:organisation_icon") if self.accent or self.logo else ""

    @property
    def signature_image(self) -> str:
        """Return the signature as a data URL, so that the picture is part of the page and has no
        address of its own.
        """
        return _inside_a_page(self.signature)

    @property
    def logo_image(self) -> str:
        """Return the logo as a data URL, for the preview of a logo that is not saved yet."""
        return _inside_a_page(self.logo)

    @property
    def logo_url(self) -> str:
        return self._address("pages:organisation_logo") if self.logo else ""

    def _address(self, name: str) -> str:
        return f"{plain_path_of(name)}?v={self.version}"


def _inside_a_page(picture: bytes) -> str:
    return f"data:image/png;base64,{b64encode(picture).decode()}" if picture else ""


def current_organisation() -> OrganisationFacts:
    """Return the certifying body as it is now. Its row is cached for a few seconds, because every
    page asks.
    """
    global _remembered
    if _remembered is None or time.monotonic() >= _remembered[0]:
        row = Organisation.objects.filter(pk=Organisation.ONLY).first()
        _remembered = (time.monotonic() + REMEMBERED_SECONDS, row)
    return organisation_facts(_remembered[1])


def forget_organisation() -> None:
    """Drop the cached row, so that the next page reads it again."""
    global _remembered
    _remembered = None


def set_by_environment() -> dict[str, str]:
    """Return the texts that the environment sets; they override those of the row."""
    return {name: text for name, text in settings.ORGANISATION.items() if text}


def organisation_facts(row: Organisation | None) -> OrganisationFacts:
    """Return the certifying body as `row` describes it; `row` is None when nothing is saved. Texts
    set in the environment override those of the row.
    """
    texts: dict[str, str] = {name: getattr(row, name) for name in TEXTS} if row else {}
    texts |= set_by_environment()
    texts["support_email"] = texts.get("support_email") or settings.CONTACT_EMAIL
    logo, signature = (bytes(row.logo), bytes(row.signature)) if row else (b"", b"")
    said = repr((sorted(texts.items()), row and row.saved_at))
    version = blake2s(said.encode(), digest_size=6).hexdigest()
    return OrganisationFacts(**texts, logo=logo, signature=signature, version=version)


def sender_of_mail() -> str:
    """Return the sender of every mail: our address under the body's name, unless the setting names
    somebody else.
    """
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    own = current_organisation().full_name
    return formataddr((own, address)) if own and name in ("", NEUTRAL) else str(settings.DEFAULT_FROM_EMAIL)


def accent_stylesheet(facts: OrganisationFacts) -> str:
    """Return the CSS that replaces the accent colour of static/css/tokens.css by that of the
    certifying body.
    """
    light = f"--brand: {facts.accent}; --brand-hover: {mixed_colour(facts.accent, BLACK, 0.25)};"
    dark = f"--brand: {facts.dark_accent}; --brand-hover: {mixed_colour(facts.dark_accent, WHITE, 0.3)};"
    ink, line = mixed_colour(facts.accent, WHITE, CARD_INK), mixed_colour(facts.accent, WHITE, CARD_LINE)
    ground = darkened_under(ink, facts.accent)
    light += (
        f" --paper-brand: {facts.accent}; --card-ink-2: {ink}; --card-line: {line};{_card_colours(ground)}"
    )
    dark += _card_colours(mixed_colour(ground, BLACK, 0.08))
    return f":root {{ {light} }}\n@media (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}\n"


def _card_colours(ground: str) -> str:
    """Return the two colours of the background of the credential card, the darker one first."""
    return f" --card: {mixed_colour(ground, BLACK, 0.2)}; --card-2: {ground};"


def check_colours(values: Mapping[str, object]) -> None:
    """Raise Refusal for a colour that cannot be read on light pages, or on dark ones."""
    pages = (("accent", LIGHT_PAGE, "light", "darker"), ("accent_dark", DARK_PAGE, "dark", "lighter"))
    for field, page, kind, wanted in pages:
        colour = str(values.get(field, ""))
        if colour and not is_a_colour(colour):
            raise Refusal("Write a colour as # and six digits, such as #0b5d66.", code="colour", field=field)
        if colour and not is_readable(colour, on=page):
            ratio = contrast_ratio(colour, page)
            raise Refusal(
                f"This colour cannot be read on {kind} pages: its contrast is {ratio:.1f} to 1 and must be {READABLE} to 1. "
                f"Choose a {wanted} one.",
                code="contrast",
                field=field,
            )
    if values.get("accent_dark") and not values.get("accent"):
        raise Refusal("Choose the colour for light pages as well.", code="one_colour", field="accent")


def save_organisation(values: Mapping[str, str | bytes], *, by: Person, at: datetime) -> Organisation:
    """Save `values`; a row of history keeps each changed field before and after. Idempotent.

    Raises Refusal for a colour that cannot be read, and for a picture that is too large.
    """
    check_colours(values)
    for field in PICTURES:
        if len(values.get(field) or b"") > LARGEST_PICTURE:
            raise Refusal("Choose a smaller picture.", code="picture_size", field=field)
    with transaction.atomic():
        Organisation.objects.get_or_create(pk=Organisation.ONLY, defaults={"saved_at": at})
        row = Organisation.objects.select_for_update().get(pk=Organisation.ONLY)
        changes = _changes(row, values)
        if not changes:
            return row
        for name in changes:
            setattr(row, name, values[name])
        row.saved_at = at
        row.save()
        record_history(row, "changed", trainer=None, by=by, at=at, detail=changes)
        transaction.on_commit(forget_organisation)
    forget_organisation()
    return row


def _changes(row: Organisation, values: Mapping[str, str | bytes]) -> dict[str, list[str]]:
    """Return each field that changes, with its words before and after, as history keeps them."""
    found = {}
    for name in (*TEXTS, *PICTURES):
        after = values.get(name)
        before = getattr(row, name)
        if isinstance(after, str) and before != after:
            found[name] = [before, after]
        elif isinstance(after, bytes) and bytes(before) != after:
            found[name] = [picture_words(bytes(before)), picture_words(after)]
    return found


def picture_words(picture: bytes) -> str:
    """Return the words by which history names a picture."""
    return f"a picture, {blake2s(picture, digest_size=4).hexdigest()}" if picture else ""
