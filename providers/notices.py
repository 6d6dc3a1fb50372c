"""The mails about a provider's reports: that it reported for a trainer, that it took something back, and
the invitation of its people.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import F, QuerySet
from django.urls import reverse

from outbox.notices import Batch as Notices
from outbox.notices import NoticeKind, event_parts, register_kind, register_kind_of_rows, subject_pks
from providers.joining_links import LINKS
from providers.models import Completion, CourseRequest
from providers.notice_codes import CHANGED, DECIDED, INVITED, REPORTED
from trainers.role_notices import register_role_invitation

State = Completion.State
MY_COURSES = "Look at your courses"
DECIDED_ROW = "decided"
OF_ONE_ROW = ("row", DECIDED_ROW)  # how the events of mails about one row begin


def reported_context(completions: Sequence[Completion]) -> dict[str, object]:
    """Return what the mail to one trainer about a report needs."""
    differing = [one for one in completions if one.differs]
    return {
        "provider": completions[0].batch.provider.name,
        "courses": [(one.record, _worth(one)) for one in completions if one.record and not one.differs],
        "differing": [(one, _said_worth(one)) for one in differing],
        "count": len(completions),
        "link": reverse("ceus:my_courses"),
        "link_label": MY_COURSES,
    }


def changed_context(
    completions: Sequence[Completion], trainer_id: int, *, is_decided: bool = False
) -> dict[str, object]:
    """Return what the mail to one trainer needs about completions that were taken back, replaced or
    given to staff; with `is_decided`, that staff took off.
    """
    return {
        "provider": completions[0].batch.provider.name,
        "changes": [_change(one, trainer_id) for one in completions],
        "is_decided": is_decided,
        "reason": completions[0].reason,
        "link": reverse("ceus:my_courses"),
        "link_label": MY_COURSES,
    }


def _worth(one: Completion) -> str:
    if one.record is None or one.credential is None:
        return ""
    return one.credential.policy.unit.words(one.record.hundredths)


def _said_worth(one: Completion) -> str:
    """Return what the provider said that the course gave; empty where it named no amount."""
    return one.credential.policy.unit.words(one.hundredths) if one.credential and one.hundredths else ""


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


def _rows(keys: Iterable[int], **more: object) -> "QuerySet[Completion]":
    found = Completion.objects.filter(batch__in=set(keys), **more)
    return found.select_related(
        *("batch__provider", "course", "record", "credential"),
        *("replaced_by__record", "replaced_by__credential"),
    ).order_by("line", "pk")


def _by_trainer(batch: Notices, **which: object) -> dict[int, list[Completion]]:
    """Return those completions of each notice about a whole report that have these values."""
    wanted = subject_pks(batch)
    found: dict[tuple[int, int], list[Completion]] = defaultdict(list)
    people = {notice.trainer_id for notice in batch}
    for one in _rows(wanted.values(), credential__trainer__in=people, **which):
        if one.credential:
            found[one.batch_id, one.credential.trainer_id].append(one)
    keys = {notice.pk: (wanted[notice.pk], notice.trainer_id) for notice in batch}
    return {pk: found[key] for pk, key in keys.items() if key in found}


def _reported(batch: Notices) -> dict[int, list[Completion]]:
    return _by_trainer(batch, state__in=Completion.STANDING)


def _changed(batch: Notices) -> dict[int, list[Completion]]:
    """Return the changed completions of each notice: one that its event names, or those that were
    withdrawn, or given to staff, with the whole report.
    """
    single = {
        one.pk: int(event_parts(one.event)[1]) for one in batch if event_parts(one.event)[0] in OF_ONE_ROW
    }
    rows = {one.pk: one for one in _rows(subject_pks(batch).values(), pk__in=set(single.values()))}
    found = {notice: [rows[pk]] for notice, pk in single.items() if pk in rows}
    whole = [one for one in batch if one.pk not in single]
    then = {"state_at": F("batch__withdrawn_at"), "reason": F("batch__reason")}
    return found | _by_trainer(whole, state__in=(State.WITHDRAWN, State.FOR_STAFF), **then)


register_role_invitation(
    LINKS, kind=INVITED, label="An invitation to report for a provider", template="provider_invited"
)
register_kind_of_rows(
    kind=REPORTED,
    label="A provider reported a course",
    template="provider_reported",
    rows=_reported,
    context=reported_context,
)


def _changed_contexts(batch: Notices) -> dict[int, dict[str, object]]:
    notices = {notice.pk: notice for notice in batch}
    return {
        pk: changed_context(
            rows, notices[pk].trainer_id, is_decided=event_parts(notices[pk].event)[0] == DECIDED_ROW
        )
        for pk, rows in _changed(batch).items()
    }


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
        contexts=_decided_contexts,
    )
)
