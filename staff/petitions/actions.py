"""What staff may do to a petition, with the form of each action. Each calls one service."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet, prefetch_related_objects
from django.urls import reverse

from cases.listing import pending_until
from core import clock
from core.form_fields import CeusField
from core.forms import DateField3
from core.mail import Mail, render_mail
from core.policy_words import fill_policy_words, in_policy_words
from core.templatetags.words import day
from outbox.notices import kind_of
from petitions import services
from petitions.fees import fee_went_back
from petitions.models import LONGEST_TEXT, Decision, Petition, PetitionDocument
from petitions.notice_codes import APPROVED, DENIED, QUESTION
from petitions.notices import decision_context
from petitions.reasons import TO_ASK, TO_DECLINE, TO_GRANT_OTHERWISE
from petitions.screening import checks_by_petition
from petitions.services.deciding import foreseen_approval
from staff.actions import Action, Answers
from staff.decisions import DecisionRoom, decide_case, decision_action, newest_pk, without_decided_by
from staff.desk.bulk import bulk_action, known_pairs, why_not_theirs
from staff.evidence import NamedFile, further_pages_unseen
from staff.forms import ReasonedForm, ReasonForm, ThroughForm, labelled_reasons, text_area, words_area
from staff.offers import Offer, make_offer
from trainers.models import Trainer

Verdict = Decision.Verdict


class AskForm(ReasonedForm):
    """The form of a question to the trainer. The chosen reason fills in its usual words, and is
    stored with the question.
    """

    reasons = labelled_reasons(TO_ASK, Decision.Reason)
    reason_code = forms.ChoiceField(
        label="What about",
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose what it is about."},
    )
    words = text_area(
        "Your question",
        in_policy_words(
            "The {holder} reads it. Ask one thing, and say what to send. Left empty, the usual question is filled in."
        ),
        required=False,
        rows=5,
        max_length=LONGEST_TEXT,
    )
    field_order = ("seen", "reason_code", "words")


class DeclineForm(ReasonedForm):
    reasons = labelled_reasons(TO_DECLINE, Decision.Reason)
    words = words_area(LONGEST_TEXT)
    field_order = ("seen", "reason_code", "words")


class ApproveForm(ReasonedForm):
    """The form of an approval. `initial["hundredths"]` is the amount asked for; only another amount
    needs a reason.
    """

    reasons = labelled_reasons(TO_GRANT_OTHERWISE, Decision.Reason)
    hundredths = CeusField(label=in_policy_words("{units} granted"))
    reason_code = forms.ChoiceField(
        label="Why another amount",
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose a reason."},
    )
    words = text_area(
        "In words",
        in_policy_words(
            "The {holder} reads them. For another amount, the usual words are filled in when you leave this empty."
        ),
        required=False,
        max_length=LONGEST_TEXT,
    )
    lists_course = forms.BooleanField(
        label="Add the course to the catalogue, so that others log it for free", required=False
    )
    field_order = ("seen", "hundredths", "reason_code", "words", "lists_course")

    def fill_words(self, answers: dict[str, object]) -> dict[str, Any]:
        """Return `answers`, with the usual words of the reason unless the amount is the one asked
        for.
        """
        if answers.get("hundredths") == self.initial["hundredths"]:
            answers["reason_code"] = ""
            return answers
        return super().fill_words(answers)


class ExtendForm(ReasonForm, ThroughForm):
    through = DateField3(label="New last day to answer", what="the last day to answer")
    field_order = ("through", "reason")


def _decided(answers: Answers) -> Answers:
    return {name: value for name, value in answers.items() if name != "seen"}


def files_of(petition: Petition) -> list[NamedFile]:
    """Return the documents of a petition for the review page."""
    rows = [one for one in petition.evidence.all() if one.replaced_at is None]
    in_order = sorted(rows, key=lambda one: (one.part != PetitionDocument.Part.CERTIFICATE, one.part, one.pk))
    return [NamedFile(one.get_part_display(), one.document) for one in in_order]


def _done_words(decision: Decision) -> str:
    name, unit = decision.petition.trainer.name, decision.petition.credential.policy.unit
    if decision.verdict == Verdict.DENY:
        return f"Declined: {decision.petition.reference} of {name}."
    if decision.verdict == Verdict.ASK:
        return f"Asked about {decision.petition.reference}: {name} gets the question."
    return f"Approved: {unit.words(decision.hundredths or 0)} for {name}."


def waiting_for(person: Trainer) -> "QuerySet[Petition]":
    """Return the petitions that this person could decide about, the earliest due first.

    Their own are left out, and second reviews of their own decisions.
    """
    others = Petition.objects.waiting().exclude(trainer=person)
    return without_decided_by(person, others, Decision).order_by("answer_due_on", "pk")


ROOM = DecisionRoom(
    noun="petition",
    case="admin:petitions_petition",
    queue="admin:petitions_petition_changelist",
    may_decide="petitions.decide_petition",
    waiting=waiting_for,
    decide=services.decide_petition,
    release=services.release_petition_decision,
    decisions=Decision,
    told=_done_words,
    done={
        "asked": "asked about",
        "answered": "answered our question about",
        "approved": "approved",
        "denied": "declined",
        "closed": "closed",
        "stopped": "stopped",
        "more time to answer": "gave more time to answer about",
    },
)


def action_to_approve(petition: Petition, by: Trainer) -> Action:
    return decision_action(
        ROOM,
        petition,
        by,
        Verdict.APPROVE,
        title=f"Approve {petition.reference}",
        button="Approve",
        said=_decided,
        form=ApproveForm,
        initial={"hundredths": petition.asked_hundredths},
        lines=(f"They asked for {petition.credential.policy.unit.words(petition.asked_hundredths or 0)}.",),
        doubts=lambda: further_pages_unseen(files_of(petition), by),
        mail=APPROVED,
    )


def offer_to_approve(
    petition: Petition, by: Trainer, *, all_checks_pass: bool, doubts: Sequence[str]
) -> Offer:
    """Return the one-button offer to approve the CEUs asked for, with the mail that it would send.

    `clear` is true when every check passes; `doubts` name the evidence that was not opened.
    """

    def foresee() -> Mail:
        decision = foreseen_approval(petition, by=by, at=clock.now())
        return render_mail(kind_of(APPROVED).template, decision_context(petition, decision))

    asked = petition.asked_hundredths or 0
    unit = petition.credential.policy.unit
    return make_offer(
        button=f"Approve {unit.words(asked)}",
        url=reverse(f"{ROOM.case}_approve", args=[petition.pk]),
        seen=newest_pk(petition),
        sent={"hundredths": unit.format(asked)},
        all_checks_pass=all_checks_pass,
        foresee=foresee,
        doubts=doubts,
    )


def action_to_decline(petition: Petition, by: Trainer) -> Action:
    return decision_action(
        ROOM,
        petition,
        by,
        Verdict.DENY,
        title=f"Decline {petition.reference}",
        button="Decline",
        said=_decided,
        form=DeclineForm,
        mail=DENIED,
        danger=True,
    )


def action_to_ask(petition: Petition, by: Trainer) -> Action:
    """Return the action that asks the trainer a question about the petition. It can be undone until
    the mail is sent, as a decision can.
    """
    return decision_action(
        ROOM,
        petition,
        by,
        Verdict.ASK,
        title=f"Ask about {petition.reference}",
        button="Ask this",
        said=_decided,
        form=AskForm,
        lines=(
            fill_policy_words(
                "Our clock stops, and the {holder} has the policy's days to answer, from when the mail goes."
            ),
        ),
        mail=QUESTION,
    )


def action_to_extend(petition: Petition, by: Trainer) -> Action:
    def do(answers: Answers) -> str:
        question = services.extend_question(petition, by=by, at=clock.now(), **answers)
        return f"They may answer through {day(question.answer_through)}."

    question = petition.questions.open().first()
    return Action(
        title=f"More time to answer about {petition.reference}",
        button="Give more time",
        do=do,
        form=ExtendForm,
        lines=(f"The last day to answer is {day(question.answer_through)} now.",) if question else (),
    )


def action_to_approve_these(petitions: Sequence[Petition], by: Trainer) -> Action:
    """Return the action that approves, with the CEUs asked for, those petitions that pass every
    check, and leaves the others.
    """
    known = known_pairs(petitions)
    prefetch_related_objects(petitions, "evidence")
    checks = checks_by_petition(petitions)

    def why(petition: Petition, answers: Answers) -> str:
        if pending_until(petition):
            return "is decided already"
        if petition.is_open and petition.state not in Petition.WITH_US:
            return f"does not wait for us ({petition.get_state_display().lower()})"
        if petition.another_look_at:
            return "waits for another look"
        if fee_went_back(petition):
            return "has a fee that went back"
        failed = [check.label for check in checks[petition.pk] if not check.passed]
        if failed:
            return f"needs a look ({failed[0].lower()})"
        return why_not_theirs(petition, by, known)

    return bulk_action(
        petitions,
        title="Approve these petitions",
        button="Approve",
        why=why,
        do_one=lambda petition, answers: decide_case(ROOM, petition, Verdict.APPROVE, by=by, said={}),
        done=lambda answers: "approved as asked for. You can undo each for a few minutes",
        lines=(fill_policy_words("Each {holder} gets the mail of an approval once it has taken effect."),),
    )
