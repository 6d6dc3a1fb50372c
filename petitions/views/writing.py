"""A trainer's petitions: the list, writing one, checking it, agreeing to the fee, and returning
from the payment page.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypedDict

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import clock
from core.errors import Refusal
from core.forms import AgreeForm, posted_to
from payments.pages.receipt_short import short_receipt
from payments.redirects import redirect_to_payment
from petitions import services
from petitions.forms import PetitionForm, draft_values, one_line
from petitions.lookups import credential_of_petition, petition_of, petitions_of
from petitions.models import Petition
from petitions.pages.after_payment import outcome_of, received_words
from petitions.pages.check import check_page
from petitions.pages.petition import petition_path, tag_of
from petitions.services.sending import finish_after_return
from trainers.access import TrainerRequest, is_looked_at, trainer_only, trainer_only_about
from trainers.models import Credential, Trainer

PER_PAGE = 25
LONGEST_TITLE = 160
State = Petition.State


@dataclass(frozen=True, slots=True)
class ListedPetition:
    """One line of the list of petitions."""

    petition: Petition
    tag_kind: str
    tag: str


@trainer_only
@require_safe
def list_petitions(request: TrainerRequest) -> HttpResponse:
    """Show every petition of the trainer, newest first."""
    known = petitions_of(request.user).prefetch_related("charge__sessions", "charge__ledger")
    page = Paginator(known, PER_PAGE).get_page(request.GET.get("page"))
    rows = [ListedPetition(one, *tag_of(one)) for one in page]
    return render(
        request, "petitions/list.html", {"page": page, "rows": rows, "fee": fee_today(request.credential)}
    )


@trainer_only
@require_http_methods(["GET", "HEAD", "POST"])
def write_petition(request: TrainerRequest) -> HttpResponse:
    """Show the first page of a new petition, or save what was posted. When the trainer has a draft
    for this course and day, that draft is changed and opened.

    `?again=` with the reference of one's own petition fills in its answers.
    """
    again = petitions_of(request.user).filter(reference=request.GET.get("again", "")).first()
    title = one_line(request.GET.get("title", ""))[:LONGEST_TITLE]
    initial = draft_values(again) if again else {"title": title}
    form = PetitionForm(*posted_to(request), owner=request.user, cycle=request.cycle, initial=initial)
    if form.is_valid():
        with form.refusals():
            made = services.start_petition(request.credential, **form.content(), **_who_and_when(request))
            return _saved(request, made)
    words = {"form": form, "fee": fee_today(request.credential), "again": again}
    return render(request, "petitions/write.html", words, status=422 if form.errors else 200)


@trainer_only_about(credential_of_petition)
@require_http_methods(["GET", "HEAD", "POST"])
def change_petition(request: TrainerRequest, ref: str) -> HttpResponse:
    """Show the first page of a draft, or save what was posted; a stored file stays unless another
    one is chosen.
    """
    found = petition_of(request.user, ref)
    if found.state != State.DRAFT and request.method != "POST":
        return redirect("petitions:petition", found.reference)
    form = PetitionForm(*posted_to(request), owner=request.user, cycle=request.cycle, petition=found)
    status = 200
    if form.is_valid():
        try:
            changed = services.change_draft(
                found, **form.content(), without=form.taken_away, **_who_and_when(request)
            )
        except Refusal as refusal:
            form.refuse(refusal)
            status = status_of(refusal)
        else:
            return _saved(request, changed)
    elif form.errors:
        status = 422
    words = {"form": form, "petition": found, "fee": fee_today(found.credential)}
    return render(request, "petitions/write.html", words, status=status)


@trainer_only_about(credential_of_petition)
@require_safe
def check_petition(request: TrainerRequest, ref: str) -> HttpResponse:
    """Show what was written, what is missing, and what the trainer agrees to."""
    return _check(request, petition_of(request.user, ref), AgreeForm(), status=200)


@trainer_only_about(credential_of_petition)
@require_POST
def send_page(request: TrainerRequest, ref: str) -> HttpResponse:
    """Agree to what was shown, and go on to the payment page."""
    found = petition_of(request.user, ref)
    form = AgreeForm(request.POST)
    if form.is_valid():
        with form.refusals():
            sent = services.send_petition(found, **form.cleaned_data, **_who_and_when(request))
            return _to_payment(request, sent)
    return _check(request, found, form, status=422)


@trainer_only_about(credential_of_petition)
@require_POST
def pay_petition(request: TrainerRequest, ref: str) -> HttpResponse:
    """Redirect to the payment page, which is opened now or was opened before."""
    return _to_payment(request, petition_of(request.user, ref))


@trainer_only_about(credential_of_petition)
@require_safe
def pay_return(request: TrainerRequest, ref: str) -> HttpResponse:
    """Ask the provider whether the trainer who has returned from the payment page has paid, and
    show the result.
    """
    found, left = petition_of(request.user, ref), "left" in request.GET
    if not is_looked_at(request):
        found = finish_after_return(found, at=clock.now(), wait=not left)
    state = outcome_of(found, arrival_day(request, found.credential), left=left)
    words = {"state": state, "petition": found, "receipt": short_receipt(found.charge)}
    words["received"] = received_words(found)
    return render(request, "petitions/pay_return.html", words)


def fee_today(credential: Credential) -> str:
    """Return the fee by today's policy, such as "$25"; empty when the policy asks no fee."""
    policy = credential.policy
    cents = policy.version_on(clock.today(policy.time_zone)).petition_fee.amount_cents
    return policy.money(cents) if cents else ""


def arrival_day(request: TrainerRequest, credential: Credential) -> date:
    """Return the day in the policy's zone on which the request began to arrive (Q3)."""
    return clock.date_of(request.began_at, credential.policy.time_zone)


def status_of(refusal: Refusal) -> int:
    """Return 422 for a refusal that can be corrected on the form, 409 for one that came too late or
    out of order.
    """
    return 422 if refusal.field else 409


def _saved(request: TrainerRequest, saved: Petition) -> HttpResponse:
    messages.success(request, "Saved.")
    return redirect("petitions:check", saved.reference)


class _WhoAndWhen(TypedDict):
    by: Trainer
    at: datetime


def _who_and_when(request: TrainerRequest) -> _WhoAndWhen:
    return {"by": request.user, "at": request.began_at}


def _check(request: TrainerRequest, found: Petition, form: AgreeForm, *, status: int) -> HttpResponse:
    if found.state != State.DRAFT:
        return redirect("petitions:petition", found.reference)
    page = check_page(found, arrival_day(request, found.credential))
    words = {"page": page, "petition": found, "form": form}
    return render(request, "petitions/check.html", words, status=status)


def _to_payment(request: TrainerRequest, found: Petition) -> HttpResponse:
    """Redirect to the payment page, or to the petition's own page when nothing is to be paid."""
    own_page = redirect("petitions:petition", found.reference)
    if found.state != State.UNPAID or not found.charge:
        return own_page
    back = petition_path("pay_return", found)
    return redirect_to_payment(request, found.charge, by=request.user, back=back, otherwise=own_page)
