"""Triggers of providers: rows take only the steps of their TRANSITIONS, and the content of a report
never changes.
"""

from api.triggers import key_triggers
from cases.triggers import decision_triggers
from core.transitions import step_trigger
from core.triggers import Trigger, columns_fixed, never_removed
from payments.triggers import FEE_WENT_BACK
from providers.models import (
    ApiKey,
    Batch,
    Completion,
    CourseRequest,
    Decision,
    IssuerKey,
    ProviderPerson,
)

_PERSON, _BATCH, _COMPLETION = "providers_providerperson", "providers_batch", "providers_completion"

_REQUEST = "providers_courserequest"
_UNPAID = (
    "NEW.state IN ('submitted', 'approved', 'denied') AND NOT EXISTS "
    "(SELECT 1 FROM payments_charge c WHERE c.id = NEW.charge_id AND c.state = 'paid')"
)
_BEFORE_THE_FEE = "a request is not reviewed before its fee is settled"

TRIGGERS = [
    step_trigger(ProviderPerson),
    columns_fixed(
        "providers_person_fixed",
        _PERSON,
        ["person_id", "provider_id"],
        "whose role it is, and where, never changes",
    ),
    never_removed("providers_person_kept", _PERSON, "a role at a provider is never removed"),
    step_trigger(Batch),
    columns_fixed(
        "providers_batch_fixed",
        _BATCH,
        [
            "reference",
            "provider_id",
            "source",
            "idempotency_key",
            "sha256",
            "sent_by_id",
            "key_id",
            "sent_at",
        ],
        "what was reported never changes",
    ),
    never_removed("providers_batch_kept", _BATCH, "a report is never removed"),
    step_trigger(Completion),
    columns_fixed(
        "providers_completion_fixed",
        _COMPLETION,
        [
            *("batch_id", "line", "number", "course_code", "course_id", "completed_on"),
            *("hundredths", "outcome", "credential_id", "record_id", "made_record", "replaces_id"),
        ],
        "what was reported never changes",
    ),
    *key_triggers(ApiKey),
    columns_fixed(
        "providers_completion_name_fixed",
        _COMPLETION,
        ["name"],
        "the name that was reported never changes; it is only let go",
        once="NEW.name <> ''",
    ),
    columns_fixed(
        "providers_issuerkey_fixed",
        IssuerKey._meta.db_table,
        ["provider_id", "name", "did", "public_key", "added_by_id", "added_at"],
        "whose key it is never changes",
    ),
    columns_fixed(
        "providers_issuerkey_stays_ended",
        IssuerKey._meta.db_table,
        ["ended_at", "ended_by_id"],
        "a key that ended stays ended",
        once="OLD.ended_at IS NOT NULL",
    ),
    never_removed(
        "providers_issuerkey_kept",
        IssuerKey._meta.db_table,
        "a key is never removed: it says what was believed",
    ),
    step_trigger(CourseRequest),
    columns_fixed(
        "providers_request_fixed",
        _REQUEST,
        [
            *("reference", "provider_id", "kind", "title", "format", "hundredths", "about", "link"),
            *("requested_by_id", "requested_at"),
        ],
        "what was asked for never changes",
    ),
    columns_fixed(
        "providers_request_charge_fixed",
        _REQUEST,
        ["charge_id"],
        "the charge of a request never changes",
        once="(OLD.charge_id IS NOT NULL OR OLD.state <> 'unpaid')",
    ),
    Trigger(
        "providers_request_fee_first",
        _REQUEST,
        "UPDATE OF state",
        _BEFORE_THE_FEE,
        when=f"(OLD.state = 'unpaid' OR NEW.charge_id IS NOT NULL) AND {_UNPAID}",
    ),
    Trigger(
        "providers_request_fee_kept",
        _REQUEST,
        "UPDATE OF state",
        "a request whose fee went back is not approved",
        when=f"NEW.state = 'approved' AND OLD.state <> 'approved' AND NEW.charge_id IS NOT NULL AND {FEE_WENT_BACK}",
    ),
    never_removed("providers_request_kept", _REQUEST, "a request is never removed"),
    *decision_triggers(Decision, "request_id", *Decision.GRANTED),
    never_removed("providers_completion_kept", _COMPLETION, "a reported completion is never removed"),
]
