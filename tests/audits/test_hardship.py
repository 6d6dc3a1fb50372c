"""A lead moves the last day for the documents of an audit because of hardship (Q34)."""

from datetime import date

from outbox.models import Notice
from tests.audits import scenes as audit_scenes
from tests.hardship.scenes import granted


def test_a_hardship_extension_moves_an_audits_due_date_beyond_the_staff_limit(ready, lead):
    audit = audit_scenes.begun(ready)
    far = date(2027, 12, 31)
    granted(ready, lead, "2027-01-05", what="answer", case_ref=audit.reference, through=far)
    audit.refresh_from_db()
    assert audit.due_on == far
    assert audit.extensions.get().by == lead
    kinds = Notice.objects.filter(trainer=ready, kind__in=["hardship.more_time", "audits.more_time"])
    assert [one.kind for one in kinds] == ["hardship.more_time"]
