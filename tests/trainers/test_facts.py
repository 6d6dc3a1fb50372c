"""What only some policies ask about a person: asked on a page, stated by trainer or staff, counted by the rules."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from ceus.standing import facts_for, facts_for_all
from core.errors import Refusal
from core.models import Erasure, HistoryEntry
from hardship.extendable_days import bare_standing
from renewals.circumstances import HELD
from renewals.services import submit_application
from rules.facts import NO_CIRCUMSTANCES
from tests import factories
from tests.bodies import ASKING, ASKING_HEAD, let_follow
from tests.merging.scenes import merged, second_account
from tests.reading import refused_with, text_of
from tests.renewals.scenes import VERSION, moment, submit
from tests.twice import FIRST, SECOND
from trainers.models import Credential, CredentialFact, Cycle
from trainers.services.erasing import erase_trainer, request_erasure
from trainers.services.facts import set_facts

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 3, 2, 12, tzinfo=ZoneInfo("America/Phoenix"))


@pytest.fixture
def cycle(jordan, follow_body, clock_at) -> Cycle:
    clock_at("2027-03-02")
    return let_follow(jordan.credentials.get(), follow_body(ASKING, ASKING_HEAD))


def price(cycle: Cycle) -> int:
    fresh = Cycle.objects.select_related("credential__trainer").get(pk=cycle.pk)
    fees = bare_standing(fresh, date(2027, 3, 2)).fees
    return fees.total_cents if fees else 0


def state(cycle: Cycle, by=None, **answers: object) -> None:
    set_facts(cycle.credential, answers=answers, by=by or cycle.credential.trainer, at=NOON)


def test_a_trainer_sees_why_each_fact_is_asked_and_states_it(cycle, signed_in):
    browser = signed_in(cycle.credential.trainer)
    shown = text_of(browser.get("/account/facts/"))
    assert "From 65 on it is $50." in shown
    assert "In the north it is $60." in shown
    assert "Members pay $79." in shown
    assert "Never asked" not in shown
    posted = {
        "born_on_month": "3",
        "born_on_day": "2",
        "born_on_year": "1962",
        "country": "CA",
        "hours": "120",
    }
    assert browser.post("/account/facts/", posted).status_code == 302
    assert price(cycle) == 5000
    more = facts_for(Cycle.objects.get()).more
    assert (more.born_on, more.country, more.own) == (date(1962, 3, 2), "CA", {"hours": 120})
    assert 'value="120"' in browser.get("/account/facts/").content.decode()


def test_home_asks_for_what_is_not_stated_and_is_done_when_all_is(cycle, signed_in):
    browser = signed_in(cycle.credential.trainer)
    assert "The rules ask for: Day of birth, Country, Region, Hours of work" in text_of(browser.get("/home/"))
    state(cycle, born_on=date(1990, 1, 1), country="US", region="north", hours=0)
    home = text_of(browser.get("/home/"))
    assert "The rules ask for" not in home
    assert "What we need to know" in home
    assert 'href="/account/facts/"' in browser.get("/account/").content.decode()


def test_what_is_stated_decides_price_and_requirements(cycle, registrar):
    assert price(cycle) == 9900
    state(cycle, region="north")
    assert price(cycle) == 6000
    set_facts(cycle.credential, answers={"member": True}, by=registrar, at=NOON, reason="On the list.")
    assert price(cycle) == 7900
    state(cycle, country="US")
    fresh = Cycle.objects.get()
    assert "passed" in bare_standing(fresh, date(2027, 3, 2)).unmet
    set_facts(cycle.credential, answers={"exam": True}, by=registrar, at=NOON, reason="Seen.")
    assert "passed" not in bare_standing(Cycle.objects.get(), date(2027, 3, 2)).unmet


def test_history_says_what_was_stated_and_the_same_again_writes_nothing(cycle):
    for _ in range(2):
        state(cycle, region="south_east", born_on=date(1990, 1, 1))
    entry = HistoryEntry.objects.get(verb="facts_set")
    assert entry.detail == {"Region": ["", "south east"], "Day of birth": ["", "1990-01-01"]}
    state(cycle, region=None, born_on=None)
    assert not CredentialFact.objects.exists()
    assert HistoryEntry.objects.filter(verb="facts_set").count() == 2


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({"member": True}, "not_yours"),
        ({"exam": True}, "not_yours"),
        ({"never_asked": date(2026, 1, 1)}, "not_asked"),
        ({"unheard_of": "x"}, "not_asked"),
        ({"born_on": date(2014, 3, 2)}, "impossible"),
        ({"born_on": date(1899, 12, 31)}, "impossible"),
        ({"country": "XX"}, "impossible"),
        ({"region": "west"}, "impossible"),
        ({"hours": -1}, "impossible"),
        ({"hours": 1_000_000_000}, "impossible"),
        ({"hours": True}, "wrong_kind"),
        ({"region": 7}, "wrong_kind"),
    ],
)
def test_a_trainer_cannot_state_a_fact_of_staff_or_an_impossible_value(cycle, answers, code):
    with pytest.raises(Refusal) as refused:
        state(cycle, **answers)
    assert (refused.value.code, refused.value.field) == (code, next(iter(answers)))
    assert not HistoryEntry.objects.filter(verb="facts_set").exists()


def test_a_stranger_and_a_colleague_without_the_right_state_nothing(cycle, stranger, reviewer):
    for by in (stranger, reviewer, None):
        with pytest.raises(Refusal, match="Only a registrar"):
            set_facts(cycle.credential, answers={"region": "north"}, by=by, at=NOON, reason="Why not")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"hours": "9" * 30}, "Enter at most 999,999,999."),
        ({"hours": "1\x002"}, "Enter a whole number, such as 12."),
        ({"hours": "-1"}, "Enter 0 or more."),
        ({"region": "west"}, "Choose one of the list."),
        ({"country": "usa"}, "Choose one of the list."),
        ({"born_on_month": "2", "born_on_day": "30", "born_on_year": "1980"}, "as a real date"),
        ({"born_on_month": "2", "born_on_day": "28", "born_on_year": "2020"}, "this is no day of birth"),
    ],
)
def test_bad_answers_are_refused_at_their_field_and_store_nothing(cycle, signed_in, typed, sentence):
    answer = signed_in(cycle.credential.trainer).post("/account/facts/", typed)
    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
    assert not HistoryEntry.objects.filter(verb="facts_set").exists()


def test_a_policy_that_asks_for_nothing_costs_no_query_and_says_so(
    jordan, signed_in, django_assert_num_queries
):
    cycle = Cycle.objects.select_related("credential").get()
    with django_assert_num_queries(2):
        assert facts_for(cycle).more is NO_CIRCUMSTANCES
    with django_assert_num_queries(2):
        facts_for_all([cycle])
    assert "ask nothing about you" in text_of(signed_in(jordan).get("/account/facts/"))
    assert "/account/facts/" not in signed_in(jordan).get("/account/").content.decode()


def test_the_facts_of_many_cycles_take_one_query_for_each_kind(cycle, stranger, django_assert_num_queries):
    let_follow(stranger.credentials.get(), cycle.policy)
    state(cycle, region="north", country="CA")
    cycles = list(Cycle.objects.select_related("credential"))
    with django_assert_num_queries(5):  # records, their topics, what was granted, owners, stated facts
        found = facts_for_all(cycles)
    assert found[cycle.pk].more.own == {"region": "north"}
    assert found[cycle.pk].more.country == "CA"
    assert next(one for pk, one in found.items() if pk != cycle.pk).more is NO_CIRCUMSTANCES


def test_the_database_refuses_an_empty_value_a_second_row_and_an_impossible_day_of_birth(cycle, jordan):
    given = {"credential": cycle.credential, "code": "hours", "at": NOON}
    CredentialFact.objects.create(value="1", **given)
    for wrong in ({"value": "2"}, {"value": "", "code": "else"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            CredentialFact.objects.create(**{**given, **wrong})
    jordan.born_on = date(1899, 12, 31)
    with pytest.raises(IntegrityError), transaction.atomic():
        jordan.save()


def test_while_a_renewal_is_decided_its_trainer_changes_nothing_and_reads_why(cycle, signed_in):
    state(cycle, region="north")
    factories.CeuRecordFactory(credential=cycle.credential, hundredths=200, completed_on=date(2026, 3, 2))
    application = submit(cycle.credential.trainer, "2027-03-02")
    assert application.charge.amount_cents == 6000
    with refused_with(HELD, "held"):
        state(cycle, region="south_east")
    state(cycle, region="north")  # the same again is no change
    browser = signed_in(cycle.credential.trainer)
    assert HELD in text_of(browser.get("/account/facts/"))
    assert "<form" not in browser.get("/account/facts/").content.decode().partition("<main")[2]


def test_a_fact_about_the_person_stays_while_a_renewal_of_another_certification_is_decided(
    twice, follow_body, clock_at, stranger, signed_in
):
    clock_at("2026-06-18")
    policy = follow_body(ASKING, ASKING_HEAD)
    first, second = (let_follow(Credential.objects.get(number=one), policy) for one in (FIRST, SECOND))
    let_follow(stranger.credentials.get(), policy)
    factories.CeuRecordFactory(credential=second.credential, hundredths=200, completed_on=date(2025, 3, 2))
    submit_application(second, by=twice, at=moment("2026-06-18"), attestation_version=VERSION)
    with refused_with(HELD, "held"):
        state(first, country="CA")
    state(first, region="north")  # a fact of this certification alone
    state(Cycle.objects.latest_of(stranger.credentials.get()), country="CA")
    answer = signed_in(twice).post(f"/certifications/{FIRST}/account/facts/", {"country": "CA"})
    assert (answer.status_code, HELD in text_of(answer)) == (422, True)


def test_a_merged_account_passes_on_what_only_it_knew(cycle, jordan, lead):
    going = second_account(born_on=date(1962, 3, 2), country="CA")
    jordan.country = "US"
    jordan.save()
    merged(going, jordan)
    assert (jordan.born_on, jordan.country) == (date(1962, 3, 2), "US")


def test_an_erasure_removes_what_was_stated(cycle, jordan):
    state(cycle, region="north", born_on=date(1962, 3, 2), country="CA")
    request_erasure(jordan, by=jordan, at=NOON)
    erase_trainer(Erasure.objects.get(), at=NOON)
    jordan.refresh_from_db()
    assert (jordan.born_on, jordan.country, CredentialFact.objects.count()) == (None, "", 0)
