"""The changes that people of providers, staff and programs make, one function for each."""

from providers.services.correcting import correct_completion, decide_completion_for_staff, withdraw_batch
from providers.services.deciding import decide_course_request, release_request_decision
from providers.services.issuers import add_issuer_key, end_issuer_key
from providers.services.paying import submit_paid_request
from providers.services.people import (
    accept_provider_invitation,
    end_provider_role,
    invite_provider_person,
    send_provider_invitation_again,
)
from providers.services.reporting import report_completions
from providers.services.requesting import (
    request_course,
    request_longer_approval,
    withdraw_course_request,
)

__all__ = [
    "accept_provider_invitation",
    "add_issuer_key",
    "correct_completion",
    "decide_course_request",
    "decide_completion_for_staff",
    "end_issuer_key",
    "end_provider_role",
    "invite_provider_person",
    "release_request_decision",
    "report_completions",
    "request_course",
    "request_longer_approval",
    "send_provider_invitation_again",
    "submit_paid_request",
    "withdraw_batch",
    "withdraw_course_request",
]
