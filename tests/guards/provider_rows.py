"""Providers' people and reports, and what the database refuses about them."""

from datetime import date
from types import SimpleNamespace

from providers.models import ApiKey, Batch, Completion, CourseRequest, Decision, ProviderPerson
from tests.factories import CeuRecordFactory, ChargeFactory, CourseFactory, TrainerFactory
from tests.guards.changes import Illegal, change, change_each, copy, remove
from tests.guards.stage_audits import AT, DAY


def add_reports(stage: SimpleNamespace) -> None:
    offer = {"provider": stage.provider, "invited_by": stage.lead, "invited_at": AT, "link_ends_at": AT}
    stage.role = ProviderPerson.objects.create(person=TrainerFactory(), **offer)
    stage.ended_role = ProviderPerson.objects.create(
        person=stage.role.person, **offer, state="ended", ended_at=AT
    )
    sent = {"provider": stage.provider, "source": "file", "sent_by": stage.role.person, "sent_at": AT}
    sent |= {"sha256": "a" * 64, "row_count": 3, "taken_count": 2}
    stage.batch = Batch.objects.create(reference="B-1", idempotency_key="one", **sent)
    stage.withdrawn_batch = Batch.objects.create(
        reference="B-2", idempotency_key="two", **sent, state="withdrawn", withdrawn_at=AT, reason="Wrong."
    )
    told = {"batch": stage.batch, "number": "11934482", "name": "Jo", "course": stage.course}
    told |= {"completed_on": DAY, "credential": stage.credential}
    stage.refused = Completion.objects.create(line=1, outcome="name_differs", state="refused", **told)
    taken = {"outcome": "taken", "record": stage.record, **told}
    stage.withdrawn = Completion.objects.create(
        line=2, state="withdrawn", state_at=AT, replaces=stage.refused, **taken
    )
    stage.reported = Completion.objects.create(line=3, state="reported", **taken)
    made = {"provider": stage.provider, "name": "Moodle", "sha256": "a" * 64, "scopes": ["report"]}
    made |= {"made_by": stage.role.person, "made_at": AT}
    stage.key = ApiKey.objects.create(prefix="one", **made)
    stage.revoked_key = ApiKey.objects.create(
        prefix="two", **made, revoked_at=AT, revoked_by=stage.lead, replaces=stage.key
    )
    _add_requests(stage)


def _add_requests(stage: SimpleNamespace) -> None:
    asked = {"provider": stage.provider, "title": "Balance", "format": "online", "hundredths": 40}
    asked |= {"about": "Balance.", "requested_by": stage.role.person, "requested_at": AT}
    stage.request = CourseRequest.objects.create(
        reference="Q-1", kind="renewal", course=stage.course, **asked
    )
    ended = {"state": "withdrawn", "ended_at": AT}
    stage.ended_request = CourseRequest.objects.create(reference="Q-2", kind="new", **asked, **ended)
    stage.unpaid_request = CourseRequest.objects.create(
        reference="Q-3", kind="new", state="unpaid", charge=ChargeFactory(), **asked
    )
    gone = ChargeFactory(state="paid", paid_at=AT)
    stage.request_fee_gone = CourseRequest.objects.create(reference="Q-4", kind="new", charge=gone, **asked)
    verdict = {"verdict": "approve", "by": stage.lead, "decided_at": AT, "effective_at": AT}
    verdict |= {"hundredths": 40, "category": "education", "approved_from": DAY}
    stage.request_decision = Decision.objects.create(request=stage.request, **verdict)
    stage.undone_decision = Decision.objects.create(
        request=stage.request, **verdict, state="taken_back", ended_at=AT
    )


def provider_rows(s: SimpleNamespace) -> list[Illegal]:
    """Return the illegal change for every trigger and constraint."""
    return [
        *_people(s),
        *_batches(s),
        *_completions(s),
        *_requests(s),
        *_request_fees(s),
        *_decisions(s),
        *_keys(s),
    ]


def _people(s: SimpleNamespace) -> list[Illegal]:
    other = CourseFactory().provider
    return [
        change("providers_providerperson_steps", s.ended_role, state="invited", ended_at=None),
        *change_each("providers_person_fixed", s.role, person=s.stranger, provider=other),
        remove("providers_person_kept", s.ended_role),
        copy("providers_person_one_open", s.role),
        copy("providers_person_one_end", s.ended_role, ended_at=None),
        copy("providers_providerperson_times_sent_check", s.ended_role, times_sent=-1),
    ]


def _batches(s: SimpleNamespace) -> list[Illegal]:
    longest = {"file_name": 120, "idempotency_key": 100, "sha256": 64, "reason": 500}
    return [
        change("providers_batch_steps", s.withdrawn_batch, state="reported", withdrawn_at=None, reason=""),
        *change_each(
            "providers_batch_fixed",
            s.batch,
            reference="B-9",
            provider=CourseFactory().provider,
            source="api",
            idempotency_key="nine",
            sha256="b" * 64,
            sent_by=s.lead,
            key=s.key,
            sent_at=s.later,
        ),
        copy("providers_batch_by", s.batch, idempotency_key="three", key=s.key),
        remove("providers_batch_kept", s.withdrawn_batch),
        copy("providers_batch_reference_key", s.batch, "reference", idempotency_key="three"),
        copy("providers_batch_once", s.batch),
        copy("providers_batch_withdrawn", s.batch, idempotency_key="three", withdrawn_at=s.at),
        copy("providers_batch_counts", s.batch, idempotency_key="three", taken_count=4),
        copy(
            "providers_batch_row_count_check", s.batch, idempotency_key="three", row_count=-1, taken_count=0
        ),
        copy("providers_batch_taken_count_check", s.batch, idempotency_key="three", taken_count=-1),
        *(
            copy(
                f"providers_batch_{field}_length",
                s.withdrawn_batch,
                **{"idempotency_key": "three", field: "x" * (most + 1)},
            )
            for field, most in longest.items()
        ),
    ]


def _completions(s: SimpleNamespace) -> list[Illegal]:
    longest = {"number": 40, "name": 120, "course_code": 180, "words": 300, "reason": 500}
    other = CeuRecordFactory()
    return [
        change("providers_completion_steps", s.withdrawn, state="reported", state_at=None),
        *change_each(
            "providers_completion_fixed",
            s.reported,
            batch=s.withdrawn_batch,
            line=9,
            number="9",
            course_code="x",
            course=other.course,
            completed_on=date(2026, 1, 1),
            hundredths=10,
            outcome="duplicate",
            credential=other.credential,
            record=other,
            made_record=True,
            replaces=s.withdrawn,
        ),
        change("providers_completion_name_fixed", s.reported, name="Sam"),
        remove("providers_completion_kept", s.refused),
        copy("providers_completion_one_standing", s.reported),
        copy("providers_completion_replaces_id_key", s.withdrawn),
        copy("providers_completion_taken", s.refused, outcome="taken"),
        copy("providers_completion_state_at", s.refused, state_at=s.at),
        copy("providers_completion_hundredths", s.refused, hundredths=0),
        copy("providers_completion_hundredths_check", s.refused, hundredths=-1),
        copy("providers_completion_nameless", s.refused, credential=None),
        copy("providers_completion_line_check", s.refused, line=-1),
        *(
            copy(f"providers_completion_{field}_length", s.refused, **{field: "x" * (most + 1)})
            for field, most in longest.items()
        ),
    ]


def _requests(s: SimpleNamespace) -> list[Illegal]:
    return [
        change("providers_courserequest_steps", s.ended_request, state="submitted", ended_at=None),
        *change_each(
            "providers_request_fixed",
            s.request,
            reference="Q-9",
            provider=CourseFactory().provider,
            title="Other",
            format="home_study",
            hundredths=50,
            about="Other.",
            link="https://example.org",
            requested_by=s.lead,
            requested_at=s.later,
        ),
        remove("providers_request_kept", s.ended_request),
        copy("providers_courserequest_reference_key", s.ended_request, "reference"),
        copy("providers_request_one_open", s.request),
        copy("providers_request_one_end", s.ended_request, ended_at=None),
        copy("providers_request_decided", s.ended_request, state="denied", words="No."),
        copy("providers_request_denied_why", s.ended_request, state="denied", decided_by=s.lead),
        copy("providers_request_course", s.ended_request, kind="renewal"),
        copy("providers_request_hundredths", s.ended_request, hundredths=0),
        copy("providers_courserequest_hundredths_check", s.ended_request, hundredths=-1),
        *(
            copy(f"providers_courserequest_{field}_length", s.ended_request, **{field: "x" * (most + 1)})
            for field, most in {"title": 160, "about": 2000, "words": 2000}.items()
        ),
    ]


def _request_fees(s: SimpleNamespace) -> list[Illegal]:
    return [
        change("providers_request_fee_first", s.unpaid_request, state="submitted"),
        change(
            "providers_request_fee_kept",
            s.request_fee_gone,
            state="approved",
            ended_at=s.at,
            decided_by=s.lead,
            course=CourseFactory(),
        ),
        change("providers_request_charge_fixed", s.unpaid_request, charge=ChargeFactory()),
        change("providers_request_charge_fixed", s.request, charge=ChargeFactory()),
        copy("providers_courserequest_charge_id_key", s.unpaid_request, "charge"),
    ]


def _decisions(s: SimpleNamespace) -> list[Illegal]:
    longest = {"words": 4000, "stuck_reason": 2000, "category": 40}
    return [
        change("providers_decision_steps", s.undone_decision, state="pending", ended_at=None),
        *change_each(
            "providers_decision_fixed",
            s.request_decision,
            verdict="deny",
            words="Other.",
            by=s.stranger,
            decided_at=s.later,
            effective_at=s.later,
            request=s.ended_request,
            hundredths=50,
            category="other",
            approved_from=date(2026, 1, 1),
            approved_through=date(2030, 1, 1),
        ),
        remove("providers_decision_kept", s.request_decision),
        copy("providers_decision_one_pending", s.request_decision),
        copy("providers_decision_one_end", s.undone_decision, ended_at=None),
        copy("providers_decision_whole", s.undone_decision, hundredths=None),
        copy("providers_decision_whole", s.undone_decision, category=""),
        copy("providers_decision_whole", s.undone_decision, verdict="deny"),
        copy("providers_decision_days", s.undone_decision, approved_through=date(2000, 1, 1)),
        copy("providers_decision_hundredths_check", s.undone_decision, hundredths=-1),
        *(
            copy(f"providers_decision_{field}_length", s.undone_decision, **{field: "x" * (most + 1)})
            for field, most in longest.items()
        ),
    ]


def _keys(s: SimpleNamespace) -> list[Illegal]:
    return [
        *change_each(
            "providers_apikey_fixed",
            s.key,
            provider=CourseFactory().provider,
            prefix="nine",
            sha256="b" * 64,
            scopes=["report", "check"],
            made_by=s.lead,
            made_at=s.later,
            replaces=s.revoked_key,
        ),
        change("providers_apikey_stays_revoked", s.revoked_key, revoked_at=None, revoked_by=None),
        remove("providers_apikey_kept", s.key),
        copy("providers_apikey_prefix_key", s.key, "prefix"),
        copy("providers_apikey_replaces_id_key", s.revoked_key),
        copy("providers_apikey_revoked", s.key, revoked_at=s.at),
        *(
            copy(f"providers_apikey_{field}_length", s.key, **{field: "x" * (most + 1)})
            for field, most in {"name": 60, "prefix": 12, "sha256": 64}.items()
        ),
    ]
