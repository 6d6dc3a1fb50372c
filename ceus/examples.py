"""Examples of the mail about a change of the catalogue."""

from collections.abc import Callable
from datetime import date
from typing import Any

from ceus.models import AffectedRecord, CatalogueChange, CeuRecord, Course
from ceus.notice_codes import RELISTED
from ceus.notices import relisted_context
from outbox.examples import show_example
from trainers.examples import example_cycle

TITLE = "Strength Training for Older Adults"


def _relisted(
    records: str, *, after: int = 40, approved: bool = True, **fields: Any
) -> Callable[[], dict[str, Any]]:
    def context() -> dict[str, Any]:
        credential = example_cycle().credential
        change = CatalogueChange(course=Course(title=TITLE), records=records, **fields)
        record = CeuRecord(credential=credential, title=TITLE, completed_on=date(2026, 3, 9), hundredths=40)
        affected = AffectedRecord(
            change=change,
            record=record,
            hundredths_before=40,
            hundredths_after=after,
            approved_before=True,
            approved_after=approved,
        )
        return relisted_context(change, [affected], credential.policy)

    return context


_FEWER: dict[str, Any] = {
    "reason": "The provider's outline has three contact hours, not four.",
    "ceus_from": date(2026, 1, 1),
    "hundredths_after": 30,
}
_ENDED: dict[str, Any] = {
    "reason": "The provider ended the course in February.",
    "from_after": date(2020, 1, 1),
    "through_after": date(2026, 2, 28),
}
_WHEN = "A change of the catalogue reaches back to a course that was logged"

show_example(RELISTED, "kept", _relisted("kept", **_FEWER), trigger=_WHEN)
show_example(RELISTED, "other-ceus", _relisted("changed", after=30, **_FEWER), trigger=_WHEN)
show_example(RELISTED, "not-approved", _relisted("changed", approved=False, **_ENDED), trigger=_WHEN)
