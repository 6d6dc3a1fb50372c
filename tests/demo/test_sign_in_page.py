"""The demo's sign-ins on its own sign-in page: one click, and never outside the demo."""

import re
from datetime import date

import pytest

from demo.signins import refresh_sheet, write_signins
from demo.stage import PASSWORD
from tests.reading import text_of


@pytest.fixture
def demo_loaded(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    write_signins(date(2027, 3, 2))
    return tmp_path


def test_the_demos_sign_in_page_lists_its_people(demo_loaded, client, db):
    told = text_of(client.get("/account/login/"))
    assert "Demo: sign in as" in told
    assert "Jordan Rivera Ready to renew. The whole journey" in told
    assert "Robin Review Staff: reviewer" in told


def test_the_demos_sign_in_page_has_a_person_of_a_provider_beside_trainers_and_staff(demo_loaded, client, db):
    told = text_of(client.get("/account/login/"))
    assert "Penny Provider Provider: reports who completed its courses" in told
    assert "Provider: reports who completed its courses" in (demo_loaded / "demo.txt").read_text()


def test_the_demos_sign_in_page_has_a_person_of_an_employer(demo_loaded, client, db):
    told = text_of(client.get("/account/login/"))
    assert "Gina Gym Employer: sees which trainers of its team are certified" in told
    assert "Employer: sees which trainers of its team" in (demo_loaded / "demo.txt").read_text()


def test_a_button_of_the_demos_sign_in_page_signs_in_as_that_person(demo_loaded, jordan, client, clock_at):
    clock_at("2027-03-02")
    jordan.set_password(PASSWORD)
    jordan.save(update_fields=["password"])
    html = client.get("/account/login/?next=/my-courses/").content.decode()
    form = re.search(r"Demo: sign in as.*?</form>", html, re.DOTALL)[0]
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    assert hidden["next"] == "/my-courses/"
    button = re.search(r'name="login" value="(jordan@[^"]+)"', form)[1]
    assert client.post("/account/login/", {**hidden, "login": button})["Location"] == "/my-courses/"


def test_no_sign_ins_are_shown_in_production(demo_loaded, client, db, settings):
    settings.PRODUCTION = True
    html = client.get("/account/login/").content.decode()
    assert "Demo: sign in as" not in html
    assert PASSWORD not in html


@pytest.mark.parametrize("left", [None, "", "[]", "{"])
def test_no_sign_ins_are_shown_where_no_demo_was_loaded(client, db, settings, tmp_path, left):
    settings.VAR_DIR = tmp_path
    if left is not None:
        (tmp_path / "demo.json").write_text(left)
    assert "Demo" not in text_of(client.get("/account/login/"))


def test_the_demo_sign_in_list_for_another_day_describes_home_on_that_day(demo_loaded, jordan, db):
    jordan.last_login = "2027-01-01T00:00:00Z"
    jordan.save(update_fields=["last_login"])
    refresh_sheet(date(2027, 3, 20))
    sheet = (demo_loaded / "demo.txt").read_text()
    assert "(as on March 20, 2027)" in sheet
    assert re.search(r"jordan@example.org +Expired: Your certification expired on March 14, 2027", sheet)
