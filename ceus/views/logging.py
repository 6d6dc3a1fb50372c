"""Logging a course, on one page: which course, when, and its certificate."""

from datetime import date

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_http_methods

from ceus.cards import is_card
from ceus.forms import OTHER_DAY, LogCourseForm
from ceus.models import Course
from ceus.pages.catalogue import earlier_ceus
from ceus.pages.logging import choices_of, day_chips, gain_of
from ceus.services.logging import log_course
from ceus.views.records import saved_page, today_of
from core import clock
from trainers.access import TrainerRequest, trainer_only

# The parts of the page that htmx asks for, by the id of the element that they replace.
PARTS = {"courses": "ceus/records/choices.html", "gain": "ceus/records/gain.html"}


@trainer_only
@require_http_methods(["GET", "HEAD", "POST"])
def log_page(request: TrainerRequest, slug: str = "") -> HttpResponse:
    """Show the page, or the part of it that htmx asks for; log the course when the form is posted.

    `slug` chooses a course, `?finished=2027-01-10` a day. A posted `find` searches, and everything
    else that was typed is kept.
    """
    if slug and _is_card(request, get_object_or_404(Course, slug=slug)):
        return redirect("ceus:card")
    posted = request.method == "POST"
    form = LogCourseForm(_filled_in(request, slug), request.FILES if posted else {}, owner=request.user)
    if not posted or "find" in request.POST:
        form.keep_unfinished("q")
    elif form.is_valid():
        with form.refusals():
            record = log_course(
                request.credential,
                **form.cleaned_data,
                by=request.user,
                at=clock.now(),
                today=today_of(request.credential),
            )
            return saved_page(request, record)
    part = PARTS.get(request.headers.get("HX-Target", ""), "ceus/records/log.html")
    answer = render(request, part, _page_words(request, form), status=422 if form.errors else 200)
    patch_vary_headers(answer, ("HX-Target",))
    return answer


def _is_card(request: TrainerRequest, course: Course) -> bool:
    return is_card(course.category, request.credential, today_of(request.credential))


def _filled_in(request: TrainerRequest, slug: str) -> QueryDict:
    """Return what was posted or is in the query, with the course of the URL; on a page that is only
    opened, the trainer's own today is the day.
    """
    posted = request.method == "POST"
    data = (request.POST if posted else request.GET).copy()
    data["course"] = slug or data.get("course", "")
    if finished := _finished(request):
        data["day"] = OTHER_DAY
        for part in ("month", "day", "year"):
            data[f"completed_on_{part}"] = str(getattr(finished, part))
    elif not posted:
        data.setdefault("day", _own_today(request).isoformat())
    return data


def _page_words(request: TrainerRequest, form: LogCourseForm) -> dict[str, object]:
    """Return what the templates of the page and of its parts show."""
    today, cleaned = today_of(request.credential), form.cleaned_data
    chosen, day = cleaned.get("course"), form["day"].value()
    text = "" if "q" in form.errors else str(form["q"].value() or "")
    finished, proven = cleaned.get("completed_on"), bool(cleaned.get("certificate"))
    gain = None
    if chosen and finished:
        gain = gain_of(chosen, finished, request.cycle, at=clock.now(), today=today, proven=proven)
    chips = day_chips(_own_today(request))
    return {
        "form": form,
        "chosen": chosen.slug if chosen else "",
        "choices": choices_of(text, chosen, request.cycle, today=today),
        "earlier": earlier_ceus(chosen) if chosen else (),
        "chips": chips,
        "other_day": day not in {value for value, *_ in chips},
        "day": day,
        "gain": gain,
        "query": text,
        "today": today,
    }


def _own_today(request: TrainerRequest) -> date:
    """Return the date where the trainer lives: what a tap on Today means to them (Q36)."""
    return clock.today(request.user.time_zone)


def _finished(request: TrainerRequest) -> date | None:
    """Return the day that a link of ours names."""
    try:
        return date.fromisoformat(request.GET.get("finished", ""))
    except ValueError:
        return None
