"""Fifty people at once at one proposal: it is confirmed once or taken back, never both."""

from datetime import date

from cases.revoking import propose_revocation
from outbox.models import Notice
from tests.race import race
from tests.reading import state_of
from tests.renewals.scenes import moment


def test_fifty_simultaneous_confirmations_and_withdrawals_of_a_proposal_have_one_outcome(
    real_database, jordan, lead, second_lead
):
    credential = jordan.credentials.get()
    proposal = propose_revocation(
        credential, by=lead, at=moment("2027-03-02"), on=date(2027, 3, 1), reason="Fraud."
    )
    act = "tests.cases.racing:confirm_or_take_back"
    outcomes = race(real_database, act, str(proposal.pk), lead.email, second_lead.email)
    done = state_of(proposal) == "done"
    assert outcomes == {"done" if done else "dropped": 25, "out_of_order": 25}
    assert state_of(credential) == ("revoked" if done else "in_force")
    assert Notice.objects.count() == done
