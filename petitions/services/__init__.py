"""The services of petitions: one function for each verb (S9–S11)."""

from cases.decisions import take_back_decision
from petitions.services.deciding import ask_another_look, decide_petition, release_petition_decision
from petitions.services.drafting import CourseFacts, change_draft, start_petition, withdraw_petition
from petitions.services.fees import decide_petition_fee, follow_fee
from petitions.services.questions import (
    answer_question,
    ask_question,
    close_unanswered_petition,
    extend_question,
    take_more_time,
)
from petitions.services.sending import send_petition, submit_paid_petition

__all__ = [
    "CourseFacts",
    "answer_question",
    "ask_another_look",
    "ask_question",
    "change_draft",
    "close_unanswered_petition",
    "submit_paid_petition",
    "decide_petition",
    "decide_petition_fee",
    "follow_fee",
    "extend_question",
    "release_petition_decision",
    "send_petition",
    "start_petition",
    "take_back_decision",
    "take_more_time",
    "withdraw_petition",
]
