"""The last day to ask for a second review of a decision (Q26)."""

from datetime import date, datetime
from typing import cast

from django.db.models import Model

from cases.locking import credential_of_case, day_of
from cases.protocols import EndedCase
from core.constraints import require_value
from core.errors import Refusal
from core.history import subject_of
from outbox.models import Notice
from rules.days import day_in_words
from rules.last_days import last_day_to_look_again


def last_day_to_ask(case: EndedCase, kind: str) -> date:
    """Return the last day, inclusive, to ask for a second review of the decision that ended `case`.

    `kind` is the code of the notice about the decision. The days count from the moment when the
    mail server accepted that notice, or refused it for good, as in Q18.
    """
    notice = Notice.objects.filter(kind=kind, subject=subject_of(cast(Model, case))).order_by("-pk").first()
    told_at = notice.ended_at if notice else None
    figures = credential_of_case(case).policy.version_on(require_value(case.received_on))
    return last_day_to_look_again(
        day_of(require_value(case.ended_at), case),
        day_of(told_at, case) if told_at else None,
        figures.audit_notice_days,
        figures.another_look_days,
    )


def check_time_to_ask(case: EndedCase, kind: str, *, at: datetime) -> None:
    """Raise Refusal after the last day to ask for a second review."""
    last_day = last_day_to_ask(case, kind)
    if day_of(at, case) > last_day:
        sentence = f"The last day to ask for another look was {day_in_words(last_day)}."
        raise Refusal(sentence, code="too_late")
