"""Correcting a returned renewal on the page of the renewal itself."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from ceus.forms import ChangeForm, MendCardForm
from ceus.models import CeuRecord
from core import clock
from core.forms import posted_to, show_refusals
from renewals.lookups import application_of, credential_of_application
from renewals.models import Application
from renewals.pages.application import hardship_link, record_of_application
from renewals.pages.returned import records_to_mend, returned_page
from renewals.pages.snapshot import Snapshot, snapshot_of
from renewals.services.advancing import correct_application
from renewals.services.mending import mend_application
from trainers.access import TrainerRequest, trainer_only_about

UNCHANGED = "Nothing has changed yet. Add a new photo or file, or correct the day."
SENT = "You sent your correction."
MendingForm = MendCardForm | ChangeForm


@trainer_only_about(credential_of_application)
@require_POST
def correct_page(request: TrainerRequest, reference: str) -> HttpResponse:
    """Submit a returned renewal again. When the posted form corrects one of its records, both are
    done in one step.
    """
    found = application_of(request.user, reference)
    snapshot = snapshot_of(request.cycle, today=_today(request))
    record = _chosen(records_to_mend(found, snapshot), request.POST.get("record", ""))
    if record is None:
        return _sent(request, found)
    form = _form(request, record)
    if form.is_valid() and not form.has_changed():
        form.add_error(None, ValidationError(UNCHANGED, code="unchanged"))
    if form.is_valid():
        with form.refusals():
            mend_application(found, record=record, **form.changes(), by=request.user, at=request.began_at)
            messages.success(request, SENT)
            return redirect("renewals:application", found.reference)
    return _page(request, found, snapshot, record, form)


def returned_answer(request: TrainerRequest, found: Application, snapshot: Snapshot) -> HttpResponse | None:
    """Return the page on which the trainer corrects the renewal; None when nothing can be corrected on it."""
    records = records_to_mend(found, snapshot)
    if not records:
        return None
    record = records[0] if len(records) == 1 else _chosen(records, request.GET.get("record", ""))
    return _page(request, found, snapshot, record, _form(request, record) if record else None)


def _page(
    request: TrainerRequest,
    found: Application,
    snapshot: Snapshot,
    record: CeuRecord | None,
    form: MendingForm | None,
) -> HttpResponse:
    words = {
        **record_of_application(found),
        "application": found,
        "page": returned_page(found, snapshot, records_to_mend(found, snapshot), record),
        "form": form,
        "hardship": hardship_link(found, snapshot.today),
        "today": snapshot.today,
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "renewals/returned.html", words, status=status)


def _form(request: TrainerRequest, record: CeuRecord) -> MendingForm:
    data = posted_to(request)
    make = MendCardForm if record.is_card else ChangeForm
    return make(*data, owner=request.user, record=record)


def _chosen(records: list[CeuRecord], pk: str) -> CeuRecord | None:
    return next((one for one in records if str(one.pk) == pk), None)


def _sent(request: TrainerRequest, found: Application) -> HttpResponse:
    with show_refusals(request):
        correct_application(found, by=request.user, at=request.began_at)
        messages.success(request, SENT)
    return redirect("renewals:application", found.reference)


def _today(request: TrainerRequest) -> date:
    """Return the day on which the request began to arrive, in the policy's zone."""
    return clock.date_of(request.began_at, request.credential.policy.time_zone)
