"""Home, check and submit, pay, return from payment, and the page of an application."""

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import clock
from core.errors import Refusal
from core.forms import AgreeForm, WhyForm
from core.links import address_here, path_of
from core.organisation import current_organisation
from core.paper import can_write
from payments.pages.receipt_short import short_receipt
from payments.services.checkout import open_checkout
from renewals import services
from renewals.lookups import application_of, latest_of
from renewals.models import Application
from renewals.pages.after_payment import outcome_of
from renewals.pages.application import card_of, hardship_link, record_of_application
from renewals.pages.check import check_page, why_not
from renewals.pages.done import done_of, received_words
from renewals.pages.home import home_of
from renewals.pages.snapshot import Snapshot, snapshot_of
from renewals.refunds import fee_words
from renewals.services.audited import may_look_again
from renewals.services.submission import finish_after_return
from renewals.views.correcting import returned_answer
from trainers.access import TrainerRequest, is_looked_at, trainer_only

State = Application.State


@trainer_only
@require_safe
def home(request: TrainerRequest) -> HttpResponse:
    credential = request.credential
    view = home_of(request.cycle, today=clock.today(credential.policy.time_zone))
    return render(request, "renewals/home.html", {"view": view, "credential": credential})


@trainer_only
@require_safe
def check(request: TrainerRequest) -> HttpResponse:
    """Show everything that a trainer reads before agreeing, or why an application cannot be submitted."""
    return _check(request, AgreeForm(), status=200)


@trainer_only
@require_POST
def start(request: TrainerRequest) -> HttpResponse:
    """Begin an application, or use the one that is open, then show the check page."""
    try:
        services.start_application(request.cycle, by=request.user, at=request.began_at)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("renewals:check")


@trainer_only
@require_POST
def submit(request: TrainerRequest) -> HttpResponse:
    """Submit the application, with the trainer's agreement to what was shown; then redirect to the
    payment page.
    """
    form = AgreeForm(request.POST)
    if form.is_valid():
        try:
            application = services.submit_application(
                request.cycle, by=request.user, at=request.began_at, **form.cleaned_data
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return _to_payment(request, application)
    return _check(request, form, status=422)


@trainer_only
@require_POST
def pay(request: TrainerRequest, reference: str) -> HttpResponse:
    """Redirect to the payment page, which is opened now or was opened before."""
    return _to_payment(request, application_of(request.user, reference))


@trainer_only
@require_safe
def pay_return(request: TrainerRequest) -> HttpResponse:
    """Ask the provider whether the trainer who has returned from the payment page has paid. Show
    the renewal's page if so, otherwise the state of the payment.
    """
    reference, left = request.GET.get("renewal", ""), "left" in request.GET
    application = application_of(request.user, reference) if reference else latest_of(request.user)
    if application is None:
        return redirect("renewals:home")
    if not is_looked_at(request):
        application = finish_after_return(application, at=clock.now(), wait=not left)
    charge = application.charge
    if application.state != State.SUBMITTED or (charge and charge.state == charge.State.PAID):
        return redirect("renewals:application", application.reference)
    state = outcome_of(application, _snapshot(request), left=left)
    return render(request, "renewals/pay_return.html", {"state": state, "application": application})


@trainer_only
@require_safe
def application(request: TrainerRequest, reference: str) -> HttpResponse:
    """Show one application: its state, what the trainer agreed to, and its timeline."""
    found = application_of(request.user, reference)
    snapshot = _snapshot(request)
    if answer := returned_answer(request, found, snapshot):
        return answer
    done = done_of(found, snapshot)
    words = {
        **record_of_application(found),
        "application": found,
        "done": done,
        "certificate": done and done.certificate,
        "issuer": current_organisation(),
        "has_pdf": done is not None and can_write(done.certificate.name),
        "receipt": short_receipt(found.charge),
        "received": received_words(found) if found.state == State.IN_REVIEW else "",
        "state": card_of(found, snapshot),
        "may_look_again": may_look_again(found, _today(request)),
        "hardship": hardship_link(found, _today(request)),
    }
    return render(request, "renewals/application.html", words)


@trainer_only
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: TrainerRequest, reference: str) -> HttpResponse:
    """Ask for confirmation, then withdraw the application."""
    found = application_of(request.user, reference)
    if request.method == "POST":
        return _step(request, services.withdraw_application, found, "You withdrew your renewal.")
    if not found.is_open:
        return redirect("renewals:application", found.reference)
    paid = found.charge is not None and found.charge.state == found.charge.State.PAID
    return render(
        request,
        "renewals/withdraw.html",
        {"application": found, "fee": fee_words(found) if paid else "", "free": found.due_cents == 0},
    )


@trainer_only
@require_http_methods(["GET", "HEAD", "POST"])
def another_look(request: TrainerRequest, reference: str) -> HttpResponse:
    """Take the trainer's request, in their own words, that another person reviews an audit that was
    not passed. Once.
    """
    found = application_of(request.user, reference)
    if request.method != "POST" and not may_look_again(found, _today(request)):
        return redirect("renewals:application", found.reference)
    form = WhyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            services.look_again(found, by=request.user, at=request.began_at, **form.cleaned_data)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Somebody else will look at your documents.")
            return redirect("renewals:application", found.reference)
    words = {"application": found, "form": form}
    return render(request, "renewals/another_look.html", words, status=422 if form.errors else 200)


def _step(
    request: TrainerRequest, service: Callable[..., Application], found: Application, done: str
) -> HttpResponse:
    """Call one service, then redirect to the application's page with the result."""
    try:
        service(found, by=request.user, at=request.began_at)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("renewals:application", found.reference)


def _check(request: TrainerRequest, form: AgreeForm, *, status: int) -> HttpResponse:
    snapshot = _snapshot(request)
    if snapshot.in_hand:
        return redirect("renewals:application", snapshot.in_hand.reference)
    reason = why_not(snapshot)
    if reason:
        return render(request, "renewals/not_yet.html", {"reason": reason, "form": form}, status=status)
    page = check_page(snapshot)
    return render(request, "renewals/check.html", {"page": page, "form": form}, status=status)


def _to_payment(request: TrainerRequest, found: Application) -> HttpResponse:
    """Redirect (303) to the provider's payment page; to the application's own page when nothing is
    to be paid, or the payment page cannot be opened.
    """
    if found.state == State.SUBMITTED and found.charge:
        back = {"renewal": found.reference}
        try:
            page = open_checkout(
                found.charge,
                by=request.user,
                at=clock.now(),
                return_url=address_here(request, path_of("renewals:pay_return"), **back),
                cancel_url=address_here(request, path_of("renewals:pay_return"), **back, left="1"),
            )
        except Refusal as refusal:
            messages.warning(request, str(refusal))
        else:
            return HttpResponse(status=303, headers={"Location": page})
    return redirect("renewals:application", found.reference)


def _snapshot(request: TrainerRequest) -> Snapshot:
    return snapshot_of(request.cycle, today=_today(request))


def _today(request: TrainerRequest) -> date:
    """Return the day on which the request began to arrive, in the policy's zone."""
    return clock.date_of(request.began_at, request.credential.policy.time_zone)
