"""Staff act about each of a person's certifications: the page of the person offers it with the number, and
the address says which one is meant.
"""

import pytest
from django.urls import reverse

from ceus.standing import facts_for
from hardship.models import Relief
from payments.services.refund_checks import second_person_above
from tests import factories
from tests.bodies import ASKING, ASKING_HEAD, let_follow
from tests.hardship.scenes import TYPED, seen_in
from tests.reading import text_of
from tests.twice import RANKED
from trainers.models import Credential, Cycle

pytestmark = pytest.mark.django_db
LOWER_LIMIT = 'values = { refund_second_person_above_cents = { value = "15.00", text = "Two people above {value}." } }\n'
LATEST, EARLIER = "11934482", "55120007"  # through March 14, 2027 and through June 30, 2026


def links_for(desk, viewer, person) -> dict[str, str]:
    page = desk(viewer).get(reverse("admin:trainers_trainer_change", args=[person.pk])).context["page"]
    return {link.label: link.url for group in page.actions for link in group.links}


def test_the_page_of_a_person_with_two_certifications_offers_each_act_for_each(
    twice, stranger, lead, desk, clock_at
):
    clock_at("2026-06-18")
    acts = ("Extend a last day…", "Waive a fee…", "Ask what if…", "Suspend…", "Revoke…")
    links = links_for(desk, lead, twice)
    for act in acts:
        assert act not in links
        assert links[f"1193 4482: {act}"] != links[f"5512 0007: {act}"]
    assert set(acts) <= set(links_for(desk, lead, stranger))


def test_a_lead_moves_the_last_day_of_the_certification_that_ends_first(twice, lead, desk, clock_at):
    clock_at("2026-06-18")
    address = links_for(desk, lead, twice)["5512 0007: Extend a last day…"]
    typed = {**TYPED, "through_year": "2027", "through_month": "9"}
    looked = desk(lead).post(address, typed)
    assert "Expiration date: June 30, 2026, the same" in text_of(looked)
    desk(lead).post(address, {**typed, "confirmed": "yes", "seen": seen_in(looked)})
    assert Relief.objects.get().cycle.credential.number == EARLIER


def test_a_fee_of_the_certification_that_ends_first_is_waived_for_that_one(twice, lead, desk, clock_at):
    clock_at("2026-07-18")  # late for the one that ended on June 30
    words = text_of(desk(lead).get(links_for(desk, lead, twice)["5512 0007: Waive a fee…"]))
    assert "5512 0007" in words
    assert "Late fee" in words


def test_a_registrar_states_facts_for_the_certification_of_the_address_only(
    twice, registrar, desk, clock_at, follow_body
):
    clock_at("2026-06-18")
    policy = follow_body(ASKING, ASKING_HEAD)
    for number in (LATEST, EARLIER):
        let_follow(Credential.objects.get(number=number), policy)
    address = links_for(desk, registrar, twice)["5512 0007: What the rules ask…"]
    shown = desk(registrar).get(address)
    assert "What the rules of 5512 0007 ask about Jordan Rivera" in text_of(shown)
    present = shown.context["action"].present
    posted = {"exam": "yes", "present": present, "reason": "The list of June 1."}
    done = desk(registrar).post(address, posted)
    assert done.url == reverse("admin:trainers_trainer_change", args=[twice.pk])
    stated = {one.credential.number: facts_for(one).more.own for one in Cycle.objects.all()}
    assert (stated[EARLIER].get("exam"), stated[LATEST].get("exam")) == (True, None)


def test_the_simulator_asks_what_if_with_the_facts_of_the_certification_of_the_address(
    twice, stranger, lead, desk, clock_at
):
    clock_at("2026-06-18")
    page = desk(lead).get(links_for(desk, lead, twice)["5512 0007: Ask what if…"])
    assert "The facts of Jordan Rivera for 5512 0007 are filled in." in text_of(page)
    assert page.context["form"]["expires_on"].value() == ["6", "30", "2026"]
    theirs = f"{reverse('admin:policy_try')}?person={stranger.pk}&certification={EARLIER}"
    assert desk(lead).get(theirs).status_code == 404


def test_whether_a_refund_takes_two_people_follows_the_policy_of_the_certification_that_was_paid_for(
    ranked, stranger, clock_at
):
    at = clock_at("2027-03-02")
    first, _ = ranked(lower=RANKED + LOWER_LIMIT)
    trainer = first.credential.trainer
    limits = {
        code: second_person_above(factories.ChargeFactory(trainer=trainer, policy_version=code), at=at)
        for code in ("body@2000-01-01", "helper@2000-01-01", "", "gone@2000-01-01")
    }
    # The one that ends last is the lower one, through June 30, 2027.
    assert limits == {
        "body@2000-01-01": 10000,
        "helper@2000-01-01": 1500,
        "": 1500,
        "gone@2000-01-01": 1500,
    }
