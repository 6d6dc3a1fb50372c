"""Report who completed a course: by typing numbers, or by a file. Both show first what would happen to
each row, and report it when that is confirmed.
"""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date
from secrets import token_hex
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from core import clock
from core.deadlines import latest_today
from core.errors import Refusal
from providers.access import ProviderRequest, provider_only
from providers.forms import ConfirmFileForm, FileForm, TypedForm
from providers.judging import JudgedRow, judge_rows
from providers.limits import count_numbers_once
from providers.models import Batch
from providers.models.batch import MOST_ROWS
from providers.pages.answers import summary_of
from providers.reading import MOST_BYTES, TOO_LARGE, read_report, typed_rows
from providers.rows import ReadRow
from providers.services.reporting import report_completions
from rules.policy.load import load_policy
from rules.units import Unit
from trainers.models import Trainer

SALT = "providers.file"
TOO_OLD = "This check is older than a day, or part of it did not arrive. Choose the file again."
SENT_ALREADY = "This page was sent already, with other numbers. Look at them once more, then report them."
ONE_DAY = 24 * 60 * 60


@provider_only
@require_http_methods(["GET", "HEAD", "POST"])
def report_typed_numbers(request: ProviderRequest) -> HttpResponse:
    """Take numbers, show the names that go with them, and report them once they are confirmed."""
    data = request.POST if request.method == "POST" else None
    form = TypedForm(data, provider=request.provider, initial={"key": token_hex(16)})
    judged: list[JudgedRow] = []
    if form.is_valid():
        with form.refusals():
            rows = _typed_rows(form.cleaned_data)
            if "change" not in request.POST:  # what is reported shows its names, too
                count_numbers_once(request.provider, [one.number for one in rows])
            if "confirmed" in request.POST:
                return _report_typed(request, form, rows)
            if "change" not in request.POST:
                judged = judge_rows(request.provider, rows, latest_day=latest_day_for(request.user))
    shown = {"form": form, "judged": judged, "summary": summary_of(judged), "provider": request.provider}
    template = "providers/confirm_typed.html" if judged else "providers/report_typed.html"
    return render(request, template, shown, status=422 if form.errors else 200)


@provider_only
@require_http_methods(["GET", "HEAD", "POST"])
def by_file(request: ProviderRequest) -> HttpResponse:
    """Take a file, show what would happen to each of its rows, and report it once it is confirmed."""
    if "rows" in request.POST:
        return _confirm_file(request)
    posted = request.method == "POST"
    form = FileForm(request.POST if posted else None, request.FILES if posted else None)
    if not form.is_valid():
        return _file_page(request, form)
    try:
        file = form.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise Refusal(TOO_LARGE, code="too_large", field="file")
        rows = read_report(file.read(), policy_unit())
    except Refusal as refusal:
        form.refuse(refusal)
        return _file_page(request, form)
    name = str(file.name)[:120]
    told = {"name": name, "key": token_hex(16), "rows": [_packed(one) for one in rows]}
    sealed = signing.dumps(told, salt=f"{SALT}:{request.provider.pk}", compress=True)
    return _checked_page(request, ConfirmFileForm(initial={"rows": sealed}), rows, name)


def _report_typed(request: ProviderRequest, form: TypedForm, rows: Sequence[ReadRow]) -> HttpResponse:
    try:
        key = f"typed:{form.cleaned_data['key']}"
        return _report(request, rows, source=Batch.Source.TYPED, key=key)
    except Refusal as refusal:
        if refusal.code != "key_used":
            raise
        form.data = {**request.POST.dict(), "key": token_hex(16)}  # the page that is shown again can be sent
        raise Refusal(SENT_ALREADY, code="key_used") from None


def policy_unit() -> Unit:
    """Return the unit in which completions are reported."""
    return load_policy(settings.PORTAL_POLICY).unit


def _confirm_file(request: ProviderRequest) -> HttpResponse:
    try:
        told = signing.loads(
            request.POST.get("rows", ""), salt=f"{SALT}:{request.provider.pk}", max_age=ONE_DAY
        )
    except signing.BadSignature:
        empty = FileForm({}, {})
        empty.is_valid()
        empty.errors.clear()
        empty.refuse(Refusal(TOO_OLD, code="too_old", field="file"))
        return _file_page(request, empty)
    rows = [_unpacked(one) for one in told["rows"]]
    form = ConfirmFileForm(request.POST)
    if form.is_valid():
        with form.refusals():
            key = f"file:{told['key']}"
            return _report(request, rows, source=Batch.Source.FILE, key=key, file_name=told["name"])
    return _checked_page(request, form, rows, told["name"])


def _checked_page(
    request: ProviderRequest, form: ConfirmFileForm, rows: Sequence[ReadRow], name: str
) -> HttpResponse:
    """Return the page that says what would happen to each row; it keeps the rows, signed."""
    judged = judge_rows(request.provider, rows, latest_day=latest_day_for(request.user))
    words = {"form": form, "judged": judged, "summary": summary_of(judged), "file_name": name}
    return render(request, "providers/confirm_file.html", words, status=422 if form.errors else 200)


def _file_page(request: ProviderRequest, form: FileForm) -> HttpResponse:
    words = {"form": form, "most": MOST_ROWS}
    return render(request, "providers/report_file.html", words, status=422 if form.errors else 200)


def _report(
    request: ProviderRequest, rows: Sequence[ReadRow], *, source: str, key: str, file_name: str = ""
) -> HttpResponse:
    batch = report_completions(
        request.provider,
        rows=rows,
        source=source,
        idempotency_key=key,
        by=request.user,
        at=clock.now(),
        latest_day=latest_day_for(request.user),
        file_name=file_name,
    )
    messages.success(request, f"{batch.taken_count} of {batch.row_count} taken.")
    return redirect("providers:batch", ref=batch.reference)


def _typed_rows(answers: dict[str, Any]) -> list[ReadRow]:
    rows = typed_rows(
        answers["numbers"],
        course=answers["course"].slug,
        completed_on=answers["completed_on"],
        ceus=answers["ceus"],
        unit=policy_unit(),
    )
    if len(rows) > MOST_ROWS:
        sentence = f"Write at most {MOST_ROWS:,} numbers at once."
        raise Refusal(sentence, code="too_many", field="numbers")
    if not rows:
        raise Refusal("Write the certification numbers.", code="no_rows", field="numbers")
    return rows


def latest_day_for(person: Trainer) -> date:
    """Return the latest day that a completion may have: today where the provider or the policy is (Q36)."""
    at = clock.now()
    zone = load_policy(settings.PORTAL_POLICY).time_zone
    return latest_today(clock.date_of(at, zone), at=at, own_zone=person.time_zone)


def _packed(row: ReadRow) -> dict[str, object]:
    return {**asdict(row), "completed_on": row.completed_on and row.completed_on.isoformat()}


def _unpacked(told: dict[str, Any]) -> ReadRow:
    day = told.pop("completed_on")
    row = ReadRow(**told, completed_on=None)
    return replace(row, completed_on=date.fromisoformat(day)) if day else row
