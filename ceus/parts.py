"""The parts that prove a record, and which of them have no file yet (Q23)."""

from ceus.models import CeuRecord, RecordDocument

Part = RecordDocument.Part
CARD_PARTS = (Part.CARD_FRONT, Part.CARD_BACK)
COURSE_PARTS = (Part.CERTIFICATE,)


def needed_parts(record: CeuRecord) -> tuple[str, ...]:
    """Return the parts that prove a record: both sides of a card, or a course's certificate (Q23)."""
    return CARD_PARTS if record.is_card else COURSE_PARTS


def missing_parts(record: CeuRecord, *, counts_report: bool = True) -> tuple[str, ...]:
    """Return the needed parts without a current file; none for a record that a provider reported,
    unless `counts_report` is false. Reads `evidence`, prefetched or not.
    """
    present = {one.part for one in record.evidence.all() if one.replaced_at is None}
    needed = () if counts_report and record.reported_by_provider else needed_parts(record)
    return tuple(part for part in needed if part not in present)
