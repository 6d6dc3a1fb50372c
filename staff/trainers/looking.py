"""Let staff view a trainer's own pages, for an hour, without being able to change anything."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from core import clock
from staff.actions import Action, Answers, staff_user
from staff.forms import ReasonForm
from trainers.models import Trainer
from trainers.services.looking import begin_looking, may_look

LASTS = timedelta(hours=1)
_KEY = "looking"


@dataclass(frozen=True, slots=True)
class LookingSession:
    """The trainer whose pages are shown instead of the viewer's own, and until when."""

    person: Trainer
    until: datetime

    @property
    def stop_url(self) -> str:
        return reverse("admin:trainers_trainer_stop", args=[self.person.pk])


def looking_of(request: HttpRequest) -> LookingSession | None:
    """Return whose pages this session shows; None after the hour, and when the viewer may no longer
    view them.
    """
    kept = request.session.get(_KEY)
    viewer = request.user
    if kept is None or not isinstance(viewer, Trainer):
        return None
    until = datetime.fromisoformat(kept["until"])
    if kept["viewer"] != viewer.pk or clock.now() >= until:
        return None
    person = Trainer.objects.filter(pk=kept["person"]).first()
    return LookingSession(person, until) if person and may_look(viewer, person) else None


def action_to_look(request: HttpRequest, person: Trainer, by: Trainer) -> Action:
    """Return the action that asks for a reason, before the pages are shown."""

    def do(answers: Answers) -> str:
        at = clock.now()
        begin_looking(person, by=by, at=at, **answers)
        until = (at + LASTS).isoformat()
        request.session[_KEY] = {"person": person.pk, "viewer": by.pk, "until": until}
        return f"These are the pages of {person.name}. They are shown for an hour."

    return Action(
        title=f"See what {person.name} sees",
        button="Show the pages",
        do=do,
        form=ReasonForm,
        lines=(
            "You see Home and every page as they are shown to this person. Nothing can be changed there.",
            "That you looked, when and why stands in what happened. It ends after an hour, or when you stop.",
        ),
        next_url=lambda: reverse("renewals:home"),
    )


def stop_looking(request: HttpRequest, person: Trainer) -> HttpResponse:
    """Stop viewing a trainer's pages, and redirect to the staff page of the person. Idempotent."""
    staff_user(request)
    if request.method == "POST":
        request.session.pop(_KEY, None)
    return HttpResponseRedirect(reverse("admin:trainers_trainer_change", args=[person.pk]))
