"""Examples of the mail about a change of the catalogue."""

from collections.abc import Callable
from datetime import date
from typing import Any

from ceus.models import AffectedRecord, CatalogueChange, CeuRecord, Correction, Course, HeldCard
from ceus.notice_codes import CARD_REFUSED, CORRECTED, RELISTED
from ceus.notices import corrected_context, refused_card_context, relisted_context
from core.policy_words import in_policy_words
from outbox.examples import show_example
from trainers.examples import example_cycle
from trainers.models import Credential, Trainer

TITLE = "Strength Training for Older Adults"


def _relisted(
    records: str, *, after: int = 40, approved: bool = True, **fields: object
) -> Callable[[], dict[str, object]]:
    def context() -> dict[str, object]:
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
show_example(
    RELISTED,
    "other-ceus",
    _relisted("changed", after=30, **_FEWER),
    name=in_policy_words("Other {units}"),
    trigger=_WHEN,
)
show_example(RELISTED, "not-approved", _relisted("changed", approved=False, **_ENDED), trigger=_WHEN)


def _corrected(
    reason: str, *, mine: bool = True, moved: bool = False, **after: object
) -> Callable[[], dict[str, object]]:
    def context() -> dict[str, object]:
        own = example_cycle().credential
        other = Credential(pk=2, trainer=Trainer(pk=2, name="Sam Stranger"))
        facts: dict[str, object] = {"title": TITLE, "completed_on": date(2026, 3, 9), "hundredths": 40}
        columns = {f"{name}_before": value for name, value in facts.items()}
        columns |= {f"{name}_after": value for name, value in (facts | after).items()}
        before, now = (other, own) if moved and mine else (own, other) if moved else (own, own)
        correction = Correction(**columns, credential_before=before, credential_after=now, reason=reason)
        return corrected_context(correction, own.trainer_id)

    return context


_BY_STAFF = {"trigger": "Staff correct a record of a course"}
_SHOWS = "Your certificate says March 12 and three contact hours."
_OF_ANOTHER = "The certificate has another name."
show_example(
    CORRECTED,
    "day-and-ceus",
    _corrected(_SHOWS, completed_on=date(2026, 3, 12), hundredths=30),
    name=in_policy_words("Day and {units}"),
    **_BY_STAFF,
)
show_example(CORRECTED, "not-theirs", _corrected(_OF_ANOTHER, mine=False, moved=True), **_BY_STAFF)
show_example(CORRECTED, "theirs", _corrected(_OF_ANOTHER, moved=True), **_BY_STAFF)


def _refused_card() -> dict[str, object]:
    card = HeldCard(
        kind="first_aid", valid_from=date(2026, 3, 9), words="The picture is too dark to read the name."
    )
    return refused_card_context(card, "First aid")


show_example(CARD_REFUSED, "unreadable", _refused_card, trigger="A lead or registrar refuses a card")
