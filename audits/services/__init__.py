"""The services of the draw, of audits and of their documents: one function for each change (S12,
S13).
"""

from audits.services.answering import (
    add_document,
    say_unavailable,
    send_documents,
)
from audits.services.deciding import ask_another_look, close_audit, release_audit_decision
from audits.services.drawing import announce_period, close_period, draw_cycle, keep_periods, open_period
from audits.services.opening import (
    agree_audit,
    drop_proposal,
    end_audit,
    open_audit_if_required,
    propose_audit,
)
from audits.services.reviewing import ask_replacements, judge_item, suspect_item
from audits.services.timing import (
    ask_for_time,
    begin_clock,
    close_overdue_audit,
    extend_audit,
    has_news,
    is_answered,
    items_of,
    refuse_time,
    reopen_audit,
)
from cases.decisions import take_back_decision

__all__ = [
    "add_document",
    "agree_audit",
    "announce_period",
    "ask_another_look",
    "ask_for_time",
    "ask_replacements",
    "begin_clock",
    "close_audit",
    "close_overdue_audit",
    "close_period",
    "draw_cycle",
    "drop_proposal",
    "end_audit",
    "extend_audit",
    "has_news",
    "is_answered",
    "items_of",
    "judge_item",
    "keep_periods",
    "open_period",
    "propose_audit",
    "refuse_time",
    "release_audit_decision",
    "reopen_audit",
    "open_audit_if_required",
    "say_unavailable",
    "send_documents",
    "suspect_item",
    "take_back_decision",
]
