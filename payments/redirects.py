"""The way from a page of a case to the payment page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from core import clock
from core.errors import Refusal
from core.links import address_here
from payments.models import Charge
from payments.services.checkout import open_checkout
from trainers.models import Trainer


def redirect_to_payment(
    request: HttpRequest, charge: Charge, *, by: Trainer, back: str, otherwise: HttpResponse, **query: str
) -> HttpResponse:
    """Redirect (303) to the provider's payment page, which is opened now or was opened before.

    The payer returns to the path `back` with `query`; who leaves without paying, with `left=1` too.
    When the payment page cannot be opened, says why and returns `otherwise`.
    """
    try:
        page = open_checkout(
            charge,
            by=by,
            at=clock.now(),
            return_url=address_here(request, back, **query),
            cancel_url=address_here(request, back, **query, left="1"),
        )
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return otherwise
    return HttpResponse(status=303, headers={"Location": page})
