"""Home, check and submit, pay, return from payment, and the page of an application."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import clock
from core.forms import WhyForm, show_refusals
from core.links import path_of, plain_path_of
from core.organisation import current_organisation
from core.paper import can_write
from payments.pages.receipt_short import short_receipt
from payments.redirects import redirect_to_payment
from renewals import services
from renewals.forms import RenewForm
from renewals.joining import Candidate, candidates_for
from renewals.lookups import application_of, credential_of_application, latest_of
from renewals.models import Application
from renewals.pages.after_payment import outcome_of
from renewals.pages.application import card_of, hardship_link, record_of_application
from renewals.pages.check import check_page, why_not
from renewals.pages.done import done_of, received_words
from renewals.pages.home import home_of
from renewals.pages.joined import leader_page
from renewals.pages.overview import overview_of
from renewals.pages.snapshot import Snapshot, snapshot_of
from renewals.refunds import fee_words
from renewals.services.audited import may_look_again
from renewals.services.submission import finish_after_return
from renewals.views.correcting import returned_answer
from trainers.access import TrainerRequest, is_looked_at, person_only, trainer_only, trainer_only_about
from trainers.certifications import own_cycle_with_number, path_within
from trainers.lookups import is_of_several

State = Application.State


@person_only
@require_safe
def home_page(request: TrainerRequest) -> HttpResponse:
    """Show Home; to somebody with several certifications, one that lists them all and leads to the
    Home of each.
    """
    if request.chosen is None and is_of_several(request.cycle):
        overview = overview_of(request.user, now=clock.now())
        return render(request, "renewals/home_of_several.html", {"view": overview})
    credential = request.credential
    view = home_of(request.cycle, today=clock.today(credential.policy.time_zone))
    return render(request, "renewals/home.html", {"view": view, "credential": credential})


@person_only
@require_safe
def home_of_one(request: TrainerRequest, number: str) -> HttpResponse:
    """Redirect to the Home of one's own certification with this number."""
    cycle = own_cycle_with_number(request.user, number)
    return redirect(path_within(cycle.credential, plain_path_of("renewals:home")))


@trainer_only
@require_safe
def check_renewal(request: TrainerRequest) -> HttpResponse:
    """Show everything that a trainer reads before agreeing, or why an application cannot be submitted."""
    candidates = candidates_for(request.cycle, received_at=request.began_at)
    return _check(request, _renew_form(None, candidates), candidates, status=200)


@trainer_only
@require_POST
def start_renewal(request: TrainerRequest) -> HttpResponse:
    """Begin an application, or use the one that is open, then show the check page."""
    with show_refusals(request):
        services.start_application(request.cycle, by=request.user, at=request.began_at)
    return redirect("renewals:check")


@trainer_only
@require_POST
def submit_renewal(request: TrainerRequest) -> HttpResponse:
    """Submit the application, with the trainer's agreement to what was shown; then redirect to the
    payment page. With `update` show what the chosen certifications cost together, and send nothing.
    """
    candidates = candidates_for(request.cycle, received_at=request.began_at)
    form = _renew_form(request.POST, candidates)
    if "update" in request.POST and "joined" not in form.errors:
        return _check(request, _renew_form(None, candidates, form.chosen), candidates, status=200)
    if form.is_valid():
        with form.refusals():
            application = services.submit_application(
                request.cycle, by=request.user, at=request.began_at, **form.cleaned_data
            )
            return _to_payment(request, application)
    return _check(request, form, candidates, status=422)


@trainer_only_about(credential_of_application)
@require_POST
def pay_renewal(request: TrainerRequest, reference: str) -> HttpResponse:
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
    application = application.renewed_with or application
    if not is_looked_at(request):
        application = finish_after_return(application, at=clock.now(), wait=not left)
    charge = application.charge
    if application.state != State.SUBMITTED or (charge and charge.state == charge.State.PAID):
        return redirect("renewals:application", application.reference)
    state = outcome_of(application, _snapshot(request), left=left)
    return render(request, "renewals/pay_return.html", {"state": state, "application": application})


@trainer_only_about(credential_of_application)
@require_safe
def application_page(request: TrainerRequest, reference: str) -> HttpResponse:
    """Show one application: its state, what the trainer agreed to, and its timeline."""
    found = application_of(request.user, reference)
    leader = leader_page(found)
    if leader:
        return redirect(leader)
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


@trainer_only_about(credential_of_application)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_renewal(request: TrainerRequest, reference: str) -> HttpResponse:
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


@trainer_only_about(credential_of_application)
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
        with form.refusals():
            services.look_again(found, by=request.user, at=request.began_at, **form.cleaned_data)
            messages.success(request, "Somebody else will look at your documents.")
            return redirect("renewals:application", found.reference)
    words = {"application": found, "form": form}
    return render(request, "renewals/another_look.html", words, status=422 if form.errors else 200)


def _step(
    request: TrainerRequest, service: Callable[..., Application], found: Application, done: str
) -> HttpResponse:
    """Call one service, then redirect to the application's page with the result."""
    with show_refusals(request):
        service(found, by=request.user, at=request.began_at)
        messages.success(request, done)
    return redirect("renewals:application", found.reference)


def _renew_form(
    data: QueryDict | None, candidates: Iterable[Candidate], chosen: Sequence[str] = ()
) -> RenewForm:
    numbers = [one.number for one in candidates if not one.why_not]
    return RenewForm(data, numbers=numbers, initial={"joined": chosen})


def _check(
    request: TrainerRequest, form: RenewForm, candidates: Sequence[Candidate], *, status: int
) -> HttpResponse:
    snapshot = _snapshot(request)
    if snapshot.in_hand:
        return redirect("renewals:application", snapshot.in_hand.reference)
    reason = why_not(snapshot)
    if reason:
        return render(request, "renewals/not_yet.html", {"reason": reason, "form": form}, status=status)
    page = check_page(snapshot, candidates, form.chosen)
    return render(request, "renewals/check.html", {"page": page, "form": form}, status=status)


def _to_payment(request: TrainerRequest, found: Application) -> HttpResponse:
    """Redirect to the payment page, or to the application's own page when nothing is to be paid."""
    own_page = redirect("renewals:application", found.reference)
    if found.state != State.SUBMITTED or not found.charge:
        return own_page
    back = path_of("renewals:pay_return")
    return redirect_to_payment(
        request, found.charge, by=request.user, back=back, otherwise=own_page, renewal=found.reference
    )


def _snapshot(request: TrainerRequest) -> Snapshot:
    return snapshot_of(request.cycle, today=_today(request))


def _today(request: TrainerRequest) -> date:
    """Return the day on which the request began to arrive, in the policy's zone."""
    return clock.date_of(request.began_at, request.credential.policy.time_zone)
