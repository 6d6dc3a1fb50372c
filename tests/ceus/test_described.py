"""What the rules of some bodies ask about a course: its topics, its format, its provider, and whether it was taken before."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import Error, transaction

from ceus.described import ensure_topics
from ceus.models import CeuRecord, Course, Topic
from ceus.services import log_course
from ceus.services.correcting import Corrected, correct_record
from ceus.standing import facts_for, facts_for_all, standing_for
from petitions import services
from petitions.models import Petition
from petitions.standing import hoped_facts
from tests import factories
from tests.bodies import let_follow
from tests.petitions.scenes import VERSION, decided, draft, pay, submitted
from tests.reading import refused_with, text_of
from trainers.models import Cycle

pytestmark = pytest.mark.django_db
NOON = datetime(2027, 3, 2, 12, tzinfo=ZoneInfo("America/Phoenix"))
TODAY = date(2027, 3, 2)
ASKS = """total = { value = "2.0" }
fees = [{ code = "renewal", amount = "99.00", instead = [{ when = { all_from = ["own"] }, amount = "0.00" }] }]
topics = ["law", "first_aid"]
formats = ["live", "online"]
repeats = { count = "never" }
limits = [
    { code = "law", label = "Law", over = { topics = ["law"] }, minimum = { value = "0.4" } },
    { code = "online", label = "Courses online", over = { formats = ["online"] }, maximum = { value = "0.3" } },
]
acts = [{ code = "petition", from = "S", through = "L", without = { formats = ["online"] }, text = "We look at courses on the spot." }]
values = { petition_fee = { value = "25.00", text = "Each course costs {value}." } }
"""


@pytest.fixture
def cycle(jordan, follow_body, clock_at) -> Cycle:
    """Jordan's cycle under a body that asks for law, caps what is online, and lets own courses be free."""
    clock_at("2027-03-02")
    cycle = let_follow(jordan.credentials.get(), follow_body(ASKS))
    ensure_topics()
    return cycle


def a_course(*topics: str, form: str = "live", code: str = "", **fields) -> Course:
    provider = factories.ProviderFactory(code=code)
    course = factories.CourseFactory(format=form, provider=provider, hundredths=40, **fields)
    course.topics.set(Topic.objects.filter(slug__in=topics))
    return course


def log(cycle: Cycle, course: Course, day: date = date(2026, 5, 3)) -> CeuRecord:
    trainer = cycle.credential.trainer
    record = log_course(
        cycle.credential, course=course, completed_on=day, certificate=None, by=trainer, at=NOON, today=TODAY
    )
    CeuRecord.objects.filter(pk=record.pk).update(state="accepted")
    return CeuRecord.objects.get(pk=record.pk)


def counted(cycle: Cycle, code: str) -> int:
    fresh = Cycle.objects.select_related("credential__trainer").get(pk=cycle.pk)
    found = {one.code: one.counted for one in standing_for(fresh, today=TODAY).requirements}
    return found[code]


def test_the_topics_that_a_policy_names_are_made_once_with_their_names_in_words(cycle):
    ensure_topics()
    assert set(Topic.objects.values_list("slug", "name")) == {("law", "Law"), ("first-aid", "First aid")}


def test_a_course_counts_for_its_topic_and_within_the_cap_of_its_format(cycle):
    record = log(cycle, a_course("law", form="online"))
    assert (record.topics, record.format) == ("law", "online")
    assert (counted(cycle, "law"), counted(cycle, "total")) == (30, 30)
    log(cycle, a_course("first-aid"), date(2026, 5, 4))
    assert (counted(cycle, "law"), counted(cycle, "total")) == (30, 70)


def test_a_record_keeps_what_its_course_was_when_it_was_logged(cycle):
    course = a_course("law")
    record = log(cycle, course)
    course.topics.clear()
    Course.objects.filter(pk=course.pk).update(format="online")
    assert counted(cycle, "law") == 40
    with pytest.raises(Error), transaction.atomic():
        CeuRecord.objects.filter(pk=record.pk).update(topics="first_aid")


def test_a_record_of_before_the_policy_named_anything_is_described_by_its_course_now(cycle):
    factories.CeuRecordFactory(
        credential=cycle.credential, course=a_course("law"), completed_on=date(2026, 5, 3), hundredths=40
    )
    assert counted(cycle, "law") == 40


def test_when_all_comes_from_the_provider_that_the_rules_name_the_renewal_is_free(cycle):
    log(cycle, a_course("law", code="own"))
    assert standing_for(cycle, today=TODAY).fees.total_cents == 0
    log(cycle, a_course("law"), date(2026, 5, 4))
    assert standing_for(cycle, today=TODAY).fees.total_cents == 9900


def test_a_course_that_counted_in_an_earlier_cycle_never_counts_again(cycle):
    course = a_course("law")
    CeuRecord.objects.filter(pk=log(cycle, course).pk).update(claimed_for=cycle)
    coming = factories.CycleFactory(
        credential=cycle.credential, starts_on=date(2027, 3, 15), expires_on=date(2029, 3, 14)
    )
    Cycle.objects.filter(pk=coming.pk).update(policy_code="body")
    log(coming, course, date(2027, 3, 2))
    (again,) = facts_for(Cycle.objects.select_related("credential__trainer").get(pk=coming.pk)).records
    assert again.details.taken_before


def test_a_correction_to_another_course_takes_over_what_that_one_is(cycle, lead):
    record = log(cycle, a_course("law"))
    other = a_course("first-aid", form="online")
    facts = Corrected(record.completed_on, record.hundredths, other)
    correct_record(record, facts=facts, by=lead, at=NOON, today=TODAY, reason="It was the other course.")
    record.refresh_from_db()
    assert (record.topics, record.format) == ("first_aid", "online")


def test_the_standings_of_many_have_what_the_standing_of_one_has(cycle):
    log(cycle, a_course("law", form="online"))
    fresh = Cycle.objects.select_related("credential__trainer").get(pk=cycle.pk)
    assert facts_for_all([fresh])[fresh.pk] == facts_for(fresh)


def test_a_petition_tells_how_its_course_was_held_and_what_it_granted_counts_for_its_topic(cycle, lead):
    trainer = cycle.credential.trainer
    law = Topic.objects.get(slug="law")
    petition = draft(trainer, at=NOON, topic=law, format="live")
    petition = services.send_petition(petition, by=trainer, at=NOON, attestation_version=VERSION)
    pay(petition.charge, at=NOON)
    petition = decided(
        services.submit_paid_petition(petition, at=NOON), "approve", by=lead, at=NOON, hundredths=40
    )
    assert (petition.record.topics, petition.record.format) == ("law", "live")
    assert counted(cycle, "law") == 40


def test_a_petition_that_the_policy_excludes_is_refused_with_its_sentence(cycle):
    trainer = cycle.credential.trainer
    petition = draft(trainer, at=NOON, format="online")
    with refused_with("We cannot be asked for this. We look at courses on the spot.", "excluded"):
        services.send_petition(petition, by=trainer, at=NOON, attestation_version=VERSION)
    assert Petition.objects.get().state == "draft"


def test_the_form_of_a_petition_asks_how_it_was_held_only_where_the_rules_do(
    cycle, stranger, signed_in, follow_body
):
    shown = signed_in(cycle.credential.trainer).get("/petitions/new/").content.decode()
    assert "How it was held" in shown
    assert "How it was held" not in signed_in(stranger).get("/petitions/new/").content.decode()


def test_the_catalogue_offers_the_formats_of_the_rules(cycle, client):
    shown = text_of(client.get("/courses/"))
    assert "Live Online" in shown
    assert "Home study" not in shown


REPORTED = ASKS + 'reporting = { days = 60, text = "Report each course within {value}." }\n'


@pytest.mark.parametrize(("completed_on", "counts"), [("2027-01-01", 40), ("2026-12-31", 0)])
def test_a_petitioned_course_is_reported_on_the_day_the_petition_was_sent_and_not_decided(
    cycle, follow_body, lead, completed_on, counts
):
    follow_body(REPORTED)
    petition = submitted(
        cycle.credential.trainer,
        at=NOON,
        title="Law on site",
        format="live",
        completed_on=date.fromisoformat(completed_on),
        began_on=None,
    )
    fresh = Cycle.objects.select_related("credential__trainer").get(pk=cycle.pk)
    hoped = standing_for(fresh, today=TODAY, hoped=hoped_facts(fresh, paid_by=NOON))
    assert [one.counted for one in hoped.records] == [counts]
    decided(petition, "approve", by=lead, at=NOON + timedelta(days=10), hundredths=40)
    assert counted(cycle, "total") == counts
