"""Somebody who renewed as inactive, as staff read them: on their page, in the search, in lists, letters and a roster."""

import pytest
from django.urls import reverse

from staff.finding.asking import parse_question
from staff.finding.people import found_people, person_rows
from staff.letters.audiences import recipients_of
from tests.reading import text_of
from tests.renewals import scenes
from tests.resting import DAY, INSIDE, OVER, WAY_BACK, follow_resting, rest, send_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def resting(jordan, stranger, follow_body, clock_at, signed_in):
    clock_at(DAY)
    follow_resting(jordan, follow_body)
    return rest(jordan, signed_in(jordan))


def read(desk, lead, jordan, cycle) -> dict[str, str]:
    browser = desk(lead)
    paths = {
        "person": reverse("admin:trainers_trainer_change", args=[jordan.pk]),
        "list": reverse("admin:trainers_cycle_changelist"),
        "cycle": reverse("admin:trainers_cycle_change", args=[cycle.pk]),
    }
    return {name: text_of(browser.get(path)) for name, path in paths.items()}


def searched() -> tuple[str, str, str]:
    asked = parse_question("rivera")
    (found,) = person_rows(found_people(asked), asked)
    return found.kind, found.tag, found.line


def certified() -> list[str]:
    return [one.name for one in recipients_of("certified", "")]


def test_staff_read_inactive_in_its_cycle_and_not_before(resting, jordan, lead, desk, clock_at):
    said = read(desk, lead, jordan, resting)
    assert searched() == ("ok", "Active", "through March 14, 2027")
    assert certified() == ["Jordan Rivera", "Sam Stranger"]
    clock_at(INSIDE)
    said = read(desk, lead, jordan, resting)
    assert (
        "Inactive in the words of Home Your certification is inactive through March 14, 2029"
        in said["person"]
    )
    assert "first certified on" in said["person"]
    assert searched() == ("warn", "Inactive", "through March 14, 2029")
    assert "inactive" in said["list"]
    assert "active" in said["list"].replace("inactive", "")  # the cycle before
    assert "Renewed by inactive" in said["cycle"].replace(":", "")
    assert "Status inactive" in said["cycle"].replace(":", "")
    assert certified() == []


def test_the_way_back_makes_them_certified_for_staff_from_its_first_day(
    resting, jordan, lead, desk, signed_in, clock_at
):
    clock_at(WAY_BACK)
    sent = send_by("back", jordan, signed_in(jordan), WAY_BACK)
    page = reverse("admin:renewals_application_review", args=[sent.pk])
    assert "Your certification is inactive" not in text_of(desk(lead).get(page))
    scenes.pay(sent, WAY_BACK)
    assert certified() == []
    clock_at(OVER)
    assert certified() == ["Jordan Rivera"]


def test_a_list_of_cycles_has_no_column_of_statuses_where_no_policy_gives_one(jordan, lead, desk):
    assert "Status" not in text_of(desk(lead).get(reverse("admin:trainers_cycle_changelist")))
