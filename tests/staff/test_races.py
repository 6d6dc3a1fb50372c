"""Fifty people at once at one page of the staff side: one effect."""

from core.models import HistoryEntry
from tests import factories
from tests.cast import member
from tests.race import race
from tests.sessions import open_session
from trainers.models import Trainer


def test_when_a_course_is_edited_fifty_times_at_once_only_one_edit_is_saved(real_database, registrar):
    course = factories.CourseFactory(title="Fuel")
    outcomes = race(real_database, "tests.staff.racing:edit_course", open_session(registrar))
    assert outcomes == {"302": 1, "422": 49}
    course.refresh_from_db()
    assert (course.title, course.hundredths) == ("Fuel for runners", 50)
    assert HistoryEntry.objects.filter(subject=f"ceus.course:{course.pk}").count() == 1


def test_when_two_superusers_remove_each_others_rights_at_once_one_superuser_stays(real_database, root):
    other = member("Sid Super", is_superuser=True)
    outcomes = race(real_database, "tests.staff.racing:unmake_the_other", str(root.pk), str(other.pk))
    assert outcomes["unmade"] >= 1
    assert Trainer.objects.filter(is_superuser=True).count() == 1
    assert HistoryEntry.objects.filter(verb="superuser_unmade").count() == 1
