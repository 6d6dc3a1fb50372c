"""Home: gather a trainer's rows, let the rules answer, and show the answer in three parts."""

from dataclasses import dataclass
from datetime import date

from audits.models import Audit
from audits.services import items_of
from cases.pages import StateCard
from ceus.standing import facts_for, with_hoped
from core.links import path_of
from core.templatetags.words import day
from payments.services import payment_state
from petitions.standing import agreed_petitions, facts_if_approved, hoped_petitions
from renewals.models import Application
from renewals.pages.home.case import Case, State, receipt_of
from renewals.pages.home.dates import KeyDate, dates_of
from renewals.pages.home.states import state_of
from renewals.pages.home.task_list import TaskRow, task_rows
from rules.standing import assess
from trainers.models import Cycle

__all__ = ["Case", "HomeView", "KeyDate", "TaskRow", "case_of", "home_of", "home_view", "state_of"]


@dataclass(frozen=True, slots=True)
class HomeView:
    """What Home prints. `value` of `most` is the progress bar's, in the unit's smallest part; empty
    texts are left out.

    `banner` tells why a renewal ended, `mail_comes_back` that our mail comes back.
    """

    state: StateCard
    banner: str
    mail_comes_back: str
    value: int
    most: int
    counted: str
    required: str
    still_needed: str
    tasks: tuple[TaskRow, ...]
    dates: tuple[KeyDate, ...]
    calculator_url: str


def home_of(cycle: Cycle, *, today: date) -> HomeView:
    """Return what Home shows on `today`, a date in the policy's zone."""
    return home_view(case_of(cycle, today=today))


def case_of(cycle: Cycle, *, today: date) -> Case:
    """Return the case of a credential whose current cycle this is.

    One query each for records, application and petitions; one for the payment while it is awaited; three more
    for an open audit.
    """
    credential = cycle.credential
    facts = facts_for(cycle)
    latest = Application.objects.latest_of(credential)
    standing = assess(facts, today, credential.policy)
    petitions = agreed_petitions(credential)
    if latest and latest.cycle_id == cycle.pk:
        latest.cycle = cycle
        receipt = receipt_of(latest)
    else:
        receipt = None
    hoped = facts_if_approved(hoped_petitions(petitions, receipt))
    audit = _audit(latest)
    return Case(
        today=today,
        own_zone=credential.trainer.time_zone,
        credential=credential,
        cycle=cycle,
        facts=facts,
        standing=standing,
        latest=latest,
        payment=_payment(latest),
        petitions=petitions,
        audit=audit,
        audited=tuple(items_of(audit)) if audit else (),
        hoped=assess(with_hoped(facts, hoped), today, credential.policy) if hoped else None,
    )


def home_view(case: Case) -> HomeView:
    """Return the case in words, without a query."""
    total, unit = case.standing.total, case.policy.unit
    return HomeView(
        state=state_of(case),
        banner=_banner(case),
        mail_comes_back=_mail_comes_back(case),
        value=min(total.counted, total.required),
        most=total.required,
        counted=unit.format(total.counted),
        required=unit.words(total.required),
        still_needed=f"{unit.format(total.missing)} more{_hours(case)}" if total.missing else "",
        tasks=task_rows(case),
        dates=dates_of(case),
        calculator_url=path_of("renewals:calculator") if case.can_still_renew else "",
    )


def _payment(application: Application | None) -> str:
    """Return the state of the payment, while that decides what Home shows."""
    if application is None or application.state != State.SUBMITTED or application.charge is None:
        return ""
    return payment_state(application.charge)


def _audit(application: Application | None) -> Audit | None:
    """Return the audit between a renewal in review and its approval, once the trainer knows of it."""
    if application is None or application.state != State.IN_REVIEW:
        return None
    if not application.is_audited:  # type: ignore[attr-defined]  # `latest_of` annotates it
        return None
    audit = Audit.objects.announced().get(cycle=application.cycle_id)
    audit.cycle = application.cycle
    return audit


def _banner(case: Case) -> str:
    """Return why the last renewal of this cycle ended without a decision, until another is begun."""
    application = case.application
    if application is None or application.state != State.LAPSED or application.pay_through is None:
        return ""
    paid_by = day(application.pay_through)
    return f"Your renewal {application.reference} was not paid through {paid_by} and has ended. You can start again."


def _mail_comes_back(case: Case) -> str:
    """Return the row about an address that takes no mail, until it is corrected."""
    trainer = case.credential.trainer
    return f"Our last mail to {trainer.email} came back." if trainer.mail_trouble_at else ""


def _hours(case: Case) -> str:
    """Return about how many hours of courses are missing, when the policy states a rate."""
    hours = case.policy.unit.hours(case.standing.total.missing)
    return f" (about {hours} hour{'' if hours == '1' else 's'})" if hours else ""
