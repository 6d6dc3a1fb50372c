"""An erasure whose process is killed midway is completed by the next sweep (Q33)."""

import signal
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction

from core import clock
from core.models import Erasure
from documents.parser import make_safe
from documents.services import receive_upload
from names.services import approve_name_request, change_own_name
from outbox.models import Notice
from tests.erasure.scenes import MARK, columns_with, files_in, grant, mark_everything
from tests.renewals.scenes import moment
from tests.throwaway import keeping_files_in
from trainers.services.erasing import request_erasure
from trainers.services.own_data import ask_for_data_file, build_data_file
from trainers.tasks import finish_erasures


@pytest.fixture
def storage(real_database):
    """The files of the database that both processes have."""
    folder = Path(real_database.env["PORTAL_VAR"]) / "files"
    with keeping_files_in(folder):
        yield folder


@pytest.fixture
def lived(ready, storage, registrar, picture, clock_at):
    """Jordan with history, another name, a document and a file of their data; all of it committed."""
    clock_at("2027-03-02")
    with transaction.atomic():
        grant(ready)
    proof = receive_upload(picture(), owner=ready, at=clock.now(), make_safe=make_safe)
    request = change_own_name(ready, name="Jordan Cole", proof=proof, by=ready, at=clock.now())
    approve_name_request(request, by=registrar, at=clock.now())
    file = ask_for_data_file(ready, by=ready, at=clock.now(), kept_for=timedelta(days=7))
    build_data_file(file, at=clock.now(), page=lambda person: person.name)
    ready.refresh_from_db()
    return ready


def finish() -> None:
    with clock.moved_to(moment("2027-03-02")):
        assert finish_erasures() == 1


@pytest.mark.parametrize("window", ["erasing.rows_emptied", "documents.file_removed"])
def test_an_erasure_killed_in_the_middle_is_completed_by_another_process(
    lived, real_database, storage, window
):
    mark_everything(lived)
    lived.refresh_from_db()
    request_erasure(lived, by=lived, at=clock.now())
    Notice.objects.unsent().update(state="sent", ended_at=clock.now())
    assert files_in(storage)
    killed = real_database.run(finish, PORTAL_FAULT=f"{window}:kill")
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert Erasure.objects.get().state == "confirmed"
    done = real_database.run(finish)
    assert done.returncode == 0, done.stderr
    assert Erasure.objects.get().state == "erased"
    assert columns_with(MARK) == []
    assert files_in(storage) == []
