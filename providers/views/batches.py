"""The reports of a provider: the list, one report with its rows, and how it is corrected or withdrawn."""

from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from core import clock
from core.errors import Refusal
from core.policy_words import portal_unit
from providers.access import ProviderRequest, provider_only
from providers.forms import CorrectForm, WithdrawForm
from providers.lookups import batch_of, reported_completion_of
from providers.models import Batch, Completion
from providers.pages.answers import answered_rows
from providers.rows import ReadRow, read_row
from providers.services.correcting import OPEN_FOR, correct_completion, is_open, withdraw_batch
from providers.views.reporting import latest_day_for, policy_unit

PER_PAGE = 50
SHOWS = {"": "All rows", "taken": "Taken", "refused": "Not taken"}


@provider_only
@require_safe
def list_batches(request: ProviderRequest) -> HttpResponse:
    """Show the reports, newest first, found by how their reference or file begins."""
    query = " ".join(request.GET.get("q", "").split())[:100]
    rows = Batch.objects.filter(provider=request.provider).select_related("sent_by")
    found = (
        (rows.filter(reference__istartswith=query) | rows.filter(file_name__istartswith=query))
        if query
        else rows
    )
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    words = {"page": page, "query": query, "has_any": bool(query) or bool(page.object_list)}
    return render(request, "providers/batches.html", words)


@provider_only
@require_safe
def batch_page(request: ProviderRequest, ref: str) -> HttpResponse:
    """Show one report with the answer to each row."""
    found = batch_of(request.provider, ref)
    shows = request.GET.get("shows", "")
    rows = found.completions.select_related("course", "replaced_by", "credential__trainer")
    if shows in ("taken", "refused"):
        rows = rows.filter(outcome="taken") if shows == "taken" else rows.exclude(outcome="taken")
    can_change = is_open(found, clock.now()) and found.state == Batch.State.REPORTED
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    words = {
        "batch": found,
        "page": page,
        "rows": answered_rows(page, is_open=can_change),
        "can_change": can_change,
        "last_change_at": found.sent_at + OPEN_FOR - timedelta(minutes=1),
        "shows": [(code, label, code == shows) for code, label in SHOWS.items()],
        "refused_count": found.row_count - found.taken_count,
    }
    return render(request, "providers/batch.html", words)


@provider_only
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_page(request: ProviderRequest, ref: str) -> HttpResponse:
    """Ask why, then withdraw the whole report."""
    found = batch_of(request.provider, ref)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with form.refusals():
            withdraw_batch(found, by=request.user, at=clock.now(), reason=form.cleaned_data["reason"])
            messages.success(request, f"{found.reference} is withdrawn. Those whom it touches get a mail.")
            return redirect("providers:batch", ref=found.reference)
    words = {"form": form, "batch": found}
    return render(request, "providers/withdraw.html", words, status=422 if form.errors else 200)


@provider_only
@require_http_methods(["GET", "HEAD", "POST"])
def correct_page(request: ProviderRequest, pk: int) -> HttpResponse:
    """Correct one completion: who, which course, when and how much."""
    found = reported_completion_of(request.provider, pk)
    posted = request.POST if request.method == "POST" else None
    form = CorrectForm(posted, provider=request.provider, initial=_initial(found))
    if form.is_valid():
        with form.refusals():
            _correct(request, found, _row_of(found, form), form.cleaned_data["reason"])
            return redirect("providers:batch", ref=found.batch.reference)
    words = {"form": form, "completion": found}
    return render(request, "providers/correct.html", words, status=422 if form.errors else 200)


@provider_only
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: ProviderRequest, pk: int) -> HttpResponse:
    """Ask why, then take back one completion."""
    found = reported_completion_of(request.provider, pk)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with form.refusals():
            _correct(request, found, None, form.cleaned_data["reason"])
            return redirect("providers:batch", ref=found.batch.reference)
    words = {"form": form, "completion": found}
    return render(request, "providers/take_back.html", words, status=422 if form.errors else 200)


def _correct(request: ProviderRequest, found: Completion, row: ReadRow | None, reason: str) -> None:
    if row and row.flaw:
        raise Refusal(row.flaw, code="invalid")
    made = correct_completion(
        found,
        row=row,
        by=request.user,
        at=clock.now(),
        latest_day=latest_day_for(request.user),
        reason=reason,
    )
    for_staff = made.pk == found.pk and Completion.objects.filter(pk=found.pk, state="for_staff").exists()
    staff_words = "A renewal that was sent includes it, so our staff decide. They read your reason."
    messages.success(request, staff_words if for_staff else "Done. Those whom it touches get a mail.")


def _row_of(found: Completion, form: CorrectForm) -> ReadRow:
    answers = form.cleaned_data
    return read_row(
        found.line,
        number=answers["number"],
        name=answers["name"],
        course=answers["course"].slug,
        completed_on=answers["completed_on"].isoformat(),
        ceus=answers["ceus"],
        unit=policy_unit(),
    )


def _initial(found: Completion) -> dict[str, object]:
    person = found.credential.trainer.name if found.credential else ""
    return {
        "number": found.number,
        "name": found.name or person,
        "course": found.course,
        "completed_on": found.completed_on,
        "ceus": portal_unit().format(found.hundredths) if found.hundredths else "",
    }
