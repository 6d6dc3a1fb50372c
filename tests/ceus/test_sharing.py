"""Courses of somebody with two certifications: shared or separate, as the policy says."""

from datetime import date

import pytest

from ceus.models import CeuRecord
from ceus.services.claims import claim_records, release_records
from ceus.standing import facts_for, facts_for_all
from core.models import HistoryEntry
from renewals.attestation import attestation_for
from renewals.models import Application
from renewals.pages.snapshot import snapshot_of
from renewals.pages.snapshot_at_once import SNAPSHOT, snapshot_of_row
from renewals.services import submit_application
from rules.policy.load import use_policies_in
from tests import factories
from tests.reading import text_of
from tests.renewals import scenes
from tests.twice import BODY, FIRST, SECOND
from trainers.models import Credential, Cycle, Trainer


def course_of(cycle: Cycle, **fields) -> CeuRecord:
    return factories.CeuRecordFactory(**{"credential": cycle.credential, "hundredths": 200, **fields})


def renew(cycle: Cycle) -> Application:
    """Submit the renewal of one certification on June 18, 2026."""
    agreed = attestation_for(cycle.policy.version_on(date(2026, 6, 18))).version
    return submit_application(
        cycle, by=cycle.credential.trainer, at=scenes.moment("2026-06-18"), attestation_version=agreed
    )


def counted(cycle: Cycle) -> list[str]:
    return sorted(one.id for one in facts_for(cycle).records)


def test_a_shared_course_is_logged_once_and_shown_once_with_where_it_counts(two, twice, signed_in, clock_at):
    clock_at("2026-06-18")
    first, second = two("shared")
    record = course_of(first)
    early = course_of(first, completed_on=date(2024, 6, 30))  # the day before the second cycle begins
    browser = signed_in(twice)
    for number, names in ((FIRST, 2), (SECOND, 1)):
        words = text_of(browser.get(f"/certifications/{number}/my-courses/"))
        assert words.count("Counts for 1193 4482 and 5512 0007") == 1
        assert words.count("CEUs") >= names
    assert early.title not in text_of(browser.get(f"/certifications/{SECOND}/my-courses/"))
    page = browser.get(f"/certifications/{FIRST}/my-courses/{record.pk}/")
    assert "Counts for 1193 4482 and 5512 0007" in text_of(page)
    assert counted(first) == sorted([str(record.pk), str(early.pk)])
    assert counted(second) == [str(record.pk)]
    assert facts_for_all([first, second])[second.pk].records == facts_for(second).records


@pytest.mark.parametrize("credits", ["separate", ""])
def test_a_course_counts_for_one_certification_where_nothing_is_shared(
    two, twice, signed_in, clock_at, credits
):
    clock_at("2026-06-18")
    first, second = two(credits)
    course_of(first)
    assert counted(second) == []
    assert "Counts for" not in text_of(signed_in(twice).get(f"/certifications/{FIRST}/my-courses/"))


def test_a_course_that_another_renewal_used_does_not_count_where_credits_are_separate(two, clock_at):
    clock_at("2026-06-18")
    first, second = two("separate")
    used = course_of(first, claimed_for=first)
    again = course_of(second, course=used.course)
    other = course_of(second)
    found = {one.id: one.details.used_by for one in facts_for(second).records}
    assert found == {str(again.pk): ("Body Trainer",), str(other.pk): ()}
    answers = {one.id: one for one in snapshot_of(second, today=date(2026, 6, 18)).standing.records}
    assert answers[str(again.pk)].text == "This already counted for Body Trainer."
    assert answers[str(other.pk)].counted == 200


def test_a_renewal_claims_a_shared_course_with_its_own_record_and_leaves_the_other_as_it_is(two, clock_at):
    clock_at("2026-06-18")
    first, second = two("shared")
    record = course_of(first)
    application = renew(second)
    shared = CeuRecord.objects.get(claimed_for=second)
    assert (shared.credential, shared.shared_from, shared.state) == (second.credential, record, "accepted")
    assert [one.document for one in shared.evidence.all()] == [one.document for one in record.evidence.all()]
    record.refresh_from_db()
    assert record.claimed_for is None
    assert (counted(first), counted(second)) == ([str(record.pk)], [str(shared.pk)])
    assert HistoryEntry.objects.get(verb="shared").detail == {"record": record.pk}
    renew(second)
    assert CeuRecord.objects.exclude(state="removed").count() == 2
    assert release_records(second, by=None, at=application.received_at) == 1
    shared.refresh_from_db()
    assert (shared.state, shared.claimed_for) == ("removed", None)
    assert counted(second) == [str(record.pk)]


def test_a_course_logged_for_both_counts_once_for_each(two, clock_at):
    clock_at("2026-06-18")
    first, second = two("shared")
    record = course_of(first)
    twin = course_of(second, course=record.course)
    assert (counted(first), counted(second)) == ([str(record.pk)], [str(twin.pk)])


def test_what_was_rejected_or_is_of_an_unknown_category_or_another_person_is_not_shared(
    two, stranger, clock_at
):
    clock_at("2026-06-18")
    first, second = two("shared")
    course_of(first, state="rejected")
    course_of(first, category="unheard")
    factories.CeuRecordFactory(credential=stranger.credentials.get())
    assert counted(second) == []


def test_a_course_of_before_the_other_policy_was_in_force_is_shared_as_its_first_version_says(
    two, twice, follow_body, tmp_path, signed_in, clock_at
):
    clock_at("2026-06-18")
    first, second = two("shared")
    shares = BODY + 'several = { credits = "shared" }\n'
    follow_body(shares, beside={"helper": shares})
    file = tmp_path / "helper.toml"
    file.write_text(file.read_text("utf-8").replace("2000-01-01", "2026-01-01"), "utf-8")
    use_policies_in(tmp_path)
    Credential.objects.filter(pk=second.credential_id).update(policy_code="helper")
    record = course_of(second, completed_on=date(2025, 9, 1))
    assert counted(first) == [str(record.pk)]
    assert signed_in(twice).get(f"/certifications/{FIRST}/my-courses/").status_code == 200


def test_the_staff_page_reads_shared_courses_as_home_does(two, twice, clock_at):
    clock_at("2026-06-18")
    first, second = two("shared")
    record = course_of(first)
    row = Trainer.objects.annotate(**SNAPSHOT).get(pk=twice.pk)
    found = snapshot_of_row(row, second, today=date(2026, 6, 18))
    assert [one.id for one in found.facts.records] == [str(record.pk)]
    assert found.is_complete


def test_other_certifications_in_force_are_facts_for_the_rules(two, follow_body, clock_at):
    clock_at("2026-06-18")
    first, second = two("shared")
    (other,) = facts_for(second).more.also
    assert (other.code, other.expires_on, other.renewed) == ("body", date(2027, 3, 14), False)
    Credential.objects.filter(pk=first.credential_id).update(state="suspended", state_on=date(2026, 6, 1))
    assert facts_for(second).more.also == ()


def test_claiming_again_keeps_the_record_that_a_renewal_made_of_a_shared_course(two, clock_at):
    clock_at("2026-06-18")
    first, second = two("shared")
    course_of(first)
    application = renew(second)
    shared = CeuRecord.objects.get(claimed_for=second)
    at = application.received_at
    assert release_records(second, by=None, at=at, again=[shared.pk]) == 0
    assert claim_records(second, ids=[shared.pk], by=None, at=at) == 0
    shared.refresh_from_db()
    assert (shared.state, shared.claimed_for) == ("accepted", second)
