"""One function per verb on applications (the life of an application, RULES.md §3)."""

from renewals.services.audited import draw_late, propose_audit
from renewals.services.endings import (
    deny_application,
    deny_uncorrected,
    is_overdue,
    lapse_application,
    withdraw_application,
)
from renewals.services.review import (
    approve_application,
    complete_payment,
    correct_application,
    look_again,
    reopen_application,
    return_application,
)
from renewals.services.submission import start_application, submit_application

__all__ = [
    "approve_application",
    "complete_payment",
    "correct_application",
    "deny_application",
    "deny_uncorrected",
    "is_overdue",
    "draw_late",
    "lapse_application",
    "look_again",
    "propose_audit",
    "reopen_application",
    "return_application",
    "start_application",
    "submit_application",
    "withdraw_application",
]
