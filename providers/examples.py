"""Examples of the mails about providers' reports."""

from collections.abc import Callable
from datetime import date
from typing import Any

from ceus.models import CeuRecord, Course, Provider
from outbox.examples import show_example
from providers.joining_links import LINKS
from providers.models import Batch, Completion, CourseRequest, ProviderPerson
from providers.notice_codes import CHANGED, DECIDED, INVITED, REPORTED
from providers.notices import changed_context, decided_context, reported_context
from trainers.examples import example_cycle, phoenix_noon
from trainers.models import Trainer
from trainers.role_notices import role_invitation_context

TITLE = "Strength Training for Older Adults"
PROVIDER = Provider(name="Harbor Fitness Academy")


def _invited() -> dict[str, object]:
    inviter = Trainer(pk=2, email="rae@example.org", name="Rae Registrar")
    ends_at = phoenix_noon(2026, 12, 1)
    role = ProviderPerson(pk=0, provider=PROVIDER, invited_by=inviter, link_ends_at=ends_at)
    return role_invitation_context(LINKS, role)


def _completion(title: str = TITLE, **fields: Any) -> Completion:
    credential = example_cycle().credential
    day = fields.pop("completed_on", date(2026, 3, 9))
    told = {"credential": credential, "title": title, "completed_on": day}
    record = CeuRecord(**told, hundredths=40, state=fields.pop("record_state", "accepted"))
    batch = Batch(reference="B-7K2M9XQP", provider=PROVIDER)
    about = {"batch": batch, "course": Course(title=title), "record": record, "credential": credential}
    return Completion(**about, completed_on=day, outcome="taken", **fields)


def _owner() -> int:
    return int(example_cycle().credential.trainer_id)


def _reported(*titles: str) -> Callable[[], dict[str, object]]:
    return lambda: reported_context([_completion(title, state="reported") for title in titles])


def _changed(
    state: str, reason: str, *, corrected: bool = False, **fields: Any
) -> Callable[[], dict[str, object]]:
    def context() -> dict[str, object]:
        one = _completion(state=state, reason=reason, **fields)
        if corrected:
            later = _completion(state="reported", completed_on=date(2026, 3, 10))
            one._state.fields_cache["replaced_by"] = later
        owner = one.credential.trainer_id if one.credential else 0
        return changed_context([one], owner)

    return context


show_example(
    INVITED, "to-report", _invited, trigger="A registrar invites somebody to report for a provider",
    sent="At once, while its link works",
)  # fmt: skip
_REPORTS = {"trigger": "A provider reports who completed a course"}
show_example(REPORTED, "one-course", _reported(TITLE), **_REPORTS)
show_example(REPORTED, "two-courses", _reported(TITLE, "Balance for Runners"), **_REPORTS)
_SAID: dict[str, Any] = {"state": "for_staff", "hundredths": 20}
show_example(REPORTED, "differing", lambda: reported_context([_completion(**_SAID)]), **_REPORTS)
_CHANGES = {"trigger": "A provider corrects or withdraws what it reported"}
_WRONG = "This person was not there."
show_example(CHANGED, "withdrawn", _changed("withdrawn", _WRONG, record_state="removed"), **_CHANGES)
show_example(CHANGED, "as-logged", _changed("withdrawn", _WRONG, record_state="pending"), **_CHANGES)
_LOGGED = {"state": "accepted", "hundredths": 20, "completed_on": "2026-03-09"}
show_example(
    CHANGED,
    "as-decided",
    _changed("withdrawn", _WRONG, before=_LOGGED),
    **_CHANGES,
)
show_example(
    CHANGED,
    "corrected",
    _changed("withdrawn", "The course ended a day later.", corrected=True, record_state="removed"),
    **_CHANGES,
)
show_example(CHANGED, "with-staff", _changed("for_staff", _WRONG), **_CHANGES)
_TAKEN_OFF: dict[str, Any] = {
    "state": "withdrawn",
    "reason": "Your name is not on the list.",
    "record_state": "removed",
}
show_example(
    CHANGED,
    "decided",
    lambda: changed_context([_completion(**_TAKEN_OFF)], _owner(), is_decided=True),
    trigger="A registrar takes off what a provider took back, or what differs from a renewal",
)


def _decided(state: str, words: str = "", *, kind: str = "new") -> Callable[[], dict[str, object]]:
    course = Course(
        title=TITLE, slug="strength-for-older-adults", hundredths=40,
        approved_from=date(2026, 3, 9), approved_through=date(2028, 3, 8),
    )  # fmt: skip
    listed = course if state == "approved" or kind == "renewal" else None
    request = CourseRequest(
        reference="Q-7K2M9XQP", title=TITLE, kind=kind, state=state, course=listed, words=words
    )
    return lambda: decided_context(request)


_DECISIONS = {"trigger": "A registrar decides what a provider asked for"}
show_example(DECIDED, "approved", _decided("approved"), **_DECISIONS)
show_example(DECIDED, "longer", _decided("approved", kind="renewal"), **_DECISIONS)
show_example(
    DECIDED, "denied", _decided("denied", "The outline says nothing of how it is tested."), **_DECISIONS
)
