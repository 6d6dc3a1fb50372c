"""What the records of an audit's renewal give, with and without those that the audit refuses."""

from audits.models import Audit, AuditItem
from ceus.models import CeuRecord
from ceus.standing import standing_of_records
from hardship.standing import relief_of
from rules.answers import Standing


class CountedRecords:
    """What the renewal of an audit claims and was granted, read once: two queries."""

    def __init__(self, audit: Audit, items: list[AuditItem]) -> None:
        self._audit = audit
        self._refused = {item.record_id for item in items if item.verdict == AuditItem.Verdict.REFUSED}
        self._claimed = list(
            CeuRecord.objects.filter(claimed_for=audit.cycle).select_related("course__provider")
        )
        self._granted = relief_of(audit.cycle)
        seen = {item.record_id for item in items}
        self.beside = [one.pk for one in self._claimed if one.pk not in seen and not one.granted]

    def standing_without(self, *more: int) -> Standing:
        """Return the standing on the day of receipt without refused records, and without the
        records `more`.
        """
        records = [one for one in self._claimed if one.pk not in self._refused.union(more)]
        day_of_receipt = self._audit.received_on
        return standing_of_records(
            self._audit.cycle,
            records,
            today=day_of_receipt,
            received_on=day_of_receipt,
            granted=self._granted,
        )
