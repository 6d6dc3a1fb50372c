"""A mail server that is away, silent or refusing: nothing lost, nothing doubled, everything sent soon after."""

import pytest

from tests.faults.stage import SEND, outcome, wrong

pytestmark = pytest.mark.fault
# Seconds: twice a minute's pause and the schedule's interval, since the first try may meet a server that is not yet awake.
RECOVERED = 2 * 65


def break_off(office, fault: str) -> None:
    if fault == "refused":
        office.close()
    elif fault == "frozen":
        office.freeze()
    else:
        office.answer(fault)


def come_back(office, fault: str) -> None:
    if fault == "refused":
        office.open()
    elif fault == "frozen":
        office.thaw()
    else:
        office.answer("open")


@pytest.mark.parametrize("fault", ["refused", "frozen", "421", "450", "hanging", "hanging up"])
def test_a_mail_server_outage_loses_and_duplicates_no_mail(stage, office, due, fault):
    due(5)
    stage.worker()
    break_off(office, fault)
    stage.run(SEND)
    assert outcome(office) == {"due": 5, "lost": 5}
    come_back(office, fault)
    assert stage.recover(strictly=True) <= RECOVERED
    assert outcome(office) == {"sent": 5}
    assert wrong() == []


def test_a_mail_server_that_disconnects_after_each_mail_gets_each_mail_once(stage, office, due):
    due(5)
    stage.worker()
    office.answer("hanging up after 250")
    stage.run(SEND)
    assert outcome(office) == {"sent": 5}
    assert wrong() == []


def test_a_permanently_refused_mail_is_not_retried_and_is_visible_to_staff(stage, office, due):
    due(5)
    stage.worker()
    office.answer("550")
    stage.run(SEND)
    assert outcome(office) == {"failed": 5}
    office.answer("open")
    stage.run(SEND)
    assert office.accepted == {}
    assert wrong() == []


def test_a_mail_server_that_dies_during_a_batch_loses_and_duplicates_no_mail(stage, office, due):
    due(5)
    stage.worker()
    child = stage.child_that_takes(SEND, "sender.opened:stop:3")
    child.wait_until_stopped()
    office.close()
    child.go_on()
    stage.until(lambda: outcome(office)["sent"] == 2, "the first two are sent")
    office.open()
    assert stage.recover(strictly=True) <= RECOVERED
    assert outcome(office) == {"sent": 5}
    assert wrong() == []
