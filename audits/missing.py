"""What an item of an audit still lacks, as the policy of its renewal's day of receipt asks (S13)."""

from audits.models import AuditItem
from ceus.parts import missing_parts


def missing_documents(item: AuditItem) -> tuple[str, ...]:
    """Return the parts of an item's record that have no current file. What a provider reported lacks
    none where it answers an audit by itself (policy value `reported_answers_audit`).
    """
    audit = item.audit
    figures = audit.cycle.policy.version_on(audit.received_on)
    return missing_parts(item.record, counts_report=figures.reported_answers_audit)
