"""The mails about a provider's reports: that it reported for a trainer, that it took something back, and
the invitation of its people.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse

from core import clock
from core.deadlines import full_day
from outbox.notices import Batch as Notices
from outbox.notices import NoticeKind, event_parts, register_kind, subject_pks
from providers.joining_links import token_for_role
from providers.models import Completion, CourseRequest, ProviderPerson
from providers.notice_codes import CHANGED, DECIDED, INVITED, REPORTED

State = Completion.State
MY_COURSES = "Look at your courses"


def invited_context(role: ProviderPerson) -> dict[str, object]:
    """Return what the invitation of a provider's person needs."""
    return {
        "provider": role.provider.name,
        "inviter": role.invited_by.name,
        "through": full_day(clock.date_of(role.link_ends_at, settings.TIME_ZONE)),
        "link": reverse("providers:join", args=[token_for_role(role)]),
        "link_label": "Accept the invitation",
    }


def reported_context(completions: Sequence[Completion]) -> dict[str, object]:
    """Return what the mail to one trainer about a report needs."""
    return {
        "provider": completions[0].batch.provider.name,
        "courses": [(one.record, _worth(one)) for one in completions if one.record],
        "link": reverse("ceus:my_courses"),
        "link_label": MY_COURSES,
    }


def changed_context(completions: Sequence[Completion], trainer_id: int) -> dict[str, object]:
    """Return what the mail to one trainer needs about completions that were taken back, replaced or
    given to staff.
    """
    return {
        "provider": completions[0].batch.provider.name,
        "changes": [_change(one, trainer_id) for one in completions],
        "reason": completions[0].reason,
        "link": reverse("ceus:my_courses"),
        "link_label": MY_COURSES,
    }


def _worth(one: Completion) -> str:
    if one.record is None or one.credential is None:
        return ""
    return one.credential.policy.unit.words(one.record.hundredths)


def _change(one: Completion, trainer_id: int) -> dict[str, object]:
    """Return how a changed completion reads to one trainer: what it was, and what it is now."""
    later = getattr(one, "replaced_by", None)
    mine = bool(one.credential and one.credential.trainer_id == trainer_id)
    theirs_now = bool(later and later.credential and later.credential.trainer_id == trainer_id)
    kept = one.record is not None and one.record.state in ("pending", "accepted")
    return {
        "title": one.course.title if one.course else one.course_code,
        "day": one.completed_on,
        "mine": mine,
        "with_staff": one.state == State.FOR_STAFF,
        "now": later.record if later and theirs_now else None,
        "worth": _worth(later) if later and theirs_now else "",
        "kept": mine and kept,
        "as_before": _is_as_before(one),
    }


def _is_as_before(one: Completion) -> bool:
    """Return whether the trainer's own record has the day and the CEUs again that it had before the report."""
    if one.record is None or not one.before:
        return True
    now = {"hundredths": one.record.hundredths, "completed_on": one.record.completed_on.isoformat()}
    return all(one.before[name] == value for name, value in now.items())


def _rows(keys: Iterable[int], **more: Any) -> "Any":
    found = Completion.objects.filter(batch__in=set(keys), **more)
    return found.select_related(
        *("batch__provider", "course", "record", "credential"),
        *("replaced_by__record", "replaced_by__credential"),
    ).order_by("line", "pk")


def _by_trainer(batch: Notices, states: Iterable[str]) -> dict[int, list[Completion]]:
    """Return the completions in these states of each notice about a whole report."""
    wanted = subject_pks(batch)
    found: dict[tuple[int, int], list[Completion]] = defaultdict(list)
    people = {notice.trainer_id for notice in batch}
    for one in _rows(wanted.values(), state__in=states, credential__trainer__in=people):
        if one.credential:
            found[one.batch_id, one.credential.trainer_id].append(one)
    keys = {notice.pk: (wanted[notice.pk], notice.trainer_id) for notice in batch}
    return {pk: found[key] for pk, key in keys.items() if key in found}


def _reported(batch: Notices) -> dict[int, list[Completion]]:
    return _by_trainer(batch, Completion.STANDING)


def _changed(batch: Notices) -> dict[int, list[Completion]]:
    """Return the changed completions of each notice: one that its event names, or all of the report."""
    single = {one.pk: int(event_parts(one.event)[1]) for one in batch if one.event.startswith("row:")}
    rows = {one.pk: one for one in _rows(subject_pks(batch).values(), pk__in=set(single.values()))}
    found = {notice: [rows[pk]] for notice, pk in single.items() if pk in rows}
    whole = [one for one in batch if one.pk not in single]
    return found | _by_trainer(whole, (State.WITHDRAWN, State.FOR_STAFF))


def _roles(batch: Notices) -> dict[int, ProviderPerson]:
    """Return each notice's role while its link is the newest and has not ended."""
    wanted = subject_pks(batch)
    rows = ProviderPerson.objects.filter(state=ProviderPerson.State.INVITED)
    found = rows.select_related("provider", "invited_by").in_bulk(set(wanted.values()))
    pairs = ((notice, found.get(wanted[notice.pk])) for notice in batch)
    return {
        notice.pk: row
        for notice, row in pairs
        if row and notice.event == f"link:{row.times_sent}" and clock.now() < row.link_ends_at
    }


register_kind(
    NoticeKind(
        kind=INVITED,
        label="An invitation to report for a provider",
        template="provider_invited",
        still_due=lambda batch: set(_roles(batch)),
        contexts=lambda batch: {pk: invited_context(row) for pk, row in _roles(batch).items()},
        addressed=True,
    )
)
register_kind(
    NoticeKind(
        kind=REPORTED,
        label="A provider reported a course",
        template="provider_reported",
        still_due=lambda batch: set(_reported(batch)),
        contexts=lambda batch: {pk: reported_context(rows) for pk, rows in _reported(batch).items()},
    )
)


def _changed_contexts(batch: Notices) -> dict[int, dict[str, object]]:
    owners = {notice.pk: notice.trainer_id for notice in batch}
    return {pk: changed_context(rows, owners[pk]) for pk, rows in _changed(batch).items()}


register_kind(
    NoticeKind(
        kind=CHANGED,
        label="A provider changed what it reported",
        template="provider_changed",
        still_due=lambda batch: set(_changed(batch)),
        contexts=_changed_contexts,
    )
)


def decided_context(request: CourseRequest) -> dict[str, object]:
    """Return what the mail about a decided request needs."""
    return {
        "request": request,
        "is_approved": request.state == CourseRequest.State.APPROVED,
        "course": request.course,
        "link": reverse("providers:requests"),
        "link_label": "Look at your requests",
    }


def _decided_contexts(batch: Notices) -> dict[int, dict[str, object]]:
    wanted = subject_pks(batch)
    rows = CourseRequest.objects.select_related("course").in_bulk(set(wanted.values()))
    return {pk: decided_context(rows[key]) for pk, key in wanted.items() if key in rows}


register_kind(
    NoticeKind(
        kind=DECIDED,
        label="We decided what a provider asked for",
        template="provider_decided",
        still_due=lambda batch: {notice.pk for notice in batch},
        contexts=_decided_contexts,
    )
)
