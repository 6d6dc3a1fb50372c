"""A roster whose file cannot be stored, is missing, or is uploaded twice at once."""

from types import SimpleNamespace

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from core import clock
from core.models import HistoryEntry
from documents.errors import StorageAway
from tests.reading import text_of
from tests.trainers.scenes import HEADER, KIM, ROBIN
from trainers.models import Credential, Roster
from trainers.services import rosters
from trainers.tasks import advance_rosters

pytestmark = pytest.mark.django_db
SEND = "/staff/trainers/roster/send/"


@pytest.fixture(autouse=True)
def _march_second(clock_at, storage):
    clock_at("2027-03-02 10:00")


def content_of(*rows: str) -> bytes:
    return "\n".join([HEADER, *rows]).encode()


def store(by, *rows: str) -> Roster:
    told = {"policy_code": "nasm-cpt", "exported_on": None, "by": by, "at": clock.now()}
    return rosters.store_roster(name="autumn.csv", content=content_of(*rows), **told)


def test_a_roster_that_could_not_be_stored_is_dropped_and_can_be_uploaded_again(lead, signed_in, monkeypatch):
    def fail(*_: object) -> None:
        raise StorageAway(5, "away")

    browser = signed_in(lead)
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(rosters, "default_storage", SimpleNamespace(save=fail))
        away = browser.post(SEND, {"file": SimpleUploadedFile("autumn.csv", content_of(KIM), "text/csv")})
    assert away.status_code == 503
    assert Roster.objects.get().state == "dropped"
    again = browser.post(
        SEND, {"file": SimpleUploadedFile("autumn.csv", content_of(KIM), "text/csv")}, follow=True
    )
    assert "The file is here." in text_of(again)
    advance_rosters()
    assert list(Roster.objects.order_by("pk").values_list("state", flat=True)) == ["dropped", "checked"]


def test_a_roster_whose_stored_file_is_missing_imports_nothing_and_asks_for_a_new_upload(lead):
    roster = store(lead, ROBIN)
    default_storage.delete(roster.stored_as)
    advance_rosters()
    roster.refresh_from_db()
    assert (roster.state, roster.note) == (
        "failed",
        "The file did not arrive whole. Nothing was written. Send it again.",
    )
    assert not Credential.objects.exists()


def test_the_same_roster_uploaded_twice_at_once_is_stored_once(lead, monkeypatch):
    """The second upload arrives after the first has found no such roster, and before the first
    writes its row.
    """
    first = []

    def arrive_between():
        monkeypatch.setattr(rosters, "transaction", transaction)
        first.append(store(lead, ROBIN))
        return transaction.atomic()

    monkeypatch.setattr(rosters, "transaction", SimpleNamespace(atomic=arrive_between))
    assert store(lead, ROBIN) == first[0]
    assert Roster.objects.count() == HistoryEntry.objects.filter(verb="sent").count() == 1
    advance_rosters()
    assert Roster.objects.get().state == "checked"
