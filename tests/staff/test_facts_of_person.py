"""A registrar states what the policy asks about a person and the person cannot state."""

import pytest
from django.urls import reverse

from ceus.standing import facts_for
from core.models import HistoryEntry
from tests.bodies import ASKING, ASKING_HEAD, let_follow
from trainers.models import Cycle

pytestmark = pytest.mark.django_db


@pytest.fixture
def cycle(jordan, follow_body, clock_at) -> Cycle:
    clock_at("2027-03-02")
    return let_follow(jordan.credentials.get(), follow_body(ASKING, ASKING_HEAD))


def test_a_registrar_states_what_the_trainer_cannot_with_a_reason(cycle, registrar, desk):
    address = reverse("admin:trainers_credential_facts", args=[cycle.credential_id])
    browser = desk(registrar)
    person = reverse("admin:trainers_trainer_change", args=[cycle.credential.trainer_id])
    assert address in browser.get(person).content.decode()
    present = "Day of birth: Not stated; Country: Not stated; Member: No; Region: Not stated; Passed the exam: Not stated; Hours of work: Not stated"
    posted = {"exam": "yes", "member": "yes", "present": present}
    assert browser.post(address, posted).status_code == 422
    done = browser.post(address, {**posted, "reason": "The list of 1 March."}, follow=True)
    assert "It is saved." in done.content.decode()
    assert "stated what the rules ask" in done.content.decode()
    entry = HistoryEntry.objects.get(verb="facts_set")
    assert (entry.by, entry.reason) == (registrar, "The list of 1 March.")
    assert facts_for(Cycle.objects.get()).more.member


def test_nothing_is_offered_where_the_policy_asks_for_nothing(jordan, registrar, desk, clock_at):
    clock_at("2027-03-02")
    person = desk(registrar).get(reverse("admin:trainers_trainer_change", args=[jordan.pk]))
    address = reverse("admin:trainers_credential_facts", args=[jordan.credentials.get().pk])
    assert address not in person.content.decode()
    answer = desk(registrar).post(address, {"reason": "Why not"})
    assert (answer.status_code, "ask for nothing" in answer.content.decode()) == (422, True)
