"""The help for staff says what each role does, what takes two people, where things are, the keys and the words."""

import pytest

from staff.help import DAYS, TWO_PEOPLE
from staff.keys import KEYS
from staff.roles import GROUPS, SENTENCES
from tests.reading import text_of

pytestmark = pytest.mark.django_db
HELP = "/staff/help/"


def test_the_staff_help_has_a_sentence_and_a_description_of_the_day_for_every_role():
    assert set(DAYS) == set(SENTENCES) == set(GROUPS)


def test_the_help_text_of_a_role_mentions_reports_only_if_the_role_may_open_them():
    for name, permissions in GROUPS.items():
        said = " ".join((SENTENCES[name], *DAYS[name]))
        assert "report" not in said or "trainers.see_reports" in permissions, name


def test_the_staff_footer_links_to_the_help_which_lists_ones_own_role_first(reviewer, desk):
    browser = desk(reviewer)
    assert f'href="{HELP}"' in browser.get("/staff/").content.decode()
    answer = browser.get(HELP)
    assert answer.context["roles"][0].mine
    shown = text_of(answer)
    assert "Reviewer (you)" in shown
    assert shown.index("Reviewer (you)") < shown.index("Lead")
    assert "undo it for 10 minutes" in shown


def test_the_staff_help_names_every_two_person_rule_with_the_figures_in_force(lead, desk):
    answer = desk(lead).get(HELP)
    assert len(answer.context["rules"]) == len(TWO_PEOPLE)
    assert "A refund above $100" in text_of(answer)
    assert "A letter to more than 100 people" in text_of(answer)


def test_the_staff_help_names_every_keyboard_shortcut(lead, desk):
    shown = text_of(desk(lead).get(HELP))
    assert [meaning for _, meaning in KEYS if meaning not in shown] == []


def test_the_staff_help_links_only_to_lists_that_the_user_may_open(read_only, desk):
    browser = desk(read_only)
    places = browser.get(HELP).context["places"]
    links = [url for place in places for url in (place.url, *(one for _, one in place.lists))]
    assert links
    assert [url for url in links if browser.get(url).status_code != 200] == []


def test_a_trainer_gets_404_for_the_staff_help(stranger, signed_in):
    assert signed_in(stranger).get(HELP).status_code == 404
