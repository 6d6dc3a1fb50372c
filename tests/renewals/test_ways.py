"""One of several ways to renew: chosen with a confirmation until the renewal is sent; and what is stored with it."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from ceus.standing import facts_for
from core.errors import Refusal
from core.models import HistoryEntry
from hardship.extendable_days import bare_standing
from renewals.circumstances import HELD
from renewals.services.ways import choose_way
from tests import factories
from tests.audits.scenes import open_periods
from tests.bodies import let_follow
from tests.reading import refused_with, text_of
from tests.renewals.scenes import renew, submit
from trainers.models import Cycle

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 3, 2, 12, tzinfo=ZoneInfo("America/Phoenix"))
HEAD = 'facts = [{ code = "exam", kind = "yes_no" }]\n'
WAYS = """total = { value = "2.0" }
fees = [{ code = "renewal", amount = "99.00" }, { code = "sitting", amount = "150.00" }, { code = "life", amount = "399.00" }]
needs = [{ code = "passed", label = "Passed the exam", fact = "exam", when = { path = ["exam"] } }]
paths = [
    { code = "credits", text = "By courses." },
    { code = "exam", text = "By the exam again.", credits = false, adds = ["sitting"], in_place_of = ["renewal"] },
    { code = "canada", text = "Only there.", when = { country = ["CA"] } },
    { code = "life", text = "For life.", adds = ["life"], in_place_of = ["renewal"], lifetime = true },
]
tiers = [{ code = "back", after = "E", through = "E + 1 year", uses_at_most = 1 }]
"""


@pytest.fixture
def cycle(jordan, follow_body, clock_at) -> Cycle:
    clock_at("2027-03-02")
    return let_follow(jordan.credentials.get(), follow_body(WAYS, HEAD))


def price(cycle: Cycle) -> int:
    fees = bare_standing(Cycle.objects.select_related("credential").get(pk=cycle.pk), date(2027, 3, 2)).fees
    return fees.total_cents if fees else 0


def test_a_trainer_compares_the_ways_and_confirms_one(cycle, signed_in):
    browser = signed_in(cycle.credential.trainer)
    assert "Way to renew: Credits" in text_of(browser.get("/home/"))
    listed = text_of(browser.get("/renew/way/"))
    assert "By the exam again. Today it costs $150." in listed
    assert "Only there." not in listed
    assert "Passed the exam: this is missing." in text_of(browser.get("/renew/way/exam/"))
    assert price(cycle) == 9900
    assert browser.post("/renew/way/exam/").status_code == 302
    assert price(cycle) == 15000
    assert "Way to renew: Exam" in text_of(browser.get("/home/"))
    told = HistoryEntry.objects.get(verb="way_chosen")
    assert told.detail == {"way": ["", "exam"]}


def test_the_same_way_again_writes_nothing_and_another_one_changes_it(cycle, jordan):
    for way in ("exam", "exam", "credits"):
        choose_way(Cycle.objects.get(), way=way, by=jordan, at=NOON)
    assert Cycle.objects.get().path == "credits"
    assert HistoryEntry.objects.filter(verb="way_chosen").count() == 2


def test_a_way_that_is_not_open_is_not_chosen(cycle, jordan, stranger, signed_in):
    with refused_with("This way is not open to you.", "no_way"):
        choose_way(cycle, way="canada", by=jordan, at=NOON)
    with refused_with("This way is not open to you.", "no_way"):
        choose_way(cycle, way="no\x00such", by=jordan, at=NOON)
    with pytest.raises(Refusal):
        choose_way(cycle, way="exam", by=stranger, at=NOON)
    browser = signed_in(jordan)
    assert browser.get("/renew/way/canada/").url == "/renew/way/"
    assert Cycle.objects.get(pk=cycle.pk).path == ""


def test_a_renewal_that_is_eligible_only_for_life_is_not_taken_that_way_by_itself(
    follow_body, jordan, stranger, clock_at, signed_in
):
    clock_at("2027-03-02")
    easy = WAYS.replace('"For life.",', '"For life.", credits = false,')
    cycle = let_follow(jordan.credentials.get(), follow_body(easy, HEAD))
    assert price(cycle) == 9900
    with pytest.raises(Refusal, match="You need 2"):
        submit(jordan, "2027-03-02")
    assert Cycle.objects.get(pk=cycle.pk).path == ""
    assert "For life." in text_of(signed_in(jordan).get("/renew/way/"))


def test_a_chosen_way_that_closes_later_is_left_aside(cycle, jordan):
    jordan.country = "CA"
    jordan.save()
    fresh = Cycle.objects.get()
    choose_way(fresh, way="canada", by=jordan, at=NOON)
    jordan.country = ""
    jordan.save()
    assert price(cycle) == 9900
    standing = bare_standing(Cycle.objects.get(), date(2027, 3, 2))
    assert standing.more is not None
    assert standing.more.path == "credits"


def test_what_was_sent_stores_its_way_its_window_and_its_rules_and_holds_the_choice(
    cycle, jordan, lead, signed_in
):
    factories.CeuRecordFactory(credential=cycle.credential, hundredths=200, completed_on=date(2026, 3, 2))
    application = submit(jordan, "2027-03-02")
    assert (application.tier, application.policy_version) == ("on_time", "body@2000-01-01")
    assert application.charge.policy_version == "body@2000-01-01"
    assert Cycle.objects.get().path == "credits"
    with refused_with(HELD, "held"):
        choose_way(cycle, way="exam", by=jordan, at=NOON)
    assert "Renew this way</button>" not in signed_in(jordan).get("/renew/way/exam/").content.decode()
    desk = signed_in(lead)
    assert "body@2000-01-01" in text_of(
        desk.get(reverse("admin:payments_charge_change", args=[application.charge_id]))
    )


def test_a_tier_and_a_way_that_were_used_before_are_counted_and_a_tier_used_at_most_so_often(
    cycle, jordan, clock_at
):
    clock_at("2027-04-01")
    open_periods(policy_code="body")
    factories.CeuRecordFactory(credential=cycle.credential, hundredths=200, completed_on=date(2026, 3, 2))
    sent = renew(jordan, "2027-04-01")
    assert sent.tier == "back"
    following = Cycle.objects.get(starts_on=date(2027, 3, 15))
    more = facts_for(following).more
    assert (more.uses, more.previous_received_on) == ({"back": 1, "credits": 1}, date(2027, 4, 1))
    assert facts_for(cycle).more.uses == {}
    late = bare_standing(following, following.expires_on + timedelta(days=1))
    assert (late.accepts_application, late.tier) == (False, "closed")


def test_under_a_policy_without_ways_there_is_nothing_to_choose(jordan, signed_in, clock_at):
    clock_at("2027-03-02")
    browser = signed_in(jordan)
    assert "nothing to choose" in text_of(browser.get("/renew/way/"))
    assert browser.get("/renew/way/exam/").url == "/renew/way/"
