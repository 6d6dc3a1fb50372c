"""How a lead proposes that two accounts of one person become one: find the other, choose which stays, read what moves."""

from dataclasses import dataclass
from http import HTTPStatus

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from cases.merging_accounts import propose_merge
from core import clock
from core.errors import Refusal
from core.mail import Mail, render_mail
from core.merging import MergePlan, merge_conflicts, plan_merge
from core.templatetags.words import day
from rules.days import through_words
from staff.actions import dry_run, staff_user
from staff.finding.asking import SearchMeaning, parse_question
from staff.finding.people import SHOWN, FoundPerson, found_people, person_rows
from staff.forms import ReasonForm, text_area
from staff.lists import LONGEST_KEY
from staff.two_people.actions import WAITS
from trainers.models import Cycle, Trainer
from trainers.notices import merged_context

MAY = "core.merge_accounts"
FINAL = "This cannot be taken back."
EDITED = "You chose something else after you looked. Look at what moves now."


class MergeForm(ReasonForm):
    """Which of the two accounts stays, and why they are one person's."""

    stays = forms.ChoiceField(
        label="Which account stays?",
        help_text="Its address signs in afterwards. The other one is closed.",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose which one stays.", "invalid_choice": "Choose which one stays."},
    )
    reason = text_area(
        "How do you know that they are one person?",
        "A second lead reads it. It is kept in the history.",
        "Write how you know it.",
        rows=3,
    )
    field_order = ("stays", "reason")

    def __init__(self, *args: object, people: tuple[Trainer, Trainer], **options: object) -> None:
        super().__init__(*args, **options)
        choices = [(str(one.pk), f"{one.name}, {one.email}") for one in people]
        self.fields["stays"].choices = choices  # type: ignore[attr-defined]  # it is a ChoiceField


@dataclass(frozen=True, slots=True)
class AccountCard:
    """One of the two accounts: its certifications with their last days, when somebody last used it,
    and how many rows it has.
    """

    person: Trainer
    certifications: list[str]
    signed_in: str
    holds: list[str]


@dataclass(frozen=True, slots=True)
class MergePreview:
    """What a merge would do: which account goes and which stays, what moves, and both mails word for word."""

    going: Trainer
    staying: Trainer
    plan: MergePlan
    wishes: str
    mails: list[tuple[str, Mail]]


def merge_page(request: HttpRequest, trainer: Trainer) -> HttpResponse:
    """Search for the other account; when it is chosen, choose which account stays, and propose the merge."""
    asked = request.GET.get("with", "")
    other = _account(asked)
    if other and other.pk != trainer.pk:
        return _propose(request, trainer, other)
    problem = ""
    if asked:
        same = other is not None
        problem = (
            "Choose another account: this is the same one." if same else "Choose an account from the list."
        )
    return _search(request, trainer, problem)


def _account(text: str) -> Trainer | None:
    if not (text.isascii() and text.isdigit() and len(text) <= LONGEST_KEY):
        return None
    return Trainer.objects.filter(pk=int(text), merge=None).first()


# --- finding the other account


def _search(request: HttpRequest, trainer: Trainer, problem: str) -> HttpResponse:
    question = parse_question(request.GET.get("q", ""))
    people = _others(question, trainer) if question.text and not question.is_too_short else []
    found: list[FoundPerson] = person_rows(people[:SHOWN], question)
    context = {"question": question, "found": found, "more": len(people) > SHOWN, "problem": problem}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK
    return _render(request, trainer, "admin/trainers/trainer/merge_find.html", context, status)


def _others(question: SearchMeaning, trainer: Trainer) -> list[Trainer]:
    return [one for one in found_people(question) if one.pk != trainer.pk] if question.is_of_people else []


# --- proposing


def _propose(request: HttpRequest, trainer: Trainer, other: Trainer) -> HttpResponse:
    people, now = (trainer, other), clock.now()
    directions = ((other, trainer), (trainer, other))
    blocked = [merge_conflicts(*direction, at=now) for direction in directions]
    sent = request.POST if request.method == "POST" else None
    form = MergeForm(sent, people=people, initial={"stays": str(_likely(*people).pk)})
    preview = None
    if not all(blocked) and request.method == "POST" and form.is_valid():
        staying = trainer if form.cleaned_data["stays"] == str(trainer.pk) else other
        going = other if staying is trainer else trainer
        with form.refusals():
            dry_run(lambda: _save(request, going, staying, form))
            preview = preview_of(going, staying)
            if "confirmed" in request.POST:
                _check_seen(request, staying)
                _save(request, going, staying, form)
                messages.success(request, WAITS)
                return redirect("admin:trainers_trainer_change", trainer.pk)
    context = {
        "other": other,
        "cards": [_card(one, another) for one, another in ((trainer, other), (other, trainer))],
        "blocked": list(dict.fromkeys(sum(blocked, []))) if all(blocked) else [],
        "form": form,
        "preview": preview,
        "final": FINAL,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return _render(request, trainer, "admin/trainers/trainer/merge.html", context, status)


def _save(request: HttpRequest, going: Trainer, staying: Trainer, form: MergeForm) -> None:
    reason = form.cleaned_data["reason"]
    propose_merge(going, staying, by=staff_user(request), at=clock.now(), reason=reason)


def _check_seen(request: HttpRequest, staying: Trainer) -> None:
    """Raise Refusal unless the merge that is proposed is the one that the page showed."""
    if request.POST.get("seen") != str(staying.pk):
        raise Refusal(EDITED, code="edited")


def _likely(one: Trainer, another: Trainer) -> Trainer:
    """Return the account that was used last, as the one to stay; the first of the two when nobody
    has used either.
    """
    used = [person for person in (one, another) if person.last_login and person.is_active]
    return max(used, key=lambda person: person.last_login, default=one)  # type: ignore[arg-type,return-value]  # none without it


def preview_of(going: Trainer, staying: Trainer) -> MergePreview:
    """Return what a merge would do. It changes nothing."""
    plan = plan_merge(going, staying)
    wishes = "Optional reminders are off afterwards, as the account that goes wished."
    return MergePreview(
        going,
        staying,
        plan,
        wishes if staying.wants_reminders and not going.wants_reminders else "",
        [(person.email, mail_to(person, going, staying, plan)) for person in (staying, going)],
    )


def mail_to(person: Trainer, going: Trainer, staying: Trainer, plan: MergePlan) -> Mail:
    """Return the mail to one of the two addresses."""
    told = ", ".join(plan.told)
    return render_mail(
        "account_merged",
        merged_context(going.email, staying.email, stays=person.pk == staying.pk, moved=told),
    )


def _card(person: Trainer, other: Trainer) -> AccountCard:
    cycles = Cycle.objects.current().filter(credential__trainer=person).select_related("credential")
    plan = plan_merge(person, other)
    return AccountCard(
        person,
        [
            f"{one.credential.display_number}, {through_words(one.expires_on)}"
            for one in cycles.order_by("-expires_on")
        ],
        day(clock.date_of(person.last_login, settings.TIME_ZONE)) if person.last_login else "never",
        [*plan.moves, *plan.once, *plan.goes],
    )


def _render(
    request: HttpRequest, trainer: Trainer, template: str, context: dict[str, object], status: int
) -> HttpResponse:
    page = {
        **admin.site.each_context(request),
        "opts": Trainer._meta,
        "object": trainer,
        "title": f"Merge the account of {trainer.name} with another one",
        "back": reverse("admin:trainers_trainer_change", args=[trainer.pk]),
        **context,
    }
    return TemplateResponse(request, template, page, status=status)
