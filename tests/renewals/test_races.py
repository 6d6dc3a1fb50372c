"""Fifty processes at once on one cycle: one application, one charge, one next cycle (F5 to F7)."""

from collections import Counter
from datetime import date

from ceus.models import CeuRecord
from core.models import HistoryEntry
from outbox.models import Notice
from outbox.sender import send_due
from payments.models import Charge, LedgerEntry
from renewals.models import Application
from tests import factories
from tests.race import race
from tests.renewals import scenes
from tests.renewals.together import log_course
from tests.twice import FIRST, SECOND
from trainers.models import Cycle

ACT = "tests.renewals.racing:{}".format
DAY = "2027-03-02"


def verbs() -> Counter[str]:
    return Counter(
        HistoryEntry.objects.filter(subject__startswith="renewals.").values_list("verb", flat=True)
    )


def test_fifty_simultaneous_submissions_make_one_application_and_one_charge(real_database, ready):
    outcomes = race(real_database, ACT("submit"), ready.email)
    application = Application.objects.get()
    assert outcomes == {f"{application.pk} submitted": 50}
    assert (Charge.objects.count(), LedgerEntry.objects.count()) == (1, 1)
    assert verbs() == {"started": 1, "submitted": 1}
    assert CeuRecord.objects.filter(claimed_for=application.cycle).count() == 2
    assert Notice.objects.filter(kind="renewals.unpaid").count() == 3


def test_of_fifty_joint_and_single_submissions_one_leads_and_no_certification_is_sent_twice(
    real_database, pair, tmp_path
):
    first, second = pair()
    log_course(first)
    outcomes = race(real_database, ACT("submit_both"), str(tmp_path), FIRST, SECOND)
    assert outcomes["together"] + outcomes["alone"] > 0
    sent = Application.objects.exclude(state="withdrawn")
    assert Counter(sent.values_list("cycle", flat=True)) in ({first.pk: 1, second.pk: 1}, {second.pk: 1})
    leads = sent.filter(renewed_with=None)
    assert Charge.objects.count() == leads.count() == 1
    assert {one.split(":")[0] for one in outcomes} <= {"together", "alone", "refused"}


def test_fifty_simultaneous_settlements_approve_a_renewal_once(real_database, ready):
    application = scenes.settle(scenes.submit(ready, DAY), DAY)
    outcomes = race(real_database, ACT("complete"), str(application.pk))
    assert outcomes == {"approved": 50}
    assert Cycle.objects.count() == 2
    assert Notice.objects.filter(kind="renewals.renewed").count() == 1
    assert verbs() == {"started": 1, "submitted": 1, "paid": 1, "approved": 1}


def test_fifty_simultaneous_approvals_approve_a_renewal_once(real_database, ready, reviewer):
    application = scenes.submit(ready, DAY)
    factories.recount(application.cycle.claimed_records.filter(category="education"), 100)
    scenes.pay(application, DAY)
    factories.recount(application.cycle.claimed_records.filter(category="education"), 190)
    outcomes = race(real_database, ACT("approve"), str(application.pk), reviewer.email)
    assert outcomes == {"approved": 50}
    assert Cycle.objects.count() == 2
    assert verbs()["approved"] == 1


def test_a_paid_renewal_is_approved_despite_simultaneous_withdrawals(real_database, ready):
    application = scenes.settle(scenes.submit(ready, DAY), DAY)
    outcomes = race(real_database, ACT("complete_or_withdraw"), str(application.pk))
    assert set(outcomes) <= {
        "approved",
        "refused: Your payment has arrived, and we are finishing your renewal.",
        "refused: A renewal that is approved cannot be withdrawn.",
    }
    assert outcomes["approved"] > 0
    assert Cycle.objects.count() == 2


def test_a_renewal_started_while_the_sweep_ends_an_unpaid_one_leaves_at_most_one_open(real_database, ready):
    scenes.submit(ready, DAY)
    outcomes = race(real_database, ACT("lapse_or_submit"), ready.email)
    assert set(outcomes) <= {"lapsed", "submitted"}
    states = Counter(Application.objects.values_list("state", flat=True))
    assert states["lapsed"] == 1
    assert states["submitted"] == (1 if "submitted" in outcomes else 0)


def test_fifty_simultaneous_sweeps_queue_each_reminder_once(real_database):
    trainers = [
        factories.trainer_with_credential(
            email=f"t{n}@example.org",
            name=f"T {n}",
            number=f"{n}",
            awarded_on="2021-03-14",
            expires_on="2027-03-14",
        )
        for n in range(40)
    ]
    factories.remind_from_the_start(*trainers)
    outcomes = race(real_database, ACT("plan"), "2027-03-13")
    assert sum(int(count) * times for count, times in outcomes.items()) == 40
    assert Counter(Notice.objects.values_list("event", flat=True)) == {"before_1:2027-03-14": 40}
    assert Notice.objects.values("trainer").distinct().count() == 40
    assert set(Cycle.objects.values_list("remind_on", flat=True)) == {date(2027, 3, 14)}


def test_a_trainer_who_renews_during_the_sweep_gets_no_reminder(real_database, ready, clock_at):
    factories.remind_from_the_start(ready)
    outcomes = race(real_database, ACT("plan_or_submit"), "2027-03-13", ready.email)
    assert set(outcomes) <= {"planned", "submitted"}
    clock_at("2027-03-13 11:00")
    send_due()
    assert Notice.objects.get(kind="renewals.reminder").state == "superseded"
