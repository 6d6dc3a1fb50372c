"""One application as its trainer sees it: its state, what the trainer agreed to, and its timeline."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from cases.pages import Event, StateCard, events_of
from core.constraints import require_value
from core.history import subject_of
from core.links import path_of
from core.models import HistoryEntry
from core.templatetags.words import day
from renewals.models import Application
from renewals.pages.cards import audit_card, correct_by, in_review_card
from renewals.pages.certified import certified_sentence
from renewals.pages.check import fee_rows
from renewals.pages.joined import lines_of_joined
from renewals.pages.sentences import look_words, payment_problem_card
from renewals.pages.snapshot import Snapshot, application_path, next_step
from renewals.refunds import NOTHING_CHARGED, fee_is_gone, fee_words, waived_words
from rules.days import through_words
from rules.given_status import status_words
from trainers.models import Cycle

State = Application.State
TITLES = {
    "started": "You began your renewal",
    "submitted": "You agreed and sent your renewal",
    "paid": "Your payment settled",
    "nothing to pay": "There was nothing to pay, and our review began",
    "approved": "Your renewal was approved",
    "returned": "We asked for a correction",
    "corrected": "You sent your correction",
    "denied": "We could not renew your certification",
    "reopened": "We opened your renewal again",
    "another look": "You asked for another look",
    "reversed": "We looked again and opened your renewal again",
    "denial confirmed": "We looked again, and the decision stands",
    "renewed with": "It was renewed together with a higher certification",
    "lapsed": "Your renewal ended unpaid",
    "withdrawn": "You withdrew your renewal",
}
WITH_REASON = ("returned", "denied", "denial confirmed")


def timeline_of(application: Application) -> list[Event]:
    """Return the events of the application, the newest first, in the policy's zone."""
    zone = application.cycle.policy.time_zone
    rows = HistoryEntry.objects.filter(subject=subject_of(application)).order_by("-pk")
    return events_of(rows, TITLES, with_reason=WITH_REASON, zone=zone)


def record_of_application(application: Application) -> dict[str, object]:
    """Return what the templates show of an application: what was agreed to and paid, and what
    happened to it.
    """
    charge = application.charge
    return {
        "fees": fee_rows(application.fee_lines, "Total") if application.fee_total_cents else (),
        "attestation": application.attestation_text.splitlines(),
        "events": timeline_of(application),
        "together": lines_of_joined(application),
        "paid": charge is not None and charge.state == charge.State.PAID,
        "waived": waived_words(application),
        "fee_note": fee_words(application) if fee_is_gone(application) else "",
        "zone": application.cycle.policy.time_zone,
    }


@dataclass(frozen=True, slots=True)
class HardshipLink:
    """A link to ask for help in hardship: more time to correct a renewal, or a waiver of a fee."""

    path: str
    words: str


def hardship_link(application: Application, today: date) -> HardshipLink | None:
    """Return the link that fits the state of the application; None when nothing can be asked for in it."""
    if application.renewed_with_id:
        return None
    ask = path_of("hardship:ask")
    if application.state == State.RETURNED and today <= application.last_day_to_correct:
        return HardshipLink(
            f"{ask}?for=correction:{application.reference}", "Ask for more time to correct it"
        )
    through = application.pay_through
    if application.state == State.SUBMITTED and application.due_cents and through and today <= through:
        return HardshipLink(f"{ask}?for=fee:", "Ask for a fee to be waived")
    return None


def card_of(application: Application, snapshot: Snapshot) -> StateCard:
    """Return the card with the application's state in words. `snapshot` is the snapshot of today; for a
    returned application, the snapshot of its day of receipt.
    """
    if application == snapshot.application:
        card = payment_problem_card(snapshot) or audit_card(snapshot) or in_review_card(snapshot)
        if card:
            return card
    return _CARDS[State(application.state)](application, snapshot)


def _draft(application: Application, snapshot: Snapshot) -> StateCard:
    line = "Check your answers, then agree and pay."
    return StateCard(
        "",
        "Being prepared",
        "You have not sent this renewal yet",
        line,
        "Check your renewal",
        path_of("renewals:check"),
    )


def _returned(application: Application, snapshot: Snapshot) -> StateCard:
    last_day = application.last_day_to_correct
    heading, why = "One thing needs correcting", application.returned_reason
    if snapshot.today > last_day:
        return StateCard(
            "bad", "Correction needed", heading, f"{why} The last day to correct it was {day(last_day)}."
        )
    line = f"{why} {correct_by(snapshot, application)}"
    button, url = next_step(snapshot)
    if snapshot.is_complete or snapshot.rests_on_petitions:
        button, url = "Send my correction", application_path("correct", application.reference)
    return StateCard(
        "warn",
        "Correction needed",
        heading,
        line,
        button,
        url,
        posts=snapshot.is_complete or snapshot.rests_on_petitions,
        fact=certified_sentence(snapshot),
    )


def renewed_through(application: Application) -> date | None:
    """Return the last day, inclusive, of the cycle that the approval of the application opened;
    `FOR_LIFE_THROUGH` for life, None while none was opened. It may follow another policy than the one
    that answered.
    """
    opened = Cycle.objects.opened_after(application.cycle)
    return opened.expires_on if opened else None


def _approved(application: Application, snapshot: Snapshot) -> StateCard:
    through = renewed_through(application)
    until = through_words(through) if through else ""
    if status := require_value(application.assessment).get("next_status"):
        heading = f"Your certification is renewed as {status_words(status)} {until}".rstrip()
        return StateCard(
            "ok", "Renewed", heading, certified_sentence(snapshot), "Go home", path_of("renewals:home")
        )
    return StateCard(
        "ok",
        "Renewed",
        f"Your certification is renewed {until}".rstrip(),
        "Your certificate is ready. We sent you an email, too.",
        "See your certificate",
        path_of("renewals:certificate"),
    )


def _denied(application: Application, snapshot: Snapshot) -> StateCard:
    again = (
        f" You can apply again through {_last_day(snapshot)}."
        if _can_start_again(application, snapshot)
        else ""
    )
    line = f"{application.end_reason} {fee_words(application)} {look_words(application, snapshot)}{again}"
    return _ended("bad", "Not renewed", "We could not renew your certification", line, application, snapshot)


def _lapsed(application: Application, snapshot: Snapshot) -> StateCard:
    last_day = day(application.pay_through) if application.pay_through else ""
    again = f" You can start again through {_last_day(snapshot)}, at the price of that day."
    line = f"The last day to pay was {last_day}. {fee_words(application)}"
    if _can_start_again(application, snapshot):
        line += again
    return _ended("warn", "Ended unpaid", "This renewal was not paid in time", line, application, snapshot)


def _withdrawn(application: Application, snapshot: Snapshot) -> StateCard:
    line = fee_words(application)
    if line == NOTHING_CHARGED:
        line += " If a payment still arrives, we return it."
    return _ended("", "Withdrawn", "You withdrew this renewal", line, application, snapshot)


def _ended(
    tag_kind: str, tag: str, heading: str, line: str, application: Application, snapshot: Snapshot
) -> StateCard:
    """Return the card of an ended application. While the trainer can apply again, its button starts
    a new one.
    """
    if not _can_start_again(application, snapshot):
        return StateCard(tag_kind, tag, heading, line)
    again = path_of("renewals:start")
    return StateCard(
        tag_kind,
        tag,
        heading,
        line,
        f"Start again{snapshot.for_price}",
        again,
        posts=True,
        fact=certified_sentence(snapshot),
    )


def _can_start_again(application: Application, snapshot: Snapshot) -> bool:
    same = application.cycle_id == snapshot.cycle.pk and snapshot.credential.in_force
    return same and snapshot.standing.accepts_application and not snapshot.in_hand


def _last_day(snapshot: Snapshot) -> str:
    return day(snapshot.standing.dates.last_day_to_apply)


_CARDS: dict[str, Callable[[Application, Snapshot], StateCard]] = {
    State.DRAFT: _draft,
    State.RETURNED: _returned,
    State.APPROVED: _approved,
    State.DENIED: _denied,
    State.LAPSED: _lapsed,
    State.WITHDRAWN: _withdrawn,
}
