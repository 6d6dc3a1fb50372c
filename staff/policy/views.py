"""The pages that show the policy. Leads change figures by drafts (staff/policy/drafts.py), the file decides the rest."""

from collections.abc import Iterator, Mapping
from http import HTTPStatus

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from core import clock
from core.policy_words import other_policy_code, policy_asked_about, policy_choices, version_today
from renewals.forms import WhatIfForm
from renewals.pages.calculator import Answer, answer_of, own_calculator_values
from renewals.pages.snapshot import snapshot_of
from rules.facts import Facts
from rules.policy.model import Policy, PolicyVersion
from staff.lists import LONGEST_KEY
from staff.policy.comparing import as_if_always, compare_versions, people_touched, verdict_of
from trainers.lookups import cycle_of, cycle_with_number
from trainers.models import Cycle, Trainer

SEE = "trainers.view_credential"


def policy_page(request: HttpRequest) -> HttpResponse:
    """Show every figure of the version in force, beside another version where there is one."""
    _check_may_see(request)
    policy = policy_asked_about(request)
    now = version_today(policy)
    other = _other_version(request, policy, now)
    before, after = sorted((now, other), key=lambda one: one.in_force_from) if other else (now, now)
    rows = compare_versions(before, after)
    changed = [row for row in rows if row.changed]
    only_changed = bool(other) and request.GET.get("only") == "changed"
    page = {
        "title": "Two versions side by side" if other else "Rules in force",
        "policy": policy, "policies": policy_choices(), "which": other_policy_code(policy), "now": now, "other": other, "before": before, "after": after,
        "rows": changed if only_changed else rows, "all": len(rows), "changed": len(changed),
        "only_changed": only_changed, "verdict": verdict_of(policy),
        "others": [one for one in policy.versions if one is not now],
        "touched": people_touched(policy, other) if other and other.in_force_from > now.in_force_from else None,
    }  # fmt: skip
    return _render(request, "admin/policy/versions.html", page)


def simulator_page(request: HttpRequest) -> HttpResponse:
    """Answer what would hold for some facts on some day, and why. A person's own facts can be
    filled in.
    """
    _check_may_see(request)
    cycle = _cycle_asked_about(request)
    policy = cycle.policy if cycle else policy_asked_about(request)
    own = snapshot_of(cycle, today=clock.today(policy.time_zone)).facts if cycle else None
    asked = any(key.startswith(tuple(WhatIfForm.base_fields)) for key in request.GET)
    data: Mapping[str, object] | None = request.GET if asked else _facts_of(cycle, policy)
    form = WhatIfForm(data, policy=policy, own=own)
    valid = form.is_bound and form.is_valid()
    page = {
        "title": "What if",
        "form": form,
        "person": cycle.credential.trainer if cycle else None,
        "certification": cycle.credential.display_number if cycle and "certification" in request.GET else "",
        "answer": answer_of(form.standing, policy) if valid and form.standing else None,
        "policy": policy,
        "which": "" if cycle else other_policy_code(policy),
        "answers": list(_answers_by_version(data, policy, own)) if valid and len(policy.versions) > 1 else [],
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound and not valid else HTTPStatus.OK
    return _render(request, "admin/policy/simulator.html", page, status=status)


def _answers_by_version(
    data: Mapping[str, object] | None, policy: Policy, own: Facts | None
) -> Iterator[tuple[PolicyVersion, Answer | None]]:
    """Yield (version, answer) for each version, all about the same facts and day."""
    for version in policy.versions:
        alone = as_if_always(policy, version)
        form = WhatIfForm(data, policy=alone, own=own)
        found: Answer | None = answer_of(form.standing, alone) if form.is_valid() and form.standing else None
        yield version, found


def _other_version(request: HttpRequest, policy: Policy, now: PolicyVersion) -> PolicyVersion | None:
    """Return the version that the query chooses by its first day; without one the next version, or
    None.
    """
    chosen = request.GET.get("version")
    if chosen is None:
        return next((one for one in policy.versions if one.in_force_from > now.in_force_from), None)
    found = next((one for one in policy.versions if one.in_force_from.isoformat() == chosen), None)
    if found is None:
        raise Http404
    return None if found is now else found


def _cycle_asked_about(request: HttpRequest) -> Cycle | None:
    person = request.GET.get("person", "")
    if not person:
        return None
    is_key = person.isascii() and person.isdigit() and len(person) <= LONGEST_KEY
    found = Trainer.objects.filter(pk=int(person)).first() if is_key else None
    cycle = _cycle_meant(found, request.GET.get("certification", "")) if found else None
    if cycle is None:
        raise Http404
    return cycle


def _cycle_meant(person: Trainer, number: str) -> Cycle | None:
    """Return the cycle of the certification with this number; without a number, of the one that ends last."""
    return cycle_with_number(person, number) if number else cycle_of(person)


def _facts_of(cycle: Cycle | None, policy: Policy) -> dict[str, str] | None:
    return own_calculator_values(snapshot_of(cycle, today=clock.today(policy.time_zone))) if cycle else None


def _check_may_see(request: HttpRequest) -> None:
    if not request.user.has_perm(SEE):
        raise PermissionDenied


def _render(
    request: HttpRequest, template: str, page: Mapping[str, object], *, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    context = {**admin.site.each_context(request), "opts": None, **page}
    return TemplateResponse(request, template, context, status=status)
