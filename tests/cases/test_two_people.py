"""Changes that need two people: one proposes it with a reason, another confirms it (Q24, invariant 14)."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from cases.invariants import CHECKS
from cases.models import Proposal
from cases.revoking import agree_to_revocation, propose_revocation
from cases.two_people import take_back_proposal
from core import clock
from core.errors import Refusal
from core.models import HistoryEntry
from core.personal_data import open_things
from outbox.models import Notice
from tests.cast import member
from tests.reading import refused_with, state_of
from trainers.models import Credential
from trainers.services import reinstate_credential, suspend_credential

pytestmark = pytest.mark.django_db
FRAUD = "The certificate of a course was altered."


@pytest.fixture
def credential(jordan, clock_at) -> Credential:
    clock_at("2027-03-02")
    return jordan.credentials.get()


def propose(credential: Credential, by, **changes) -> Proposal:
    asked = {"on": date(2027, 3, 1), "reason": FRAUD, **changes}
    return propose_revocation(credential, by=by, at=clock.now(), **asked)


def agree(proposal: Proposal, by) -> Proposal:
    return agree_to_revocation(proposal, by=by, at=clock.now())


def test_proposing_a_revocation_changes_no_state_and_sends_no_mail(credential, lead):
    proposal = propose(credential, lead)
    assert (proposal.state, state_of(credential)) == ("waiting", "in_force")
    assert not Notice.objects.exists()
    assert HistoryEntry.objects.get(verb="proposed").reason == FRAUD


def test_a_revocation_confirmed_by_a_second_lead_begins_on_the_proposed_day_with_one_mail(
    credential, lead, second_lead
):
    proposal = propose(credential, lead)
    agree(proposal, second_lead)
    agree(proposal, second_lead)
    credential.refresh_from_db()
    assert (credential.state, credential.state_on) == ("revoked", date(2027, 3, 1))
    assert Notice.objects.get().payload == {"state": "revoked", "on": "2027-03-01", "reason": FRAUD}
    told = HistoryEntry.objects.filter(subject=f"cases.proposal:{proposal.pk}").order_by("pk")
    assert list(told.values_list("verb", "by__name")) == [
        ("proposed", "Lee Lead"), ("agreed", "Leo Lead"), ("done", "Leo Lead"),
    ]  # fmt: skip
    assert [line for one in CHECKS for line in one.find()] == []


def test_the_person_who_proposed_a_revocation_cannot_confirm_it_even_with_every_role(credential):
    both = member("Bo Both", "lead", "registrar", is_superuser=True)
    proposal = propose(credential, both)
    with refused_with("You proposed this, so somebody else must confirm it.", "same_person"):
        agree(proposal, both)
    assert state_of(credential) == "in_force"


def test_the_database_refuses_a_revocation_by_one_person(credential, lead):
    propose(credential, lead)
    with pytest.raises(IntegrityError, match="cases_revoked_by_two"), transaction.atomic():
        Credential.objects.filter(pk=credential.pk).update(state="revoked")
    with pytest.raises(IntegrityError, match="cases_proposal_two_people"), transaction.atomic():
        Proposal.objects.update(state="agreed", agreed_by=lead, agreed_at=clock.now())


def test_the_agreement_to_an_earlier_revocation_does_not_allow_another_one(credential, lead, second_lead):
    agree(propose(credential, lead), second_lead)
    reinstate_credential(credential, by=lead, at=clock.now(), on=date(2027, 3, 2), reason="An error.")
    with pytest.raises(IntegrityError, match="cases_revoked_by_two"), transaction.atomic():
        Credential.objects.filter(pk=credential.pk).update(state="revoked")


@pytest.mark.parametrize("who", ["reviewer", "finance", "registrar", "read_only", "stranger", "jordan"])
def test_only_leads_propose_confirm_and_withdraw_a_revocation(credential, lead, who, request):
    other = request.getfixturevalue(who)
    with pytest.raises(Refusal, match="Only a lead"):
        propose(credential, other)
    proposal = propose(credential, lead)
    with pytest.raises(Refusal, match="Only a lead"):
        agree(proposal, other)
    with pytest.raises(Refusal, match="Only a lead"):
        take_back_proposal(proposal, by=other, at=clock.now(), reason="No.")
    assert state_of(proposal) == "waiting"


def test_a_lead_cannot_confirm_a_proposal_about_their_own_certification(credential, jordan, lead):
    jordan.is_staff = True
    jordan.save()
    jordan.groups.set(lead.groups.all())
    with refused_with("Others must decide about what is your own.", "own_case"):
        agree(propose(credential, lead), jordan)


def test_a_withdrawn_proposal_cannot_be_confirmed_but_can_be_made_again(credential, lead, second_lead):
    proposal = propose(credential, lead)
    for _ in range(2):
        take_back_proposal(proposal, by=lead, at=clock.now(), reason="It was another trainer.")
    with refused_with("Somebody has decided about this already.", "out_of_order"):
        agree(proposal, second_lead)
    assert (state_of(proposal), state_of(credential)) == ("dropped", "in_force")
    assert propose(credential, second_lead).pk != proposal.pk


def test_a_second_proposal_is_refused_with_the_name_of_the_first_proposer(credential, lead, second_lead):
    first = propose(credential, lead)
    assert propose(credential, lead) == first
    with refused_with("Lee Lead has proposed this already. It waits for a second person.", "exists"):
        propose(credential, second_lead)


def test_confirming_a_revocation_that_became_impossible_is_refused_and_it_stays_proposed(
    credential, lead, second_lead
):
    proposal = propose(credential, lead)
    suspend_credential(credential, by=lead, at=clock.now(), on=date(2027, 3, 2), reason="A complaint.")
    with pytest.raises(Refusal) as refusal:
        agree(proposal, second_lead)
    assert refusal.value.code == "day_out_of_range"
    assert (state_of(proposal), state_of(credential)) == ("waiting", "suspended")


def test_a_proposal_without_a_reason_or_for_a_future_day_is_refused(credential, lead):
    for changes in ({"reason": " "}, {"on": date(2027, 3, 3)}):
        with pytest.raises(Refusal):
            propose(credential, lead, **changes)
    assert not Proposal.objects.exists()


def test_an_open_proposal_delays_an_erasure_without_the_trainer_being_told_of_it(credential, jordan, lead):
    propose(credential, lead)
    (waits,) = open_things(jordan)
    assert waits.for_owner == ""
    assert "A proposal waits for a second person" in waits.for_staff


def test_the_proposal_page_lets_its_proposer_withdraw_and_another_lead_confirm(
    credential, lead, second_lead, reviewer, signed_in
):
    page = f"/staff/cases/proposal/{propose(credential, lead).pk}/"

    def offered(person) -> list[str]:
        return [tool.label for tool in signed_in(person).get(f"{page}change/").context["tools"]]

    assert offered(lead) == ["Take it back"]
    assert offered(second_lead) == ["Confirm", "Take it back"]
    assert offered(reviewer) == []
    for name in ("confirm", "take-back"):
        assert signed_in(reviewer).get(f"{page}{name}/").status_code == 403
    signed_in(lead).post(f"{page}take-back/", {"reason": "It was another trainer."})
    assert state_of(Proposal.objects.get()) == "dropped"
