"""A trainer's payments, and the webhook for the provider's events."""

import logging
from dataclasses import dataclass
from typing import cast

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from core import clock
from core.access import signed_in, webhook
from core.organisation import current_organisation
from core.spreadsheet import csv_download
from payments import gateway
from payments.errors import BadMessage
from payments.lookups import charges_of, receipt_for
from payments.models import Charge, LedgerEntry
from payments.pages.account_statement import OWN_COLUMNS, account_statement, own_table
from payments.pages.receipt_paper import DISPUTED, MOVED, Receipt, has_pdf, render_receipt
from payments.pages.tags import is_too_late, tag_of
from payments.services.charges import payment_state
from payments.services.events import receive_event
from trainers.models import Trainer

log = logging.getLogger(__name__)
LARGEST_MESSAGE = 256_000  # bytes; the provider's are a few thousand
PER_PAGE = 20


@dataclass(frozen=True)
class Row:
    """One line of the list of payments."""

    charge: Charge
    tag_kind: str
    tag: str
    too_late: bool = False


@signed_in
@require_safe
def list_payments(request: HttpRequest) -> HttpResponse:
    """Show everything that the trainer paid or has to pay, newest first."""
    page = Paginator(charges_of(cast(Trainer, request.user)), PER_PAGE).get_page(request.GET.get("page"))
    now = clock.now()
    rows = [Row(charge, *tag_of(charge, at=now), is_too_late(charge, at=now)) for charge in page]
    words: dict[str, object] = {
        "page": page,
        "rows": rows,
        "home_url": resolve_url(settings.LOGIN_REDIRECT_URL),
    }
    words["owes"] = any(row.charge.state == Charge.State.OPEN and not row.too_late for row in rows)
    if page.number == 1:
        words["statement"] = account_statement(cast(Trainer, request.user))[::-1]
    return render(request, "payments/list.html", words)


@signed_in
@require_safe
def download_statement(request: HttpRequest) -> HttpResponse:
    """Send every row of the trainer's own ledger, for a spreadsheet."""
    trainer = cast(Trainer, request.user)
    return csv_download("statement", OWN_COLUMNS, own_table(account_statement(trainer), trainer.time_zone))


@signed_in
@require_safe
def receipt_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one paid charge, made to be printed."""
    return _receipt_page(request, _receipt(request, pk), status=200)


@signed_in
@require_safe
def receipt_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the receipt as a PDF document; show its page instead when the document's fonts lack a
    letter of it.
    """
    found = _receipt(request, pk)
    if not has_pdf(found):
        return _receipt_page(request, found, status=404)
    headers = {"Content-Disposition": f'attachment; filename="receipt-{pk}.pdf"'}
    return HttpResponse(render_receipt(found), content_type="application/pdf", headers=headers)


def _receipt(request: HttpRequest, pk: int) -> Receipt:
    trainer = cast(Trainer, request.user)
    charge = receipt_for(trainer, pk)
    charge.trainer = trainer
    ledger = charge.ledger.all()
    paid = [entry for entry in ledger if entry.kind == LedgerEntry.Kind.PAYMENT]
    returned = [entry for entry in ledger if entry.kind in MOVED]
    return Receipt(charge, paid, returned, current_organisation())


def _receipt_page(request: HttpRequest, found: Receipt, *, status: int) -> HttpResponse:
    words = {
        "charge": found.charge,
        "paid": found.paid,
        "moved": [(abs(one.amount_cents), MOVED[LedgerEntry.Kind(one.kind)], one) for one in found.returned],
        "disputed": DISPUTED if payment_state(found.charge) == "disputed" else "",
        "has_pdf": has_pdf(found),
    }
    return render(request, "payments/receipt.html", words, status=status)


@webhook
@csrf_exempt
@require_POST
def provider_event(request: HttpRequest) -> HttpResponse:
    """Answer 200 once an event is stored, so that it is not sent again; 400 for a request that is
    not the provider's.
    """
    body = request.read(LARGEST_MESSAGE + 1)
    if len(body) > LARGEST_MESSAGE:
        return HttpResponse("Too large.\n", status=413, content_type="text/plain")
    now = clock.now()
    try:
        event = gateway.verified_event(body, request.headers.get("Stripe-Signature", ""), now=now)
    except BadMessage as error:
        log.warning("a message to the webhook was refused: %s", error)
        return HttpResponse("Not accepted.\n", status=400, content_type="text/plain")
    receive_event(event, at=now)
    return HttpResponse("Kept.\n", content_type="text/plain")
