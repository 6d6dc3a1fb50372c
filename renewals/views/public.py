"""The public pages: the front page, what renewing would cost, and how renewal works."""

from collections.abc import Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core import clock
from core.access import public
from core.policy_words import other_policy_code, policy_asked_about, policy_choices
from renewals.forms import WhatIfForm
from renewals.pages.calculator import answer_of, own_calculator_values
from renewals.pages.rules import how_page, rules_page
from renewals.pages.snapshot import Snapshot, snapshot_of
from renewals.pages.start_again import start_again_page
from rules.policy.load import load_policy
from rules.policy.model import Policy
from trainers.access import cycle_asked_about


@public
@require_safe
def front_page(request: HttpRequest) -> HttpResponse:
    return render(request, "renewals/front.html")


@public
@require_safe
def price_calculator(request: HttpRequest) -> HttpResponse:
    """Show what renewing would cost. For a signed-in trainer the form is filled with their own
    dates, and the answer is shown below it.
    """
    snapshot = _own_snapshot(request)
    policy = snapshot.policy if snapshot else load_policy(settings.PORTAL_POLICY)
    asked = any(key.startswith(tuple(WhatIfForm.base_fields)) for key in request.GET)
    form = WhatIfForm(
        _data(request, snapshot, policy, asked), policy=policy, own=snapshot.facts if snapshot else None
    )
    valid = form.is_bound and form.is_valid()
    answer = answer_of(form.standing, policy) if valid and form.standing else None
    words = {"form": form, "answer": answer, "policy": policy}
    return render(
        request, "renewals/calculator.html", words, status=422 if form.is_bound and not valid else 200
    )


@public
@require_safe
def how_renewal_works(request: HttpRequest) -> HttpResponse:
    """Show what renewing costs and its steps, by the rules in force today."""
    policy = policy_asked_about(request)
    page = how_page(policy, today=clock.today(policy.time_zone))
    return render(request, "renewals/how.html", {"page": page, **_which(policy)})


@public
@require_safe
def start_again(request: HttpRequest) -> HttpResponse:
    """Show what to do once a certification can no longer be renewed."""
    page = start_again_page(_own_snapshot(request))
    return render(request, "renewals/start_again.html", {"page": page})


@public
@require_safe
def all_rules(request: HttpRequest) -> HttpResponse:
    """Show the rules in force today, with their figures, windows, clauses and readings."""
    policy = policy_asked_about(request)
    page = rules_page(policy, today=clock.today(policy.time_zone))
    return render(request, "renewals/rules.html", {"page": page, **_which(policy)})


def _which(policy: Policy) -> dict[str, object]:
    """Return which policy a page is about, and the others that the portal has."""
    others = [one for one in policy_choices() if one[0] != policy.code]
    return {"policy": policy, "others": others, "which": other_policy_code(policy)}


def _own_snapshot(request: HttpRequest) -> Snapshot | None:
    cycle = cycle_asked_about(request)
    return snapshot_of(cycle, today=clock.today(cycle.policy.time_zone)) if cycle else None


def _data(
    request: HttpRequest, snapshot: Snapshot | None, policy: Policy, asked: bool
) -> "Mapping[str, object] | None":
    """Return the values for the form: those of the query, and for a trainer their own facts where
    the query leaves a value out. None when there are no values.

    A form that was sent leaves no value out, so that an emptied field stays empty.
    """
    own = own_calculator_values(snapshot) if snapshot else {}
    return {**own, **request.GET.dict()} if asked else own or None
