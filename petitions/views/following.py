"""The page of a petition, and what its trainer may still do: answer, take more time, ask for a
second review, withdraw.
"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.another_look import last_day_to_ask
from core.deadlines import weekday_day
from core.errors import Refusal, refusal_of
from core.forms import NOT_WHOLE, WhyForm, posted_to
from petitions import services
from petitions.fees import fee_went_back
from petitions.forms import AboutForm, AnswerForm
from petitions.lookups import credential_of_petition, petition_of
from petitions.models import Petition, Question
from petitions.notice_codes import DENIED
from petitions.pages.check import petition_rows
from petitions.pages.petition import card_of, fee_words, last_day_words, timeline_of
from petitions.services.questions import last_day_with_more_time, more_days
from petitions.views.writing import arrival_day, status_of
from trainers.access import TrainerRequest, trainer_only_about

State = Petition.State
NO_QUESTION = "There is no open question about this petition."


@trainer_only_about(credential_of_petition)
@require_safe
def petition_page(request: TrainerRequest, ref: str) -> HttpResponse:
    return _page(request, petition_of(request.user, ref))


@trainer_only_about(credential_of_petition)
@require_POST
def answer_page(request: TrainerRequest, ref: str) -> HttpResponse:
    """Take the answer to the question that the page showed."""
    found = petition_of(request.user, ref)
    form = AnswerForm(request.POST, request.FILES, owner=request.user)
    if not form.is_valid():
        return _page(request, found, form=form, status=422)
    refusal = refusal_of(
        lambda: services.answer_question(found, by=request.user, at=request.began_at, **form.answer())
    )
    if refusal:
        return _refused(request, ref, refusal, form=form)
    messages.success(request, "We have your answer.")
    return redirect("petitions:petition", found.reference)


@trainer_only_about(credential_of_petition)
@require_POST
def more_time(request: TrainerRequest, ref: str) -> HttpResponse:
    """Extend the last day to answer for the trainer, once for each question."""
    found = petition_of(request.user, ref)
    form = AboutForm(request.POST)
    if not form.is_valid():
        return _page(request, found, refused=NOT_WHOLE, status=422)
    try:
        question = services.take_more_time(
            found, by=request.user, at=request.began_at, about=form.cleaned_data["about"]
        )
    except Refusal as refusal:
        return _refused(request, ref, refusal)
    messages.success(
        request, f"You have more time: the last day to answer is {weekday_day(question.answer_through)}."
    )
    return redirect("petitions:petition", found.reference)


@trainer_only_about(credential_of_petition)
@require_http_methods(["GET", "HEAD", "POST"])
def another_look(request: TrainerRequest, ref: str) -> HttpResponse:
    """Take the trainer's request, in their own words, that another person reviews a denial.
    Once.
    """
    found = petition_of(request.user, ref)
    over = found.state != State.DENIED or found.another_look_at or fee_went_back(found)
    over = over or arrival_day(request, found.credential) > last_day_to_ask(found, DENIED)
    if request.method != "POST" and over:
        return redirect("petitions:petition", found.reference)
    form = WhyForm(*posted_to(request))
    if form.is_valid():
        refusal = refusal_of(
            lambda: services.ask_another_look(
                found, by=request.user, at=request.began_at, **form.cleaned_data
            )
        )
        if refusal:
            return _refused(request, ref, refusal)
        messages.success(request, "Somebody else will look at your petition.")
        return redirect("petitions:petition", found.reference)
    words = {"petition": found, "form": form}
    return render(request, "petitions/another_look.html", words, status=422 if form.errors else 200)


@trainer_only_about(credential_of_petition)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_page(request: TrainerRequest, ref: str) -> HttpResponse:
    """Ask for confirmation, then withdraw the petition."""
    found = petition_of(request.user, ref)
    if request.method == "POST":
        refusal = refusal_of(lambda: services.withdraw_petition(found, by=request.user, at=request.began_at))
        if refusal:
            return _refused(request, ref, refusal)
        messages.success(request, "You withdrew your petition.")
        return redirect("petitions:petition", found.reference)
    if not found.is_open:
        return redirect("petitions:petition", found.reference)
    words = {"petition": found, "fee": fee_words(found), "hoped_for": found.state in Petition.HOPED_FOR}
    return render(request, "petitions/withdraw.html", words)


def _refused(
    request: TrainerRequest, ref: str, refusal: Refusal, *, form: AnswerForm | None = None
) -> HttpResponse:
    """Show the petition as it is now, with the refusal at the top and what was typed below the
    question that is open now.
    """
    found = petition_of(request.user, ref)
    return _page(request, found, form=form, refused=str(refusal), status=status_of(refusal))


def _page(
    request: TrainerRequest,
    found: Petition,
    *,
    form: AnswerForm | None = None,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    found.trainer = request.user
    today = arrival_day(request, found.credential)
    question = found.questions.open().first() if found.state == State.QUESTION else None
    if question and today > question.answer_through:
        question = None
    if question is None and form is not None:
        form, refused, status = None, refused or NO_QUESTION, 409
    if question and form and refused:
        form.ask_about(question.pk)
    if question and form is None:
        form = AnswerForm(owner=request.user, initial={"about": question.pk})
    words = {
        "petition": found,
        "state": card_of(found, today),
        "refused": refused,
        "facts": petition_rows(found),
        "events": timeline_of(found),
        "paid": bool(found.charge and found.charge.paid_cents),
        "zone": found.credential.policy.time_zone,
        "question": question,
        "form": form,
        **(_about(question, found) if question else {}),
    }
    return render(request, "petitions/petition.html", words, status=status)


def _about(question: Question, found: Petition) -> dict[str, object]:
    """Return the last day to answer a question, and the one after the trainer has taken more time."""
    return {
        "last_day": last_day_words(question, found),
        "more_days": 0 if question.extended_at else more_days(found),
        "more_through": weekday_day(last_day_with_more_time(found, question)),
    }
