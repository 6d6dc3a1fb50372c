"""A petition names what it counts for where the policy has several categories of courses."""

from collections.abc import Iterator

import pytest

from petitions.forms import PetitionForm
from petitions.pages.check import petition_rows
from petitions.services.drafting import CourseFacts, start_petition
from rules.policy.load import use_policies_in
from tests.throwaway import ROOT

pytestmark = pytest.mark.django_db
FACTS = {"title": "Listening to clients", "provider_name": "Open Academy"}


@pytest.fixture
def therapist(jordan) -> Iterator[object]:
    """Jordan's credential, under a policy of hours with practice, ethics and self-study."""
    use_policies_in(ROOT / "tests" / "rules" / "policies")
    credential = jordan.credentials.get()
    credential.policy_code = "harbor-massage"
    credential.save()
    yield credential
    use_policies_in(None)


def test_the_form_offers_the_categories_and_the_unit_of_the_policy(therapist):
    form = PetitionForm(cycle=therapist.cycles.get(), owner=therapist.trainer)
    choices = [("practice", "practice"), ("ethics", "ethics"), ("self_study", "self-study")]
    assert form.fields["category"].choices == choices
    assert (form.fields["hours"].label, form.fields["hours"].help_text) == (
        "Hours",
        "As the certificate says.",
    )


def test_a_petition_keeps_the_category_that_was_chosen_and_the_check_page_names_it(therapist, clock_at):
    at = clock_at("2027-02-01 12:00")
    facts = CourseFacts(**FACTS, category="ethics", asked_hundredths=25)
    sent = start_petition(therapist, facts=facts, files={}, by=therapist.trainer, at=at)
    shown = {row.name: row.value for row in petition_rows(sent)}
    assert (sent.category, shown["Counts for"], shown["Hours"]) == ("ethics", "ethics", "2.5 hours")


def test_a_petition_without_a_chosen_category_gets_the_first_category_for_courses(jordan, clock_at):
    at = clock_at("2027-02-01 12:00")
    credential = jordan.credentials.get()
    assert "category" not in PetitionForm(cycle=credential.cycles.get(), owner=jordan).fields
    sent = start_petition(credential, facts=CourseFacts(**FACTS), files={}, by=jordan, at=at)
    assert sent.category == "education"
    assert "Counts for" not in {row.name for row in petition_rows(sent)}
