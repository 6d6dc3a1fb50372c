"""`manage.py sweep` does from cron what the schedule does."""

from io import StringIO

import pytest
from django.core import mail as outbox
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db.migrations.recorder import MigrationRecorder

from outbox import heartbeat
from outbox.models import Notice
from recert.management.commands import sweep
from recert.schedule import SCHEDULE

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_files_of_other_tests(tmp_path, settings):
    """What other tests have uploaded would be old, and swept away, once the clock is moved."""
    options = {"BACKEND": "documents.storage.PrivateFiles", "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = {**settings.STORAGES, "default": options}


def run() -> tuple[list[str], list[str]]:
    """What it printed, and what it complained about."""
    out, err = StringIO(), StringIO()
    call_command("sweep", stdout=out, stderr=err)
    return out.getvalue().splitlines(), err.getvalue().splitlines()


@pytest.fixture
def drew(drew, clock_at):
    """Certified through today."""
    clock_at("2026-06-30 12:00")
    return drew


def test_the_sweep_command_runs_every_sweep_once_in_order_and_prints_a_line_for_each(clock_at):
    clock_at("2027-03-02")
    lines, complaints = run()
    assert [line.partition(": ")[0] for line in lines] == list(SCHEDULE)
    assert all(line.endswith(": nothing to do") for line in lines if "keep_draw_periods" not in line)
    assert complaints == []


def test_the_sweep_command_plans_and_sends_due_mail_and_prints_the_counts(drew):
    lines, _ = run()
    assert "renewals.tasks.plan_reminders: 1" in lines
    lines, _ = run()
    assert "outbox.tasks.send_due_notices: 1 sent" in lines
    assert [message.to for message in outbox.outbox] == [["drew@example.org"]]
    run()
    assert len(outbox.outbox) == 1
    assert Notice.objects.filter(trainer=drew).count() == 1


def test_a_failing_sweep_stops_no_other_and_sets_the_exit_status(drew, monkeypatch):
    def fail() -> None:
        raise ValueError("the disk is full")

    def tasks(name: str):
        return fail if name == "petitions.tasks.submit_paid" else real(name)

    real = sweep.import_string
    monkeypatch.setattr(sweep, "import_string", tasks)
    out, err = StringIO(), StringIO()
    with pytest.raises(CommandError, match=r"1 of \d+ sweeps failed") as failed:
        call_command("sweep", stdout=out, stderr=err)
    assert failed.value.returncode == 1
    assert err.getvalue().strip() == "petitions.tasks.submit_paid: failed, ValueError: the disk is full"
    assert len(out.getvalue().splitlines()) == len(SCHEDULE) - 1
    assert "renewals.tasks.plan_reminders: 1" in out.getvalue()


def test_no_sweep_runs_on_an_unmigrated_database_and_one_sentence_says_why(drew):
    MigrationRecorder.Migration.objects.filter(app="trainers").latest("id").delete()
    with pytest.raises(
        ImproperlyConfigured, match=r"^The database has not been migrated: run manage.py migrate.$"
    ):
        run()
    assert not Notice.objects.exists()


def test_the_sweep_command_writes_the_schedulers_heartbeat(clock_at):
    moment = clock_at("2027-03-02")
    run()
    assert heartbeat.seen_at(heartbeat.SCHEDULER) == moment
