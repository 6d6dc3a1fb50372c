"""What prevents a merge of two accounts, and that a merge needs two leads."""

import pytest
from django.db import IntegrityError, transaction

from cases.merging_accounts import agree_to_merge, propose_merge
from cases.models import Proposal
from cases.two_people import take_back_proposal
from core import clock
from core.errors import Refusal
from core.models import Erasure, Merge
from names.models import NameRequest
from outbox.models import Notice
from tests.cast import colleague, member
from tests.factories import DocumentFactory, trainer_with_credential
from tests.merging.scenes import WHY, merged, older_account, proposed
from tests.reading import refused_with
from trainers.models import Invitation, Trainer
from trainers.services.credentials import suspend_credential
from trainers.services.registrar import change_name, deactivate_trainer, reactivate_trainer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(clock_at):
    clock_at("2027-03-02")


def refuses(going: Trainer, staying: Trainer, sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence):
        proposed(going, staying)
    assert not Proposal.objects.exists()


def test_an_account_is_not_merged_with_itself(jordan):
    refuses(jordan, jordan, "this one is the same")


def test_accounts_with_two_renewable_certifications_under_one_policy_cannot_be_merged(jordan):
    twin = trainer_with_credential(
        email="twin@example.org", number="20000009", awarded_on="2023-06-30", expires_on="2027-06-30"
    )
    refuses(twin, jordan, "1193 4482 and 2000 0009 can both be renewed")


@pytest.mark.parametrize("who", ["jordan", "older"])
def test_an_account_with_a_suspended_certification_cannot_be_merged(jordan, second, lead, who):
    person = jordan if who == "jordan" else second
    if who == "older":
        jordan.credentials.update(trainer=second)
    suspend_credential(
        person.credentials.get(), by=lead, at=clock.now(), on=clock.now().date(), reason="A complaint."
    )
    refuses(jordan, second, "Certification 1193 4482 is suspended. Reinstate it first")


def test_an_account_of_staff_or_of_an_invited_person_cannot_be_merged(jordan, second, reviewer, lead):
    refuses(jordan, reviewer, "Robin Reviewer .* works here")
    refuses(reviewer, jordan, "Robin Reviewer .* works here")
    Invitation.objects.create(
        person=second, role="reviewer", by=lead, sent_at=clock.now(), link_ends_at=clock.now()
    )
    refuses(second, jordan, "is invited to work here")


def test_an_account_cannot_be_merged_into_an_erased_or_closed_one(jordan, second, lead, registrar):
    deactivate_trainer(second, by=registrar, at=clock.now(), reason="They asked.")
    refuses(jordan, second, "Nobody can sign in")
    reactivate_trainer(second, by=registrar, at=clock.now(), reason="They asked.")
    Erasure.objects.create(trainer=second, asked_by=lead, asked_at=clock.now())
    refuses(jordan, second, "is erased, or somebody has asked for that")
    refuses(second, jordan, "is erased, or somebody has asked for that")


def test_accounts_with_a_name_request_each_cannot_be_merged_until_one_is_decided(jordan, second):
    for person in (jordan, second):
        proof = DocumentFactory(owner=person)
        NameRequest.objects.create(
            trainer=person, before="A", after="B", proof=proof, requested_at=clock.now()
        )
    refuses(jordan, second, "Both accounts ask for another name")


def test_a_closed_account_can_be_merged_into_an_open_one(jordan, second, registrar):
    deactivate_trainer(jordan, by=registrar, at=clock.now(), reason="They asked.")
    assert merged(jordan, second).staying == second


@pytest.mark.parametrize("who", ["reviewer", "finance", "registrar", "read_only", "stranger", "jordan"])
def test_only_leads_can_propose_and_confirm_a_merge(jordan, second, who, request):
    nobody = request.getfixturevalue(who)
    with pytest.raises(Refusal, match="Only a lead"):
        propose_merge(jordan, second, by=nobody, at=clock.now(), reason=WHY)
    proposal = proposed(jordan, second)
    with pytest.raises(Refusal, match="Only a lead"):
        agree_to_merge(proposal, by=nobody, at=clock.now())
    assert not Merge.objects.exists()


def test_proposing_a_merge_changes_nothing_and_its_author_cannot_confirm_it(jordan, second):
    both = member("Bo Both", "lead", "registrar", is_superuser=True)
    proposal = propose_merge(jordan, second, by=both, at=clock.now(), reason=WHY)
    with refused_with("You proposed this, so somebody else must confirm it.", "same_person"):
        agree_to_merge(proposal, by=both, at=clock.now())
    assert jordan.credentials.count() == 1
    assert not Notice.objects.exists()


def test_a_merge_proposed_without_a_reason_is_refused(jordan, second, lead):
    with pytest.raises(Refusal, match="Write the reason"):
        propose_merge(jordan, second, by=lead, at=clock.now(), reason=" ")


def test_the_database_refuses_a_merge_that_two_people_did_not_agree_to(jordan, second):
    proposed(jordan, second)
    with pytest.raises(IntegrityError, match="cases_merged_by_two"), transaction.atomic():
        Merge.objects.create(going=jordan, staying=second, email="x", at=clock.now())


def test_confirming_a_merge_twice_merges_once(jordan, second):
    proposal, lead = proposed(jordan, second), colleague("second_lead")
    for _ in range(2):
        assert agree_to_merge(proposal, by=lead, at=clock.now()).state == "done"
    assert Merge.objects.count() == 1
    assert Notice.objects.filter(kind="account.merged").count() == 2
    with pytest.raises(Refusal, match="part of that of"):
        proposed(jordan, second)


def test_a_merge_that_shares_an_account_with_a_proposed_one_is_refused(jordan, second):
    old = older_account()
    first = proposed(jordan, second)
    for going, staying in ((second, jordan), (second, old), (old, jordan)):
        with refused_with(
            "Lee Lead has proposed another merge of one of these accounts. Decide about that first.", "exists"
        ):
            proposed(going, staying)
    take_back_proposal(first, by=colleague("lead"), at=clock.now(), reason="The other way round.")
    assert proposed(second, jordan).trainer == jordan


def test_a_merge_that_became_impossible_is_refused_at_confirmation_and_stays_proposed(jordan, second, lead):
    proposal = proposed(jordan, second)
    suspend_credential(
        jordan.credentials.get(), by=lead, at=clock.now(), on=clock.now().date(), reason="A complaint."
    )
    with pytest.raises(Refusal, match="is suspended"):
        agree_to_merge(proposal, by=colleague("second_lead"), at=clock.now())
    proposal.refresh_from_db()
    assert proposal.state == "waiting"
    assert not Merge.objects.exists()


def test_a_merged_account_can_be_neither_reactivated_nor_renamed(jordan, second, registrar):
    merged(jordan, second)
    for act in (reactivate_trainer, deactivate_trainer):
        with pytest.raises(Refusal, match="part of another one"):
            act(jordan, by=registrar, at=clock.now(), reason="They asked.")
    with pytest.raises(Refusal, match="part of another one"):
        change_name(jordan, name="Jo", by=registrar, at=clock.now(), reason="They asked.")
    with pytest.raises(IntegrityError, match="trainers_merged_stays"), transaction.atomic():
        Trainer.objects.filter(pk=jordan.pk).update(is_active=True)
