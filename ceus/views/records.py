"""A trainer's own courses: show, change and remove them (Q23)."""

from datetime import date, datetime
from typing import TypedDict

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from ceus import services
from ceus.carried import carried_words
from ceus.forms import ChangeCardForm, ChangeForm
from ceus.lookups import credential_of_record, record_of
from ceus.models import CeuRecord
from ceus.pages.next_step import renewing_step
from ceus.pages.records import after_saving, cycle_view, earlier_records, earlier_row, row_of
from ceus.services import record_checks
from core import clock
from core.errors import refusal_of
from core.forms import posted_to
from trainers.access import TrainerRequest, trainer_only, trainer_only_about
from trainers.models import Credential, Trainer

PER_PAGE = 25


@trainer_only
@require_safe
def my_courses(request: TrainerRequest) -> HttpResponse:
    """Show the records of this cycle with what counts and why, and those of earlier cycles."""
    cycle = request.cycle
    view = cycle_view(cycle, today=today_of(request.credential))
    page = Paginator(view.rows, PER_PAGE).get_page(request.GET.get("page"))
    before = Paginator(earlier_records(request.credential, cycle), PER_PAGE).get_page(
        request.GET.get("before")
    )
    total, unmet = view.standing.total, [one.text for one in view.standing.requirements if not one.met]
    words = {
        "cycle": cycle,
        "view": view,
        "today": view.standing.as_of,
        "total": view.standing.unit.format(total.counted),
        "required": view.standing.unit.words(total.required),
        "unmet": " ".join(unmet),
        "carried": carried_words(cycle, view.standing),
        "next_step": renewing_step(cycle, view.standing),
        "last_course_on": view.standing.dates.completion_deadline,
        "page": page,
        "before": before,
        "earlier": [earlier_row(r) for r in before],
    }
    return render(request, "ceus/records/my_courses.html", words)


@trainer_only_about(credential_of_record)
@require_safe
def record_page(request: TrainerRequest, pk: int) -> HttpResponse:
    found = record_of(request.credential, pk)
    cycle = request.cycle
    used_before = found.claimed_for is not None and found.claimed_for.pk != cycle.pk
    row = earlier_row(found) if used_before else row_of(found, cycle, today=today_of(request.credential))
    evidence = found.evidence.current().select_related("document")
    words = {
        "record": found,
        "row": row,
        "evidence": evidence,
        "fixed": refusal_of(lambda: record_checks.check_free(found)),
        "stays": refusal_of(lambda: record_checks.check_removable(found)),
    }
    return render(request, "ceus/records/record.html", words)


@trainer_only_about(credential_of_record)
@require_http_methods(["GET", "HEAD", "POST"])
def change_page(request: TrainerRequest, pk: int) -> HttpResponse:
    found = record_of(request.credential, pk)
    make = ChangeCardForm if found.is_card else ChangeForm
    form = make(*posted_to(request), owner=request.user, record=found)
    if form.is_valid():
        with form.refusals():
            changed = services.change_record(found, **form.changes(), **_who_and_when(request))
            return saved_page(request, changed)
    if found.claimed_for_id and not form.is_bound:
        return redirect("ceus:record", pk=found.pk)
    words = {"form": form, "record": found}
    return render(request, "ceus/records/change.html", words, status=422 if form.errors else 200)


@trainer_only_about(credential_of_record)
@require_http_methods(["GET", "HEAD", "POST"])
def remove_page(request: TrainerRequest, pk: int) -> HttpResponse:
    """Ask for confirmation on a page of its own, then remove the record. Idempotent."""
    if request.method == "POST" and _is_removed(request.credential, pk):
        return redirect("ceus:my_courses")
    found = record_of(request.credential, pk)
    refused = None
    if request.method == "POST":
        refused = refusal_of(lambda: services.remove_record(found, by=request.user, at=clock.now()))
        if refused is None:
            messages.success(request, f"Removed: {found.title}.")
            return redirect("ceus:my_courses")
    words = {"record": found, "refused": refused}
    return render(request, "ceus/records/remove.html", words, status=409 if refused else 200)


def saved_page(request: TrainerRequest, record: CeuRecord) -> HttpResponse:
    """Redirect to the list, with a message about what the record counts now."""
    cycle = request.cycle
    messages.success(request, after_saving(record, cycle, today=today_of(request.credential)))
    return redirect(reverse("ceus:my_courses"))


def today_of(credential: Credential) -> date:
    """Return today in the policy's zone (Q3)."""
    return clock.today(credential.policy.time_zone)


class _WhoAndWhen(TypedDict):
    by: Trainer
    at: datetime
    today: date


def _who_and_when(request: TrainerRequest) -> _WhoAndWhen:
    return {"by": request.user, "at": clock.now(), "today": today_of(request.credential)}


def _is_removed(credential: Credential, pk: int) -> bool:
    return CeuRecord.objects.filter(credential=credential, pk=pk, state=CeuRecord.State.REMOVED).exists()
