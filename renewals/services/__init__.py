"""The services of renewal applications: one function for each change (docs/design/rules.md)."""

from cases.decisions import take_back_decision
from renewals.services.advancing import advance_application, correct_application
from renewals.services.badges import make_badge
from renewals.services.deciding import (
    advance_audited_renewals,
    decide_application,
    propose_audit_for_cause,
    release_renewal_decision,
)
from renewals.services.drawing import draw_late
from renewals.services.endings import (
    deny_uncorrected_renewal,
    is_overdue,
    lapse_application,
    withdraw_application,
)
from renewals.services.fees import decide_approved_fee, decide_open_fee
from renewals.services.reminders import plan_card_reminders, plan_cycle_reminders, realign_reminders
from renewals.services.reopening import (
    agree_to_reopening,
    conclude_second_look,
    look_again,
    propose_reopening,
)
from renewals.services.submission import start_application, submit_application

__all__ = [
    "agree_to_reopening",
    "advance_application",
    "advance_audited_renewals",
    "conclude_second_look",
    "correct_application",
    "decide_application",
    "decide_approved_fee",
    "decide_open_fee",
    "deny_uncorrected_renewal",
    "draw_late",
    "is_overdue",
    "lapse_application",
    "look_again",
    "make_badge",
    "plan_card_reminders",
    "plan_cycle_reminders",
    "propose_audit_for_cause",
    "propose_reopening",
    "realign_reminders",
    "release_renewal_decision",
    "start_application",
    "submit_application",
    "take_back_decision",
    "withdraw_application",
]
