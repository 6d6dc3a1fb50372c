"""Triggers of providers: rows take only the steps of their TRANSITIONS, and the content of a report
never changes.
"""

from cases.triggers import decision_triggers
from core.transitions import step_trigger
from core.triggers import columns_fixed, never_removed
from providers.models import ApiKey, Batch, Completion, CourseRequest, Decision, ProviderPerson

_PERSON, _BATCH, _COMPLETION = "providers_providerperson", "providers_batch", "providers_completion"

_REQUEST = "providers_courserequest"

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
            *("batch_id", "line", "number", "name", "course_code", "course_id", "completed_on"),
            *("hundredths", "outcome", "credential_id", "record_id", "made_record", "replaces_id"),
        ],
        "what was reported never changes",
    ),
    columns_fixed(
        "providers_apikey_fixed",
        ApiKey._meta.db_table,
        ["provider_id", "prefix", "sha256", "scopes", "made_by_id", "made_at", "replaces_id"],
        "what a key opens never changes",
    ),
    columns_fixed(
        "providers_apikey_stays_revoked",
        ApiKey._meta.db_table,
        ["revoked_at", "revoked_by_id"],
        "a revoked key stays revoked",
        once="OLD.revoked_at IS NOT NULL",
    ),
    never_removed("providers_apikey_kept", ApiKey._meta.db_table, "a key is never removed"),
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
    never_removed("providers_request_kept", _REQUEST, "a request is never removed"),
    *decision_triggers(Decision, "request_id", *Decision.GRANTED),
    never_removed("providers_completion_kept", _COMPLETION, "a reported completion is never removed"),
]
