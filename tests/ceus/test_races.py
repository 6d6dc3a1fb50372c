"""Fifty processes at once on one record: one effect (I13)."""

from collections import Counter

from ceus.models import CeuRecord, RecordDocument
from core.models import HistoryEntry
from tests import factories
from tests.race import race

ACT = "tests.ceus.racing:{}".format


def verbs() -> Counter[str]:
    return Counter(HistoryEntry.objects.values_list("verb", flat=True))


def test_fifty_simultaneous_posts_of_the_course_form_make_one_record(real_database, jordan):
    factories.CourseFactory()
    factories.DocumentFactory(owner=jordan)
    outcomes = race(real_database, ACT("log_course"))
    record = CeuRecord.objects.get()
    assert outcomes == {f"{record.pk} accepted": 50}
    assert RecordDocument.objects.count() == 1
    assert verbs() == {"logged": 1, "file added": 1, "accepted": 1}


def test_fifty_simultaneous_removals_remove_a_record_once(real_database, jordan):
    factories.CeuRecordFactory(credential=jordan.credentials.get())
    assert race(real_database, ACT("remove")) == {"removed": 50}
    assert verbs() == {"removed": 1}


def test_a_record_claimed_and_removed_simultaneously_is_either_claimed_or_removed(real_database, jordan):
    record = factories.CeuRecordFactory(credential=jordan.credentials.get())
    outcomes = race(real_database, ACT("claim_or_remove"), str(record.pk))
    record.refresh_from_db()
    if record.claimed_for_id:
        assert record.state == "accepted"
        assert outcomes["claimed"] > 0
        assert set(outcomes) <= {
            "claimed",
            "refused: This is part of a renewal that you sent, so it cannot change.",
        }
    else:
        assert record.state == "removed"
        assert outcomes["removed"] > 0
        assert set(outcomes) <= {
            "removed",
            "refused: Your courses have changed meanwhile. Check them again.",
        }
