"""Keyboard shortcuts of the staff side: the page that lists them, and each person's own switch."""

import re

import pytest
from django.urls import reverse

from staff.keys import KEYS
from tests.petitions import scenes as stage

pytestmark = pytest.mark.django_db
SCRIPT = "js/keys"


def test_keyboard_shortcuts_are_on_until_a_person_switches_them_off_for_themselves(reviewer, lead, desk):
    mine, theirs = desk(reviewer), desk(lead)
    assert SCRIPT in mine.get("/staff/keys/").content.decode()
    answer = mine.post("/staff/keys/", {"wants": ""}, follow=True).content.decode()
    assert "The keys are off." in answer
    assert SCRIPT not in answer
    assert SCRIPT in theirs.get("/staff/keys/").content.decode()
    assert SCRIPT in mine.post("/staff/keys/", {"wants": "yes"}, follow=True).content.decode()
    assert sorted(reviewer.history.values_list("verb", flat=True)) == ["keys_off", "keys_on"]


def test_saving_keyboard_shortcuts_unchanged_writes_no_history(reviewer, desk):
    desk(reviewer).post("/staff/keys/", {"wants": "yes"})
    assert not reviewer.history.exists()


@pytest.mark.parametrize(
    ("address", "status", "heading"),
    [
        ("/staff/nothing/here/", 404, "We cannot find this page"),
        ("/staff/auth/group/", 403, "Not for your role"),
    ],
)
def test_an_error_page_of_the_staff_site_keeps_the_staff_layout(reviewer, desk, address, status, heading):
    answer = desk(reviewer).get(address)
    page = answer.content.decode()
    assert answer.status_code == status
    assert f"<h1>{heading}</h1>" in page
    assert 'role="search"' in page
    assert "Petitions" in page


def test_the_tabs_of_the_staff_site_are_those_that_the_role_may_open(reviewer, root, desk):
    tabs = {
        who: [tab.label for tab in desk(who).get("/staff/keys/").context["tabs"]] for who in (reviewer, root)
    }
    assert "People" not in tabs[reviewer]
    assert set(tabs[root]) - set(tabs[reviewer]) >= {"People"}
    assert tabs[reviewer][:5] == ["Today", "Petitions", "Audits", "Renewals", "Money"]


def test_the_layout_of_the_staff_site_uses_at_most_5_queries(reviewer, desk, django_assert_max_num_queries):
    client = desk(reviewer)
    with django_assert_max_num_queries(5):
        client.get("/staff/keys/")


def test_each_keyboard_shortcut_of_a_case_belongs_to_a_visible_control_and_none_decides(
    jordan, reviewer, desk, clock_at
):
    for title in ("First", "Second", "Third"):
        petition = stage.submitted(jordan, at=clock_at("2027-01-20 10:00"), title=title)
    second = jordan.petitions.get(title="Second")
    page = desk(reviewer).get(reverse("admin:petitions_petition_review", args=[second.pk])).content.decode()
    shown = {key: tag for tag, key in re.findall(r'<(\w+)[^>]*data-key="(.)"', page)}
    assert shown == {**dict.fromkeys("jkhne23", "a"), "1": "button", "o": "div"}
    assert all(f'<kbd aria-hidden="true">{key}</kbd>' in page for key in (*shown, "/"))
    assert set(shown) <= {key for key, _ in KEYS}
    assert petition.decisions.count() == 0


def test_a_case_shows_no_keyboard_shortcuts_to_a_person_who_switched_them_off(
    jordan, reviewer, desk, clock_at
):
    petition = stage.submitted(jordan, at=clock_at("2027-01-20 10:00"))
    client = desk(reviewer)
    client.post("/staff/keys/", {"wants": ""})
    page = client.get(reverse("admin:petitions_petition_review", args=[petition.pk])).content.decode()
    assert "<kbd" not in page
    assert "Snooze…" in page


def test_the_page_about_keyboard_shortcuts_names_every_shortcut(reviewer, desk):
    page = desk(reviewer).get("/staff/keys/").content.decode()
    assert [key for key, _ in KEYS] == list("/?jkox123ehnu")
    assert all(f"<strong>{key}</strong>" in page for key, _ in KEYS)
