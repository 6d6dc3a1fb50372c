"""The public pages: is this number certified, what would renewing cost, how does renewal work."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from core import clock
from core.access import public
from renewals.forms import NumberForm, WhatIfForm
from renewals.limits import allow_request
from renewals.pages.calculator import answer_of, own_answers
from renewals.pages.case import Case, case_of
from renewals.pages.rules import rules_page
from renewals.pages.verification import answer_for
from rules.policy.load import load_policy
from rules.policy.model import Policy
from trainers.allauth_internals import too_many_attempts
from trainers.lookups import cycle_of


@public
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    return render(request, "renewals/front.html")


@public
@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    form = NumberForm(request.GET if "number" in request.GET else None)
    if form.is_valid():
        return redirect("renewals:verified", form.cleaned_data["number"])
    return render(request, "renewals/verify.html", {"form": form}, status=422 if form.is_bound else 200)


@public
@require_safe
def verified(request: HttpRequest, number: str) -> HttpResponse:
    """Show whether a number is certified: certified, no longer since when, or no match.

    Requests are limited, against trying all numbers.
    """
    now = clock.now()
    if not allow_request(request, "verify", at=now):
        return too_many_attempts(request)
    answer = answer_for(number, at=now, default_policy=settings.PORTAL_POLICY)
    response = render(request, "renewals/verified.html", {"answer": answer, "form": NumberForm()})
    response["Cache-Control"] = "no-store"
    return response


@public
@require_safe
def calculator(request: HttpRequest) -> HttpResponse:
    """Show what renewing would cost. A signed-in trainer finds their own dates filled in and
    answered.
    """
    case = _own_case(request)
    policy = case.policy if case else load_policy(settings.PORTAL_POLICY)
    asked = any(key.startswith(tuple(WhatIfForm.base_fields)) for key in request.GET)
    form = WhatIfForm(_data(request, case, policy, asked), policy=policy)
    valid = form.is_bound and form.is_valid()
    answer = answer_of(form.standing, policy) if valid and form.standing else None
    words = {"form": form, "answer": answer, "policy": policy}
    return render(
        request, "renewals/calculator.html", words, status=422 if form.is_bound and not valid else 200
    )


@public
@require_safe
def how(request: HttpRequest) -> HttpResponse:
    """Show the rules in force today, with their figures, windows, clauses and readings."""
    policy = load_policy(settings.PORTAL_POLICY)
    page = rules_page(policy, today=clock.today(policy.time_zone))
    return render(request, "renewals/how.html", {"page": page, "policy": policy})


def _own_case(request: HttpRequest) -> Case | None:
    if not request.user.is_authenticated:
        return None
    cycle = cycle_of(request.user)
    return case_of(cycle, today=clock.today(cycle.credential.policy.time_zone)) if cycle else None


def _data(request: HttpRequest, case: Case | None, policy: Policy, asked: bool) -> Any:
    """Return what was asked, else the trainer's own facts, else None."""
    if asked:
        return request.GET
    return own_answers(case) if case else None
