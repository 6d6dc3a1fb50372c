"""The public check of certifications: by number, by number and family name, by the code of a
certificate, and of a pasted list (Q29). Caches may not store the answers.
"""

from collections.abc import Callable
from functools import partial

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import strip_tags
from django.views.decorators.http import require_http_methods, require_safe

from core import clock
from core.access import public
from core.links import full_address
from core.spreadsheet import csv_download
from core.templatetags.words import at as moment
from renewals.forms import CheckForm, PeopleListForm
from renewals.limits import ExceededLimit, count_request
from renewals.pages.verification import (
    NO_MATCH,
    Answer,
    answer_by_code,
    answer_by_name,
    answer_by_number,
    wait_words,
)
from renewals.pages.verification_list import CSV_HEADER, answers_of, csv_rows, summary_words
from rules.policy.load import load_policy
from trainers.models.credential import normalise_number


@public
@require_http_methods(["GET", "HEAD", "POST"])
def ask_for_number(request: HttpRequest) -> HttpResponse:
    """Ask for a number and a family name, and show the card; a number alone redirects to its own
    page.

    The name is posted, so that no log and no browser history keeps it.
    """
    asked = request.POST if request.method == "POST" else request.GET
    form = CheckForm(asked if "number" in asked or request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "renewals/verify.html", {"form": form}, status=422 if form.is_bound else 200)
    number, name = form.cleaned_data["number"], form.cleaned_data["family_name"]
    if request.method != "POST" or not name:
        return redirect("renewals:verified", number)
    return _checked(request, partial(answer_by_name, number, name), typed=form)


@public
@require_safe
def verified_number(request: HttpRequest, number: str) -> HttpResponse:
    """Show whether the certification with this number is in force, and nothing else. Older QR codes
    lead to this page too.
    """
    return _checked(request, partial(answer_by_number, number), typed=CheckForm(initial={"number": number}))


@public
@require_safe
def verified_by_code(request: HttpRequest, code: str) -> HttpResponse:
    """Show the card of the certificate whose QR code contains `code`. Nobody can guess a code, so
    the limit for all callers together does not apply here.
    """
    return _checked(request, partial(answer_by_code, code), typed=CheckForm(), of_all=False)


def _checked(
    request: HttpRequest, ask: Callable[..., Answer], *, typed: CheckForm, of_all: bool = True
) -> HttpResponse:
    """Show the answer, unless the caller exceeds the limits that keep callers from trying all numbers."""
    now = clock.now()
    excess = count_request(request, "verify", at=now, of_all=of_all)
    if excess:
        words = {"excess": excess, "wait": wait_words(excess.seconds), "form": typed}
        response = render(request, "renewals/verify_limit.html", words, status=429)
        response["Retry-After"] = str(excess.seconds)
    else:
        answer = ask(at=now, default_policy=settings.PORTAL_POLICY)
        words = {
            "answer": answer,
            "form": CheckForm() if answer.name else typed,
            "link": _link_to(request, answer),
        }
        response = render(request, "renewals/verified.html", words)
    return _uncached(response)


def _link_to(request: HttpRequest, answer: Answer) -> str:
    """Return the whole address that shows this answer again; "" when nothing was found.

    An address never contains a name: after a search by name it is the address for the number.
    """
    if answer.state == NO_MATCH:
        return ""
    if request.method != "POST":
        return full_address(request.path)
    return full_address(reverse("renewals:verified", args=[normalise_number(answer.number)]))


@public
@require_http_methods(["GET", "HEAD", "POST"])
def verify_list(request: HttpRequest) -> HttpResponse:
    """Check up to a hundred pasted lines, and show them as a table or, with `csv`, send them as a
    download.

    Every line gets the answer of a single check, and counts as one in the caller's limit of a day.
    """
    form = PeopleListForm(request.POST if request.method == "POST" else None)
    if not form.is_bound or not form.is_valid():
        status = 422 if form.is_bound else 200
        return _uncached(render(request, "renewals/verify_list.html", {"form": form}, status=status))
    now = clock.now()
    lines = sum(not line.trouble for line in form.lines)
    excess = count_request(request, "verify", at=now, of_all=True, lines=lines) if lines else None
    if excess:
        return _uncached(_refuse_list(request, form, excess))
    answers = answers_of(form.lines, at=now, default_policy=settings.PORTAL_POLICY)
    checked = moment(now, load_policy(settings.PORTAL_POLICY).time_zone)
    if "csv" in request.POST:
        rows = csv_rows(answers, f"Checked {strip_tags(checked)}")
        return _uncached(csv_download("certifications", CSV_HEADER, rows))
    words = {"form": form, "answers": answers, "checked": checked, "summary": summary_words(answers)}
    return _uncached(render(request, "renewals/verify_list.html", words))


def _refuse_list(request: HttpRequest, form: PeopleListForm, excess: ExceededLimit) -> HttpResponse:
    """Show the form again with the reason, when to try again, and what was pasted."""
    wait = wait_words(excess.seconds)
    who = "from everybody together" if excess.of_all else "from your connection"
    sentence = f"There were too many checks {who}. Nothing was checked. Try again in {wait}."
    if excess.left:
        sentence += f" A list of up to {excess.left} lines works now."
    form.add_error("people", ValidationError(sentence, code="too_many_checks"))
    response = render(request, "renewals/verify_list.html", {"form": form}, status=429)
    response["Retry-After"] = str(excess.seconds)
    return response


def _uncached(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
