"""Fifty at once at one merge: it is done once or taken back, never both, and never both ways."""

import signal

from cases.merging_accounts import agree_to_merge
from cases.models import Proposal
from core import clock
from core.models import Merge
from outbox.models import Notice
from tests.merging.scenes import proposed, second_account
from tests.race import race
from tests.reading import state_of
from tests.renewals.scenes import moment
from trainers.models import Trainer

AT = moment("2027-03-02")


def test_fifty_simultaneous_confirmations_and_withdrawals_of_a_merge_have_one_outcome(
    real_database, jordan, lead, second_lead
):
    with clock.moved_to(AT):
        second = second_account()
        proposal = proposed(jordan, second)
    act = "tests.merging.racing:confirm_or_take_back"
    outcomes = race(real_database, act, str(proposal.pk), lead.email, second_lead.email)
    done = state_of(proposal) == "done"
    assert outcomes == {"done" if done else "dropped": 25, "out_of_order": 25}
    assert Merge.objects.count() == done
    assert Notice.objects.filter(kind="account.merged").count() == 2 * done


def test_fifty_simultaneous_proposals_of_a_merge_in_both_directions_leave_one_proposal(
    real_database, jordan, lead
):
    second = second_account()
    act = "tests.merging.racing:propose_either_way"
    outcomes = race(real_database, act, str(jordan.pk), str(second.pk), lead.email)
    proposal = Proposal.objects.get()
    assert outcomes == {f"going {proposal.subject}": 25, "exists": 25}


def confirm() -> None:
    with clock.moved_to(AT):
        proposal = Proposal.objects.get()
        agree_to_merge(proposal, by=Trainer.objects.get(name="Leo Lead"), at=AT)


def test_a_merge_killed_in_the_middle_leaves_two_accounts_and_is_made_again(
    real_database, jordan, lead, second_lead
):
    with clock.moved_to(AT):
        second = second_account()
        proposal = proposed(jordan, second)
    killed = real_database.run(confirm, PORTAL_FAULT="merging.moved:kill")
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    jordan.refresh_from_db()
    assert (state_of(proposal), jordan.is_active, jordan.credentials.count()) == ("waiting", True, 1)
    done = real_database.run(confirm)
    assert done.returncode == 0, done.stderr
    assert (state_of(proposal), jordan.credentials.count()) == ("done", 0)
    assert Merge.objects.get().staying == second
