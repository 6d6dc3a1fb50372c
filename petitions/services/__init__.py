"""One function per verb on petitions (S9–S11)."""

from petitions.services.deciding import ask_another_look, decide_petition, take_back_decision
from petitions.services.drafting import Facts, change_draft, start_petition, withdraw_petition
from petitions.services.questions import (
    answer_question,
    ask_question,
    close_unanswered,
    extend_question,
    take_more_time,
)
from petitions.services.releasing import release_decision, stuck_because
from petitions.services.sending import complete_payment, send_petition

__all__ = [
    "Facts",
    "answer_question",
    "ask_another_look",
    "ask_question",
    "change_draft",
    "close_unanswered",
    "complete_payment",
    "decide_petition",
    "extend_question",
    "release_decision",
    "send_petition",
    "start_petition",
    "stuck_because",
    "take_back_decision",
    "take_more_time",
    "withdraw_petition",
]
