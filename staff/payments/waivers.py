"""What the page of a charge shows about waivers, and the button to waive a fee (Q35)."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString

from hardship.checks import WAIVE
from hardship.extendable_days import cycle_of_charge
from hardship.models import Relief
from hardship.notices import fee_words
from payments.models import Charge
from staff.actions import ActionLink
from staff.payments.pages import link_list, money_words


def waive_links(request: HttpRequest, charge: Charge, url: str) -> list[ActionLink]:
    """Return the button to waive a fee; none when nothing can be waived."""
    if charge.state == Charge.State.VOID or not charge.due_cents or not request.user.has_perm(WAIVE):
        return []
    return [ActionLink("Waive a fee…", url)] if cycle_of_charge(charge) else []


def waivers_of(charge: Charge) -> SafeString:
    """Return the waivers of a charge as links."""
    rows = Relief.objects.filter(charge=charge).select_related("cycle__credential").order_by("pk")
    return link_list(
        (
            reverse("admin:hardship_relief_change", args=[one.pk]),
            f"{fee_words(one)}, {one.get_state_display().lower()}",
        )
        for one in rows
    )


def total_words(charge: Charge) -> str:
    """Return an amount such as "129.00 USD, 30.00 USD of it waived"."""
    whole, waived = money_words(charge.amount_cents, charge.currency), charge.waived_cents
    return f"{whole}, {money_words(waived, charge.currency)} of it waived" if waived else whole
