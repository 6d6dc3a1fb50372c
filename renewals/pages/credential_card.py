"""A credential as a card on a page: the holder's name and title, the last day, and a QR code by
which anybody can check that the holder is certified.
"""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.safestring import SafeString

from core.deadlines import ONE_DAY
from core.links import full_address
from core.policy_words import opened_with_a_capital
from core.scan_code import scan_code_image
from core.templatetags.words import on
from renewals.status import WHILE_DECIDED, Certification, GivenStatus
from rules.days import is_for_life
from trainers.models import Credential


@dataclass(frozen=True, slots=True)
class CredentialCard:
    """What the card says (templates/includes/cred.html). `when` is the day that belongs to `label`.
    A card that `is_off` is grey; one with an empty `number` shows none.

    Without a `check_url` the card has no QR code, as on the page of the public check.
    """

    name: str
    title: str
    number: str
    label: str
    when: SafeString | str
    is_off: bool = False
    check_url: str = ""

    @property
    def code_image(self) -> str:
        """Return the QR code as a data URL; "" without a `check_url`."""
        return scan_code_image(self.check_url) if self.check_url else ""


def check_address(credential: Credential) -> str:
    """Return the whole address of the public page with the name and the last day (Q29)."""
    return full_address(reverse("renewals:verify_code", args=[credential.check_code]))


def credential_card(
    credential: Credential, certification: Certification, *, has_code: bool = True
) -> CredentialCard:
    """Return the card of a credential. It has a QR code only while its holder is certified."""
    label, when = _last_day(credential, certification)
    return CredentialCard(
        name=credential.trainer.name,
        title=credential.policy.title,
        number=credential.display_number,
        label=label,
        when=when,
        is_off=not certification.certified,
        check_url=check_address(credential) if has_code and certification.certified else "",
    )


def certified_label(through: date) -> tuple[str, SafeString | str]:
    """Return (label, day) of the card of somebody who is certified through a known day, or for life."""
    return ("Certified", "For life") if is_for_life(through) else ("Certified through", on(through))


def given_label(given: GivenStatus) -> tuple[str, SafeString | str]:
    """Return (label, day) of the card of somebody who has another status in place of certified."""
    if given.through is None:
        return given.label, opened_with_a_capital(WHILE_DECIDED)
    return (
        (given.label, "For life")
        if is_for_life(given.through)
        else (f"{given.label} through", on(given.through))
    )


def _last_day(credential: Credential, certification: Certification) -> tuple[str, SafeString | str]:
    """Return (label, day) of the card, such as the last certified day."""
    if certification.through:
        return certified_label(certification.through)
    if certification.certified:
        return "Certified", "While we check your renewal"
    if certification.given:
        return given_label(certification.given)
    since = certification.not_since or certification.without_since
    if since is None:
        return "Certified from", on(credential.awarded_on)
    if not credential.in_force and since == credential.state_on:
        return f"{credential.get_state_display()} since", on(since)
    return "Expired on", on(since - ONE_DAY)
