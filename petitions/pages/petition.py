"""One petition as its trainer sees it: its state and its timeline. A petition with a pending
decision is shown as in review.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from cases.another_look import last_day_to_ask
from cases.decisions import last_decision
from cases.pages import JUST_PAID, Event, StateCard
from core.constraints import require_value
from core.deadlines import near_day, own_clock_words, weekday_day, zone_words
from core.history import subject_of
from core.models import HistoryEntry
from core.templatetags.words import at, day
from payments.models import Charge
from payments.services.charges import awaits_report, payment_state
from petitions.fees import fee_went_back
from petitions.models import Decision, Petition, Question
from petitions.notice_codes import DENIED
from petitions.screening import missing_details

State = Petition.State
TAGS = {  # tag kind and tag
    State.DRAFT: ("", "Being prepared"),
    State.UNPAID: ("warn", "Not paid yet"),
    State.SUBMITTED: ("info", "In review"),
    State.QUESTION: ("warn", "Answer needed"),
    State.ANSWERED: ("info", "In review"),
    State.APPROVED: ("ok", "Approved"),
    State.DENIED: ("bad", "Not approved"),
    State.WITHDRAWN: ("", "Withdrawn"),
    State.CLOSED: ("", "Closed"),
    State.STOPPED: ("bad", "Stopped"),
}
PAYING = {  # of a petition that is not paid
    "confirming": ("info", "Confirming payment"),
    "declined": ("warn", "Payment declined"),
    "paid": ("ok", "Paid"),
    "waived": ("ok", "Waived"),
}
PAID_TAGS = {"Paid": "We have your payment", "Waived": "We waived the fee, so nothing is left to pay"}
NOTHING_TO_DO = "There is nothing to do. We will email you."


def petition_path(name: str, petition: Petition) -> str:
    """Return the path of a page about one petition."""
    return reverse(f"petitions:{name}", args=[petition.reference])


def again_url(petition: Petition) -> str:
    """Return the URL of the first page of a new petition, filled with the answers of this one."""
    return f"{reverse('petitions:new')}?{urlencode({'again': petition.reference})}"


def tag_of(petition: Petition) -> tuple[str, str]:
    """Return (tag, tag kind) of a petition. The tag of an unpaid petition names the state of its payment."""
    tag = TAGS[State(petition.state)]
    return (
        PAYING.get(payment_state(petition.agreement.charge), tag) if petition.state == State.UNPAID else tag
    )


def fee_of(petition: Petition) -> str:
    """Return what is to be paid for a petition, or what was paid (Q35), such as "$25"."""
    charge = petition.agreement.charge
    return petition.credential.policy.money(charge.paid_cents or charge.due_cents)


FEE_WORDS = {  # by the state of the payment of a fee that was settled
    "paid": "The fee of {fee} is not returned.",
    "waived": "We waived the fee.",
    "returned": "We returned the fee of {fee}.",
    "partly": "We returned a part of the fee of {fee}.",
    "disputed": "The fee of {fee} is disputed at your bank, which has not decided.",
    "lost": "Your bank took the fee of {fee} back.",
}


def fee_words(petition: Petition) -> str:
    """Return a sentence on what became of the fee once the petition has ended, by the ledger (S10, Q31)."""
    charge = petition.charge
    if charge is None or charge.amount_cents == 0:
        return "Nothing was charged."
    if charge.state != Charge.State.PAID:
        return "Nothing was charged. If a payment still arrives, we return it."
    return FEE_WORDS[payment_state(charge)].format(fee=fee_of(petition))


def card_of(petition: Petition, today: date) -> StateCard:
    """Return the card with the petition's state in words on `today`, in the policy's zone."""
    return _CARDS[State(petition.state)](petition, today)


def last_day_words(question: Question, petition: Petition) -> str:
    """Return the last day to answer, such as "Monday, February 15, 2027, Phoenix time".

    Where the trainer's own zone shows another time, the time and date at which that day ends there
    follow.
    """
    zone = petition.credential.policy.time_zone
    there = own_clock_words(question.answer_through, zone, petition.trainer.time_zone)
    beside = f" ({there})" if there else ""
    return f"{weekday_day(question.answer_through)}, {zone_words(zone)}{beside}"


def timeline_of(petition: Petition) -> list[Event]:
    """Return the events of the petition, the newest first, in the policy's zone, without names of
    staff.
    """
    zone = petition.credential.policy.time_zone
    rows = HistoryEntry.objects.filter(subject=subject_of(petition), verb__in=TITLES).order_by("-pk")
    questions = {one.pk: one for one in petition.questions.all()}
    return [Event(_title(row), at(row.at, zone), _line(row, questions)) for row in rows]


TITLES = {
    "started": "You began this petition",
    "agreed": "You agreed to the attestation and the fee",
    "paid": "Your payment settled, and our review began",
    "nothing to pay": "There was nothing to pay, and our review began",
    "asked": "We asked you a question",
    "more time to answer": "You have more time to answer",
    "answered": "You answered our question",
    "closed": "We closed it without an answer",
    "approved": "We counted this course",
    "denied": "We did not count this course",
    "another look": "You asked for another look",
    "withdrawn": "You withdrew this petition",
    "stopped": "We stopped it: the fee went back",
    "goes on": "The fee is here again, and our review goes on",
}
WITH_REASON = ("approved", "denied", "another look", "closed")


def _title(row: HistoryEntry) -> str:
    return TITLES[row.verb]


def _line(row: HistoryEntry, questions: dict[int, Question]) -> str:
    question = questions.get(row.detail.get("question", 0))
    if question and row.verb == "asked":
        return question.text
    if question and row.verb == "answered":
        return question.answer
    if row.verb == "more time to answer" and "after" in row.detail:
        return f"The last day to answer is {day(date.fromisoformat(row.detail['after']))}."
    return row.reason if row.verb in WITH_REASON else ""


def _card(petition: Petition, heading: str, line: str, button: str = "", name: str = "") -> StateCard:
    return StateCard(*tag_of(petition), heading, line, button, petition_path(name, petition) if name else "")


def _draft(petition: Petition, today: date) -> StateCard:
    heading = "You have not sent this petition yet"
    if missing_details(petition):
        return _card(petition, heading, "Something is still missing.", "See what is missing", "check")
    return _card(petition, heading, "Everything is there.", _check_words(petition, today), "check")


def _check_words(petition: Petition, today: date) -> str:
    fee = petition.credential.policy.version_on(today).petition_fee
    return "Check it and pay" if fee.amount_cents else "Check it and send it"


def _unpaid(petition: Petition, today: date) -> StateCard:
    _, tag = tag_of(petition)
    if tag in PAID_TAGS:
        line = f"We are passing your petition on to a reviewer. {NOTHING_TO_DO}"
        return _card(petition, PAID_TAGS[tag], line)
    if tag == "Confirming payment":
        return _card(petition, "We are waiting for your bank", NOTHING_TO_DO)
    line = "Our review begins when it is paid. The fee is not refunded."
    heading = "Your petition is not paid yet"
    if tag == "Payment declined":
        heading, line = "Your bank declined the payment", f"Nothing was charged. {line}"
    if awaits_report(petition.agreement.charge):
        line = f"{line} {JUST_PAID}"
    card = _card(petition, heading, line, f"Pay {fee_of(petition)}", "pay")
    return replace(card, posts=True)


def _in_review(petition: Petition, today: date) -> StateCard:
    due = petition.promised_on
    answer = f"We will answer by the end of {near_day(due, today)}."
    if today > due:
        answer = f"We wanted to answer by the end of {day(due)} and are late. We have not forgotten it."
    heading = "We are looking at your course"
    if petition.state == State.ANSWERED:
        heading = "We are looking at your answer"
    elif petition.another_look_at:
        heading = "Somebody else is looking at your course again"
    return _card(petition, heading, f"{answer} Nothing counts until then. {NOTHING_TO_DO}")


def _question(petition: Petition, today: date) -> StateCard:
    question = require_value(petition.questions.open().first())
    last_day = last_day_words(question, petition)
    if today > question.answer_through:
        line = f"The last day to answer was {last_day}. {fee_words(petition)}"
        return _card(petition, "The time to answer has ended", line)
    fee = ", and the fee is not returned" if petition.agreement.charge.due_cents else ""
    line = f"Answer by the end of {last_day}. Without an answer we close your petition{fee}."
    return _card(petition, "We have a question about your course", line)


def _approved(petition: Petition, today: date) -> StateCard:
    decision, unit = require_value(last_decision(petition)), petition.credential.policy.unit
    granted, asked = require_value(decision.hundredths), petition.agreement.asked_hundredths
    line = "It stands among your courses now."
    if granted != asked:
        line = f"You asked for {unit.words(asked)}. {decision.words} {line}"
    heading = f"We counted this course: {unit.words(granted)}"
    url = reverse("ceus:record", args=[petition.record_id])
    return StateCard(*tag_of(petition), heading, line, "See the course", url)


def _denied(petition: Petition, today: date) -> StateCard:
    decision: Decision = require_value(last_decision(petition))
    line = f"{decision.words} {fee_words(petition)}"
    heading = "We did not count this course"
    if fee_went_back(petition):
        line = f"{line} You can ask again with a new petition."
        return StateCard(*tag_of(petition), heading, line, "Ask again", again_url(petition))
    if petition.another_look_at:
        return _card(petition, heading, f"{line} This was the second look, so it is final.")
    last_day = last_day_to_ask(petition, DENIED)
    if today > last_day:
        line = f"{line} The last day to ask for another look was {day(last_day)}."
        return _card(petition, heading, line)
    line = (
        f"{line} You can ask once, through {near_day(last_day, today)}, that somebody else looks at it again."
    )
    return _card(petition, heading, line, "Ask for another look", "another_look")


def _withdrawn(petition: Petition, today: date) -> StateCard:
    return _card(petition, "You withdrew this petition", fee_words(petition))


def _closed(petition: Petition, today: date) -> StateCard:
    last = petition.questions.last()
    since = f" by the end of {day(last.answer_through)}" if last else ""
    line = (
        f"Our question was not answered{since}. {fee_words(petition)} You can ask again with a new petition."
    )
    heading = "We closed this petition without an answer"
    return StateCard(*tag_of(petition), heading, line, "Ask again", again_url(petition))


def _stopped(petition: Petition, today: date) -> StateCard:
    again = "You can ask again with a new petition."
    if payment_state(petition.agreement.charge) == "disputed":
        again = f"If the bank leaves it with us, our review goes on. {again}"
    line = f"{fee_words(petition)} Without the fee we do not look at your course. {again}"
    heading = "We stopped this petition, because its fee went back"
    return StateCard(*tag_of(petition), heading, line, "Ask again", again_url(petition))


_CARDS: dict[str, Callable[[Petition, date], StateCard]] = {
    State.DRAFT: _draft,
    State.UNPAID: _unpaid,
    State.SUBMITTED: _in_review,
    State.QUESTION: _question,
    State.ANSWERED: _in_review,
    State.APPROVED: _approved,
    State.DENIED: _denied,
    State.WITHDRAWN: _withdrawn,
    State.CLOSED: _closed,
    State.STOPPED: _stopped,
}
