"""How staff decide about petitions: each act by one service, and what is told when somebody else was faster."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from core import clock
from core.errors import Refusal
from core.history import subject_of
from core.mail import Mail, render_mail
from core.models import HistoryEntry
from core.templatetags.words import day
from petitions import services
from petitions.models import Decision, Petition
from petitions.notices import decision_context, question_context
from staff.actions import Act
from staff.decisions import Word, clock_time, too_late
from staff.petitions.forms import ApproveForm, AskForm, DeclineForm, ExtendForm
from trainers.models import Trainer

QUEUE = "admin:petitions_petition_changelist"
Verdict = Decision.Verdict
DID = {  # what somebody else did to this petition, by the verb of our history
    "decided": "decided about",
    "taken back": "took back the decision about",
    "released": "decided about",
    "asked": "asked the trainer about",
    "answered": "answered our question about",
    "approved": "approved",
    "denied": "declined",
    "withdrawn": "withdrew",
    "closed": "closed",
    "another look": "asked for another look at",
    "more time to answer": "gave more time to answer about",
}


def approve(request: HttpRequest, petition: Petition) -> Word:
    lines = (f"They asked for {petition.credential.policy.unit.words(petition.asked_hundredths or 0)}.",)
    initial = {"hundredths": petition.asked_hundredths}
    return _decision(request, petition, Verdict.APPROVE, form=ApproveForm, initial=initial, lines=lines)


def decline(request: HttpRequest, petition: Petition) -> Word:
    return _decision(request, petition, Verdict.DENY, form=DeclineForm, danger=True)


def ask(request: HttpRequest, petition: Petition) -> Word:
    newest = last_entry(petition)

    def do(answers: dict[str, Any]) -> Petition:
        _check_seen(newest, answers["seen"], request.user, "")
        try:
            return services.ask_question(petition, by=request.user, at=clock.now(), text=answers["text"])
        except Refusal as refusal:
            raise _named(refusal, petition) from None

    return Word(
        title=f"Ask about {petition.reference}",
        button="Ask this",
        form=AskForm,
        do=do,
        mail=lambda asked: render_mail("petition_question", question_context(asked)),
        said=lambda asked: f"We asked {petition.trainer.name}. Our clock stands still until they answer.",
        then=lambda: next_waiting(request.user),
        initial={"seen": newest.pk if newest else None},
        lines=("The mail goes out at once. The trainer has the policy's days to answer.",),
    )


def undo(request: HttpRequest, decision: Decision) -> Act:
    def do(answers: dict[str, Any]) -> str:
        services.take_back_decision(decision, by=request.user, at=clock.now())
        return f"The decision about {decision.petition.reference} is taken back. No mail was sent."

    return Act(
        title=f"Undo the decision about {decision.petition.reference}",
        button="Take it back",
        do=do,
        lines=("The petition waits for a decision again. The trainer hears nothing of it.",),
        then=lambda: reverse("admin:petitions_petition_review", args=[decision.petition_id]),
    )


def extend(request: HttpRequest, petition: Petition) -> Act:
    def do(answers: dict[str, Any]) -> str:
        question = services.extend_question(petition, by=request.user, at=clock.now(), **answers)
        return f"They may answer through {day(question.answer_through)}."

    question = petition.questions.open().first()
    return Act(
        title=f"More time to answer about {petition.reference}",
        button="Give more time",
        do=do,
        form=ExtendForm,
        lines=(f"The last day to answer is {day(question.answer_through)} now.",) if question else (),
    )


def waiting_for(person: Trainer) -> "QuerySet[Petition]":
    """What this person could decide, oldest due first: not their own, and no second look at what they decided."""
    decided = Decision.objects.filter(petition=OuterRef("pk"), state=Decision.State.RELEASED, by=person)
    return (
        Petition.objects.waiting()
        .exclude(trainer=person)
        .exclude(Exists(decided))
        .order_by("answer_due_on", "pk")
    )


def next_waiting(person: Trainer) -> str:
    """The review page of what is due first; the empty queue when nothing waits."""
    first = waiting_for(person).values_list("pk", flat=True).first()
    return reverse("admin:petitions_petition_review", args=[first]) if first else reverse(QUEUE)


def entries_of(petition: Petition) -> "QuerySet[HistoryEntry]":
    """What happened to a petition and to the decisions about it, newest first."""
    subjects = [subject_of(petition), *map(subject_of, petition.decisions.all())]
    return HistoryEntry.objects.filter(subject__in=subjects).select_related("by").order_by("-pk")


def last_entry(petition: Petition) -> HistoryEntry | None:
    return entries_of(petition).first()


def _decision(
    request: HttpRequest,
    petition: Petition,
    verdict: str,
    *,
    form: type,
    initial: dict[str, Any] | None = None,
    lines: tuple[str, ...] = (),
    danger: bool = False,
) -> Word:
    newest = last_entry(petition)
    verb = "Approve" if verdict == Verdict.APPROVE else "Decline"

    def do(answers: dict[str, Any]) -> Decision:
        said = {key: value for key, value in answers.items() if key != "seen"}
        _check_seen(newest, answers["seen"], request.user, "decided")
        return decide(petition, verdict, by=request.user, **said)

    return Word(
        title=f"{verb} {petition.reference}",
        button=f"{verb} this petition",
        form=form,
        do=do,
        mail=mail_of,
        said=lambda decision: held_words(decision),
        then=lambda: next_waiting(request.user),
        initial={"seen": newest.pk if newest else None, **(initial or {})},
        lines=(*lines, "You read the mail before anything is decided, and can undo it for a few minutes."),
        danger=danger,
    )


def decide(petition: Petition, verdict: str, *, by: Trainer, **said: Any) -> Decision:
    """Call the service. Raises Refusal with who was first, and when this person decided something else before."""
    try:
        decision = services.decide_petition(petition, verdict=verdict, by=by, at=clock.now(), **said)
    except Refusal as refusal:
        raise _named(refusal, petition) from None
    if any(getattr(decision, name) != said[name] for name in said):
        raise Refusal("You have decided this already. Take that decision back first.", code="decided")
    return decision


def mail_of(decision: Decision) -> Mail:
    """The mail that the decision will send once it takes effect."""
    template = "petition_approved" if decision.verdict == Verdict.APPROVE else "petition_denied"
    return render_mail(template, decision_context(decision.petition, decision))


def held_words(decision: Decision) -> str:
    zone = decision.petition.credential.policy.time_zone
    return format_html(
        '{} takes effect at {}. <a href="{}">Undo</a>',
        decision.petition.reference,
        clock_time(decision.effective_at, zone),
        reverse("admin:petitions_decision_undo", args=[decision.pk]),
    )


def _check_seen(newest: HistoryEntry | None, seen: int | None, by: Trainer, mine: str) -> None:
    """Raise Refusal when something happened since the page was opened, unless it is one's own click, sent twice."""
    own_click = newest is not None and newest.by_id == by.pk and newest.verb == mine
    if newest and newest.pk != seen and not own_click:
        raise _too_late(newest)


def _named(refusal: Refusal, petition: Petition) -> Refusal:
    """A refusal because of the state says who brought it there."""
    newest = last_entry(petition)
    if refusal.code == "out_of_order" and newest:
        return _too_late(newest)
    return refusal


def _too_late(entry: HistoryEntry) -> Refusal:
    return too_late(entry, f"{DID.get(entry.verb, 'changed')} this petition")
