"""The public pages: whether a number is certified, what renewing would cost, how renewal works."""

from collections.abc import Callable, Mapping
from functools import partial

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from core import clock
from core.access import public
from renewals.forms import CheckForm, WhatIfForm
from renewals.limits import count_request
from renewals.pages.calculator import answer_of, own_answers
from renewals.pages.case import Case, case_of
from renewals.pages.rules import how_page, rules_page
from renewals.pages.verification import (
    Answer,
    answer_by_code,
    answer_by_name,
    answer_by_number,
    wait_words,
)
from rules.policy.load import load_policy
from rules.policy.model import Policy
from trainers.lookups import cycle_of


@public
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    return render(request, "renewals/front.html")


@public
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
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
def verified(request: HttpRequest, number: str) -> HttpResponse:
    """Show whether the certification with this number is in force, and nothing else. Older QR codes
    lead to this page too.
    """
    return _checked(request, partial(answer_by_number, number), typed=CheckForm(initial={"number": number}))


@public
@require_safe
def verified_by_code(request: HttpRequest, code: str) -> HttpResponse:
    """Show the card of the certificate whose QR code contains `code`.

    Nobody can guess a code, so the limit of all callers does not apply here.
    """
    return _checked(request, partial(answer_by_code, code), typed=CheckForm(), of_all=False)


def _checked(
    request: HttpRequest, ask: Callable[..., Answer], *, typed: CheckForm, of_all: bool = True
) -> HttpResponse:
    """Answer within the limits, which keep callers from trying all numbers."""
    now = clock.now()
    excess = count_request(request, "verify", at=now, of_all=of_all)
    if excess:
        words = {"excess": excess, "wait": wait_words(excess.seconds)}
        response = render(request, "renewals/verify_limit.html", words, status=429)
        response["Retry-After"] = str(excess.seconds)
    else:
        answer = ask(at=now, default_policy=settings.PORTAL_POLICY)
        response = render(request, "renewals/verified.html", {"answer": answer, "form": typed})
    response["Cache-Control"] = "no-store"
    return response


@public
@require_safe
def calculator(request: HttpRequest) -> HttpResponse:
    """Show what renewing would cost. For a signed-in trainer the form holds their own dates and
    the answer stands below it.
    """
    case = _own_case(request)
    policy = case.policy if case else load_policy(settings.PORTAL_POLICY)
    asked = any(key.startswith(tuple(WhatIfForm.base_fields)) for key in request.GET)
    form = WhatIfForm(_data(request, case, policy, asked), policy=policy, own=case.facts if case else None)
    valid = form.is_bound and form.is_valid()
    answer = answer_of(form.standing, policy) if valid and form.standing else None
    words = {"form": form, "answer": answer, "policy": policy}
    return render(
        request, "renewals/calculator.html", words, status=422 if form.is_bound and not valid else 200
    )


@public
@require_safe
def how(request: HttpRequest) -> HttpResponse:
    """Show what renewing costs and its steps, by the rules in force today."""
    policy = load_policy(settings.PORTAL_POLICY)
    page = how_page(policy, today=clock.today(policy.time_zone))
    return render(request, "renewals/how.html", {"page": page, "policy": policy})


@public
@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Show the rules in force today, with their figures, windows, clauses and readings."""
    policy = load_policy(settings.PORTAL_POLICY)
    page = rules_page(policy, today=clock.today(policy.time_zone))
    return render(request, "renewals/rules.html", {"page": page, "policy": policy})


def _own_case(request: HttpRequest) -> Case | None:
    if not request.user.is_authenticated:
        return None
    cycle = cycle_of(request.user)
    return case_of(cycle, today=clock.today(cycle.credential.policy.time_zone)) if cycle else None


def _data(
    request: HttpRequest, case: Case | None, policy: Policy, asked: bool
) -> "Mapping[str, object] | None":
    """Return what was asked; for a trainer, with their own facts where a link leaves an answer out.
    None when nothing is known. A form that is sent leaves nothing out, so an emptied field stays empty.
    """
    own = own_answers(case) if case else {}
    return {**own, **request.GET.dict()} if asked else own or None
