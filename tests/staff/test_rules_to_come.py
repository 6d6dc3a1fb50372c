"""Rules that begin on a day that is still to come, or after a cycle began: the first version counts before its own day."""

import pytest
from django.urls import reverse

from core.policy_words import version_today
from rules.policy.load import load_policy, use_policies_in
from tests.bodies import let_follow
from tests.reading import text_of

pytestmark = pytest.mark.django_db
RULES = 'total = { value = "2.0" }\nfees = [{ code = "renewal", amount = "99.00" }]\n'


@pytest.mark.parametrize("page", ["admin:index", "admin:help", "admin:reports"])
def test_the_desk_stands_before_the_first_day_of_its_rules(
    page, lead, stranger, desk, follow_body, tmp_path, clock_at
):
    clock_at("2027-03-02")
    follow_body(RULES)
    file = tmp_path / "body.toml"
    file.write_text(file.read_text("utf-8").replace("2000-01-01", "2027-06-01"), "utf-8")
    use_policies_in(tmp_path)
    assert str(version_today(load_policy("body")).in_force_from) == "2027-06-01"
    answer = desk(lead).get(reverse(page))
    assert (answer.status_code, bool(text_of(answer))) == (200, True)


@pytest.mark.parametrize("first_day", ["2027-01-01", "2027-06-01"], ids=["in-the-cycle", "to-come"])
def test_pages_of_a_person_open_whose_cycle_began_before_the_first_version_of_its_rules(
    first_day, jordan, signed_in, follow_body, tmp_path, clock_at
):
    clock_at("2027-03-02")
    follow_body(RULES)
    let_follow(jordan.credentials.get(), load_policy("body"))
    file = tmp_path / "body.toml"
    file.write_text(file.read_text("utf-8").replace("2000-01-01", first_day), "utf-8")
    use_policies_in(tmp_path)
    browser = signed_in(jordan)
    paths = "home my-courses renew renew/check petitions/new calculator transcript how-renewal-works account/name".split()
    assert {path: browser.get(f"/{path}/", follow=True).status_code for path in paths} == dict.fromkeys(
        paths, 200
    )
    assert "You need 2 more CEUs" in text_of(browser.get("/home/"))
