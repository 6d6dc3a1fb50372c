"""The schedule stopped, or the clock jumped: nothing lost and nothing doubled."""

import signal

import pytest

from tests.faults.processes import wait_until_stopped
from tests.faults.stage import outcome, wrong

pytestmark = pytest.mark.fault


@pytest.mark.parametrize("hours", [1, 24, 240])
def test_the_cron_command_sends_all_due_mail_once_after_the_scheduler_stopped(stage, office, due, hours):
    due(5)
    stage.pass_time(hours * 3600)
    for _ in range(2):
        assert stage.start("sweep").wait() == 0
    assert outcome(office) == {"sent": 5}
    assert wrong() == []


@pytest.mark.parametrize("hours", [-1, 24])
def test_a_clock_jump_during_a_send_duplicates_no_mail(stage, office, due, hours):
    due(5)
    sender = stage.start("send_notices", fault="sender.opened:stop:3")
    wait_until_stopped(sender.pid)
    stage.pass_time(hours * 3600)
    sender.send_signal(signal.SIGCONT)
    assert sender.wait() == 0
    stage.pass_time(3600)
    assert stage.start("send_notices").wait() == 0
    assert outcome(office) == {"sent": 5}
    assert wrong() == []
