"""An erasure removes all data of one person and none of anybody else, and can be repeated after an
interruption at any point (Q33).
"""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from core import clock
from core.models import Erasure
from core.personal_data import personal_tables
from documents import forgetting
from documents.models import Document
from outbox.bounces import record_event
from outbox.models import Notice
from tests.erasure import scenes
from tests.erasure.scenes import MARK, columns_with, erase, files_in, mark_everything, rows_about, rows_but
from trainers.services import erasing, own_data
from trainers.services.erasing import erase_trainer, request_erasure
from trainers.tasks import erase_what_came_late, finish_erasures

pytestmark = pytest.mark.django_db


def test_the_test_trainer_has_a_row_in_every_table_with_personal_data(lived):
    without = {
        label for label, table in personal_tables().items() if table.path and not table.about(lived).exists()
    }
    assert without == {"ceus.AffectedRecord", "core.Erasure", "core.Merge", "renewals.Decision"}


def test_after_an_erasure_no_column_or_file_contains_the_persons_data(lived, storage):
    mark_everything(lived)
    marked = columns_with(MARK)
    assert len(marked) > 40
    lived.refresh_from_db()
    erase(lived)
    assert columns_with(MARK) == []
    assert columns_with("jordan@example.org") == []
    assert files_in(storage) == []


def test_an_erasure_leaves_rows_about_other_people_unchanged(lived, stranger, signed_in):
    Session.objects.all().delete()
    browser = signed_in(stranger)
    mine = rows_about(lived)
    before = rows_but(mine)
    erase(lived)
    mine = {label: pks | mine[label] for label, pks in rows_about(lived).items()}
    assert rows_but(mine) == before
    assert browser.get("/home/").status_code == 200


def test_an_erasure_keeps_numbers_dates_decisions_and_money(lived):
    def kept():
        cycle = lived.credentials.get().cycles.values_list("expires_on", "draw_id")
        money = lived.ledger.order_by("pk").values_list(
            "kind", "amount_cents", "currency", "at", "provider_ref"
        )
        renewals = lived.applications.values_list(
            "reference", "state", "received_on", "fee_lines", "assessment"
        )
        petitions = lived.petitions.values_list("reference", "state", "completed_on", "received_at")
        history = lived.history.filter(at__lt=clock.now()).order_by("pk")
        steps = history.values_list("subject", "verb", "from_state", "to_state", "by", "at")
        return [list(rows) for rows in (cycle, money, renewals, petitions, steps)]

    before = kept()
    assert [len(rows) for rows in before[:4]] == [2, 6, 1, 1]
    erase(lived)
    assert kept() == before


def test_an_erased_account_has_no_name_no_address_and_cannot_sign_in(lived):
    erasure = erase(lived)
    lived.refresh_from_db()
    assert (lived.name, lived.email) == ("[erased]", f"erased-{lived.pk}@erased.invalid")
    assert (lived.is_active, lived.has_usable_password(), lived.last_login) == (False, False, None)
    assert lived.credentials.get().state == "erased"
    assert (erasure.state, erasure.numbers, erasure.asked_by) == ("erased", ["11934482"], lived)
    assert erasure.ended_at == clock.now()


def test_an_erasure_breaks_no_database_check(lived, found_by_checks):
    before = found_by_checks()
    erase(lived)
    after = found_by_checks()
    assert {name: set(rows) - set(before.get(name, ())) for name, rows in after.items()} == dict.fromkeys(
        after, set()
    )


def test_repeating_a_finished_erasure_changes_nothing(lived):
    erasure = erase(lived)
    before = scenes.everything()
    again = erase_trainer(erasure, at=clock.now())
    assert again.state == "erased"
    assert scenes.everything() == before


WINDOWS = ["erasing.rows_emptied", "documents.file_removed", "own_data.removed", "erasing.rest_cleared"]


@pytest.mark.parametrize("window", WINDOWS)
def test_an_erasure_killed_at_any_crash_point_is_completed_by_the_sweep(lived, storage, monkeypatch, window):
    """The process dies in the window; what was committed before stays."""

    class Killed(BaseException):
        pass

    def die(name: str) -> None:
        if name == window:
            raise Killed

    mark_everything(lived)
    lived.refresh_from_db()
    request_erasure(lived, by=lived, at=clock.now())
    Notice.objects.unsent().update(state="sent", ended_at=clock.now())
    with monkeypatch.context() as during:
        for module in (erasing, forgetting, own_data):
            during.setattr(module, "faultpoint", die)
        with pytest.raises(Killed):
            finish_erasures()
    assert Erasure.objects.get().state == "confirmed"
    kept = Document.objects.filter(owner=lived, erased_at=None)
    assert not kept.exists()
    assert finish_erasures() == 1
    assert Erasure.objects.get().state == "erased"
    assert columns_with(MARK) == []
    assert files_in(storage) == []


def test_data_that_arrives_after_the_erasure_is_erased_by_the_sweep(lived):
    erasure = erase(lived)
    notice = lived.notices.first()
    record_event(
        event_id="late", kind="bounced", message_id=notice.message_id, address="jordan@example.org",
        words="No such mailbox", at=clock.now(),
    )  # fmt: skip
    assert columns_with("jordan@example.org") == ["outbox_mailevent.address"]
    erase_what_came_late()
    assert columns_with("jordan@example.org") == []
    assert Erasure.objects.get() == erasure


def test_an_erasure_deletes_the_session_of_an_unfinished_sign_in_too(jordan, stranger):
    """Its session holds the address, and no account."""
    for person in (jordan, stranger):
        browser = Client()
        browser.post("/account/login/code/", {"email": person.email})
        assert person.email in str(dict(browser.session))
    erase(jordan)
    held = [str(session.get_decoded()) for session in Session.objects.all()]
    assert [jordan.email in one for one in held] == [False]
    assert stranger.email in held[0]
