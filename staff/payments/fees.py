"""Decisions about a case whose fee is not kept in full: finance before its approval, a lead after
it (Q31).
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest, TruncDate
from django.shortcuts import get_object_or_404
from django.urls import reverse

from ceus.models import CeuRecord
from core import clock
from core.forms import PlainForm
from core.policy_words import fill_policy_words, in_policy_words
from payments.models import Charge, Dispute, FeeDecision
from payments.pages.tags import TAGS
from payments.services.charges import payment_state
from payments.services.fee_decisions import is_decided, may_stand
from payments.services.refund_checks import fee_went_back, kept_of
from petitions import services as petition_services
from petitions.models import Petition
from petitions.notice_codes import FEE_DECIDED as PETITION_DECIDED
from renewals import services as renewal_services
from renewals.models import Application
from renewals.notice_codes import FEE_DECIDED
from rules.policy.load import load_policy
from staff.actions import Action, Answers, preview_notice, preview_notice_if_any
from staff.forms import text_area
from staff.payments.pages import money_words
from trainers.models import Credential, Trainer

OPEN_STATES = (Application.State.IN_REVIEW, Application.State.RETURNED)
KEEP, END = FeeDecision.Verdict.KEEP, FeeDecision.Verdict.END
CHOOSE = "Choose what becomes of it."


class FeeForm(PlainForm):
    """The form in which finance or a lead says whether a case goes on although its fee is not kept
    in full, and why.
    """

    verdict = forms.ChoiceField(
        label="What becomes of it",
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    reason = text_area(
        "Reason", in_policy_words("The {holder} reads it where a mail goes out."), "Write the reason.", rows=3
    )
    choices: tuple[tuple[str, str], ...] = ()

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verdict"].choices = self.choices  # type: ignore[attr-defined]  # a choice field's


class OpenFeeForm(FeeForm):
    choices = (
        (KEEP, "The renewal goes on without the fee that is gone"),
        (END, "The renewal ends: it is denied, with your reason"),
    )


class ApprovedFeeForm(FeeForm):
    choices = (
        (KEEP, "The approval stands without the fee"),
        (END, "The certification is suspended from today, until a lead reinstates it"),
    )


class CountedFeeForm(FeeForm):
    choices = (
        (KEEP, "The course counts without the fee"),
        (END, "The course does not count any more"),
    )


@dataclass(frozen=True)
class FeeCase:
    """The renewal or petition that a charge is for, while somebody has to decide about its fee.
    `is_open`: it is not approved yet.
    """

    case: Application | Petition
    is_open: bool


def fee_case(charge: Charge) -> FeeCase | None:
    """Return the case that waits for a decision about this charge's fee; None when none does."""
    if not fee_went_back(charge):
        return None
    application = Application.objects.filter(charge=charge).first()
    if application and application.state in OPEN_STATES and not may_stand(charge):
        return FeeCase(application, is_open=True)
    if application and application.state == Application.State.APPROVED and not is_decided(charge):
        return FeeCase(application, is_open=False)
    petition = Petition.objects.filter(charge=charge, state=Petition.State.APPROVED).first()
    return FeeCase(petition, is_open=False) if petition and not is_decided(charge) else None


def open_fees(charges: "QuerySet[Charge]") -> "QuerySet[Charge]":
    """Return those of `charges` whose fee waits for a decision of finance."""
    return charges.filter(pk__in=waiting_for_finance().values("pk"))


def closed_fees(charges: "QuerySet[Charge]") -> "QuerySet[Charge]":
    """Return those of `charges` whose fee waits for a decision of a lead."""
    return charges.filter(pk__in=waiting_for_a_lead().values("pk"))


def fees_here_again(charges: "QuerySet[Charge]") -> "QuerySet[Charge]":
    """Return those of `charges` whose fee is kept in full again although a decision ended the case
    because the fee was missing.

    The effect of that decision remains: the certification is suspended, the renewal is denied, or
    the course does not count.
    """
    zone = ZoneInfo(load_policy(settings.PORTAL_POLICY).time_zone)
    ended = FeeDecision.objects.filter(verdict=END).annotate(on=TruncDate("decided_at", tzinfo=zone))
    suspended = Q(
        charge__application__cycle__credential__state=Credential.State.SUSPENDED,
        charge__application__cycle__credential__state_on=F("on"),
    )
    denied = Q(
        charge__application__state=Application.State.DENIED, charge__application__ended_at=F("decided_at")
    )
    uncounted = Q(charge__petition__record__state=CeuRecord.State.REJECTED)
    stands = ended.filter(suspended | denied | uncounted).values("charge")
    gone = Charge.objects.filter(pk__in=stands).went_back().values("pk")
    # What finance has given back for good is restored by nobody.
    return charges.filter(pk__in=stands, state=Charge.State.PAID).exclude(pk__in=gone)


def waiting_for_finance() -> "QuerySet[Charge]":
    """Return the charges of undecided renewals whose fee is no longer kept in full: finance decides
    about them. `gone_at` is the moment at which the fee was refunded or disputed.
    """
    stands = Q(decided=KEEP, decided_kept__isnull=False, decided_kept__lte=F("kept"))
    return _charges_not_kept(Q(application__state__in=OPEN_STATES)).filter(~stands)


def waiting_for_a_lead() -> "QuerySet[Charge]":
    """Return the charges of approved renewals and petitions whose fee is no longer kept in full: a
    lead decides about them. `gone_at` is the moment at which the fee was refunded or disputed.
    """
    decided = Q(decided_kept__isnull=False, decided_kept__lte=F("kept"))
    approved = Q(application__state=Application.State.APPROVED) | Q(petition__state=Petition.State.APPROVED)
    return _charges_not_kept(approved).filter(~decided)


def _charges_not_kept(cases: Q) -> "QuerySet[Charge]":
    """Return the charges of these cases whose fee is no longer kept in full, each with `gone_at`,
    the moment at which it was refunded or disputed.

    Only the ledger entries of these cases are added up.
    """
    refunded = _newest("refunds", "requested_at", state__in=("waiting", "requested", "returned"))
    disputed = _newest("disputes", "opened_at", state__in=Dispute.TAKES)
    gone_at = Greatest(Coalesce(refunded, disputed), Coalesce(disputed, refunded))
    return Charge.objects.filter(cases).went_back().annotate(gone_at=gone_at)


def _newest(path: str, moment: str, **which: object) -> Subquery:
    """Return, as a subquery, the newest `moment` among the rows at `path` of a charge that match `which`."""
    rows = Charge.objects.filter(pk=OuterRef("pk"), **{f"{path}__{key}": one for key, one in which.items()})
    return Subquery(rows.order_by(f"-{path}__{moment}").values(f"{path}__{moment}")[:1])


def action_to_decide_open(charge: Charge, by: Trainer) -> Action:
    """Return the action by which finance decides about the fee of an undecided renewal."""
    application = get_object_or_404(Application, charge=charge)

    def decide(answers: Answers) -> Application:
        return renewal_services.decide_open_fee(
            application, **_stored_answers(answers), by=by, at=clock.now()
        )

    def do(answers: Answers) -> str:
        done = decide(answers)
        return f"{done.reference} is {done.get_state_display().lower()} now."

    return Action(
        title=f"The fee of {application.reference} went back",
        button="Decide",
        do=do,
        form=OpenFeeForm,
        lines=(
            *_lines(charge),
            fill_policy_words("Where it ends, the {holder} gets an email with your reason."),
        ),
        preview=lambda answers: preview_notice_if_any(lambda: decide(answers)),
        next_url=lambda: queue_url("open"),
        danger=True,
    )


def action_to_decide_closed(charge: Charge, by: Trainer) -> Action:
    """Return the action by which a lead decides about the fee of an approved renewal or
    petition.
    """
    application = Application.objects.filter(charge=charge).first()
    case: Application | Petition
    service: Callable[..., object]
    if application:
        case, service = application, partial(renewal_services.decide_approved_fee, application)
    else:
        case = get_object_or_404(Petition, charge=charge)
        service = partial(petition_services.decide_petition_fee, case)
    kind, form = (FEE_DECIDED, ApprovedFeeForm) if application else (PETITION_DECIDED, CountedFeeForm)

    def do(answers: Answers) -> str:
        service(**_stored_answers(answers), by=by, at=clock.now())
        return f"{case.reference}: {dict(form.choices)[answers['verdict']]}."

    return Action(
        title=f"The fee of {case.reference} went back",
        button="Decide",
        do=do,
        form=form,
        lines=(
            *_lines(charge),
            fill_policy_words("The {holder} gets an email with your reason. You read it before."),
        ),
        preview=lambda answers: preview_notice(
            lambda: service(**_stored_answers(answers), by=by, at=clock.now()), kind=kind
        ),
        next_url=lambda: queue_url("closed"),
        danger=True,
    )


def address_to_restore(charge: Charge) -> str:
    """Return the URL at which a lead restores a case that ended because its fee was missing, when
    the fee is kept in full again; otherwise "".
    """
    if not fees_here_again(Charge.objects.filter(pk=charge.pk)).exists():
        return ""
    application = Application.objects.filter(charge=charge).select_related("cycle").first()
    if application is None:
        petition = get_object_or_404(Petition, charge=charge)
        return reverse("admin:petitions_petition_change", args=[petition.pk])
    if application.state == Application.State.DENIED:
        return reverse("admin:renewals_application_change", args=[application.pk])
    return reverse("admin:trainers_credential_change", args=[application.cycle.credential_id])


def queue_url(part: str) -> str:
    """Return the URL of the list of charges that wait for one kind of decision, `part`."""
    return f"{reverse('admin:payments_charge_changelist')}?shows={part}"


def _stored_answers(answers: Answers) -> dict[str, str]:
    return {"verdict": answers["verdict"], "reason": answers["reason"]}


def _lines(charge: Charge) -> tuple[str, ...]:
    kept, due = (money_words(cents, charge.currency) for cents in (kept_of(charge), charge.due_cents))
    return (f"{charge.description}: {TAGS[payment_state(charge)][1].lower()}. Kept is {kept} of {due}.",)
