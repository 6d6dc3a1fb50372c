"""A roster with several certifications of one person."""

from allauth.account.models import EmailAddress

from core.models import HistoryEntry
from tests.trainers.scenes import ROBIN, row
from trainers.models import Trainer


def test_a_new_number_with_the_name_and_address_of_an_account_is_a_further_certification(desk, stranger):
    desk.bring_in(ROBIN)
    second = row(number="87654321")
    desk.bring_in(second)
    assert desk.said == [
        "line 2: new, 8765 4321, Robin Vale. A further certification of an account that we hold"
    ]
    robin = Trainer.objects.get(email="robin@example.org")
    assert sorted(robin.credentials.values_list("number", flat=True)) == ["12345678", "87654321"]
    assert EmailAddress.objects.filter(user=robin).count() == 1
    verbs = HistoryEntry.objects.filter(trainer=robin).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["joined", "granted", "cycle_opened", "granted", "cycle_opened"]
    assert desk.bring_in(second).unchanged == 1
    assert "Another account has this address." in desk.refused(row(number="99", email="stranger@example.org"))


def test_two_rows_of_one_person_in_one_roster_make_one_account(desk):
    assert desk.bring_in(ROBIN, row(number="87654321")).new == 2
    robin = Trainer.objects.get(email="robin@example.org")
    assert robin.credentials.count() == 2
    assert HistoryEntry.objects.filter(trainer=robin, verb="joined").count() == 1


def test_a_new_number_is_refused_with_an_address_that_another_line_gives_to_somebody_else(desk):
    desk.bring_in(ROBIN)
    moved = row(email="new@example.org")
    assert "Another line gives this address" in desk.refused(
        moved, row(number="87654321", email="new@example.org")
    )
