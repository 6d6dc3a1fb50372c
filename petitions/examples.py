"""Examples of the mails about a petition."""

from collections.abc import Callable
from datetime import date
from typing import Any

from core.policy_words import example_amount, portal_policy
from outbox.examples import show_example, with_rows
from payments.examples import PETITION_LINES, example_charge
from payments.models import FeeDecision
from petitions import notice_codes, notices
from petitions.models import Decision, Petition, Question
from trainers.examples import AWAY, PHOENIX, example_cycle, phoenix_noon
from trainers.models import Cycle

TITLE = "Strength Training for Older Adults"
State = Petition.State


def example_petition(cycle: Cycle, state: str = State.SUBMITTED, **fields: object) -> Petition:
    """Return an example petition for 0.4 CEUs, with an answer promised by the end of September 30,
    2026.
    """
    days = {
        "received_on": date(2026, 9, 16),
        "answer_due_on": date(2026, 9, 30),
        "completed_on": date(2026, 3, 9),
    }
    given = {**days, **fields}
    petition = Petition(
        pk=1,
        reference="P4M8-2TWD",
        trainer=cycle.credential.trainer,
        credential=cycle.credential,
        state=state,
        title=TITLE,
        asked_hundredths=example_amount(portal_policy()),
        charge=example_charge(PETITION_LINES, TITLE),
        **given,
    )
    return with_rows(petition, questions=[], decisions=[])


def _plain(**fields: Any) -> dict[str, object]:
    return notices.question_context(example_petition(example_cycle(), **fields))


def _question(state: str = State.QUESTION, time_zone: str = PHOENIX) -> dict[str, object]:
    petition = example_petition(example_cycle(time_zone), state)
    question = Question(
        pk=1,
        petition=petition,
        text="Your certificate does not name the contact hours. Can you send us the course outline?",
        asked_at=phoenix_noon(2026, 9, 16),
        answer_through=date(2026, 9, 30),
    )
    return notices.question_context(with_rows(petition, questions=[question], decisions=[]))


def _decided(
    *, percent: int | None = None, second_look: bool = False, **fields: object
) -> Callable[[], dict[str, object]]:
    """Return a function that makes the context of the mail about a decision, which grants so many
    `percent` of the CEUs that the policy requires.
    """

    def context() -> dict[str, object]:
        granted = example_amount(portal_policy(), percent) if percent else None
        petition = example_petition(
            example_cycle(), another_look_at=phoenix_noon(2026, 9, 1) if second_look else None
        )
        decision = Decision(
            pk=1, petition=petition, decided_at=phoenix_noon(2026, 9, 30), hundredths=granted, **fields
        )
        return notices.decision_context(petition, decision)

    return context


def _stopped(state: str, fee_state: str) -> Callable[[], dict[str, object]]:
    return lambda: notices.stop_words(example_petition(example_cycle(), state), fee_state)


def _fee_decided(verdict: str) -> Callable[[], dict[str, object]]:
    reason = "The course was counted in good faith." if verdict == "keep" else "The bank took the fee back."
    decision = FeeDecision(verdict=verdict, reason=reason)
    return lambda: notices.fee_decision_words(example_petition(example_cycle(), State.APPROVED), decision)


DENIED = "The course sells a product more than it teaches. We count what goes beyond entry level."
FEWER = "The outline shows 3 contact hours."
RELEASED = {"trigger": "A decision takes effect", "sent": "10 minutes after the decision"}
ASKED = {"trigger": "A reviewer asks a question"}
OPEN = {"trigger": "A question is still open", "sent": "9 to 11 am, 7 and 2 days before the last day"}
show_example(notice_codes.RECEIVED, "paid", _plain, trigger="The petition fee is paid")
show_example(notice_codes.QUESTION, "asked", _question, **ASKED)
show_example(notice_codes.QUESTION, "asked-other-zone", lambda: _question(time_zone=AWAY), **ASKED)
show_example(notice_codes.QUESTION_ENDS, "open", _question, **OPEN)
show_example(notice_codes.QUESTION_ENDS, "open-other-zone", lambda: _question(time_zone=AWAY), **OPEN)
show_example(notice_codes.APPROVED, "as-asked", _decided(verdict="approve", percent=20), **RELEASED)
show_example(notice_codes.APPROVED, "fewer", _decided(verdict="approve", percent=15, words=FEWER), **RELEASED)
show_example(notice_codes.DENIED, "first-look", _decided(verdict="deny", words=DENIED), **RELEASED)
show_example(
    notice_codes.DENIED, "second-look", _decided(verdict="deny", words=DENIED, second_look=True), **RELEASED
)
show_example(
    notice_codes.CLOSED,
    "unanswered",
    lambda: _question(State.CLOSED),
    trigger="The last day to answer is over",
)
show_example(notice_codes.LONGER, "late", _plain, trigger="The day on which we promised an answer is over")
show_example(
    notice_codes.UNDECIDED,
    "before-expiration",
    lambda: _plain(answer_due_on=date(2026, 7, 3)),
    trigger="A petition is not decided 14 days before the expiration date",
    sent="9 to 11 am",
)
for fee_state in ("disputed", "lost", "returned", "partly"):
    show_example(
        notice_codes.STOPPED,
        fee_state,
        _stopped(State.STOPPED, fee_state),
        trigger=f"The fee of an undecided petition went back: {fee_state}",
    )
show_example(
    notice_codes.GOES_ON,
    "won",
    _stopped(State.SUBMITTED, "paid"),
    trigger="The fee of a stopped petition is back",
)
for verdict in ("keep", "end"):
    show_example(
        notice_codes.FEE_DECIDED,
        verdict,
        _fee_decided(verdict),
        trigger="A lead decides about an approved petition whose fee went back",
    )
