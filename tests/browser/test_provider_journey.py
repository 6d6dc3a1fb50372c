"""A provider reports 30 attendees by a file, in a real browser; one of them finds the course counted and is
ready to renew, and the employer whom they let see it sees its team change.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looks import problems
from tests.browser.served import Portal, open_portal

pytestmark = [pytest.mark.browser]
CAST = (  # a gym of this test: Lakeside of the demo has a team already
    "from tests.providers.scenes import penny; from tests.employers.scenes import gina, lakeside; "
    "penny(), gina(lakeside('Northgate Gym'), 'Nora North')"
)
READY = "from tests.browser.people import ready; ready({!r}, {!r}, education=150)"
ROSTER = """
from core import clock
from trainers.models import Credential
day = clock.today("America/Phoenix").isoformat()
rows = Credential.objects.select_related("trainer").exclude(state="erased").filter(awarded_on__lt=day)
jordan = list(rows.filter(trainer__email="{email}"))
others = rows.exclude(trainer__email="{email}").order_by("pk")[:29]
print("number,name,course,completed_on")
for one in [*jordan, *others]:
    print(one.number, f'"{{one.trainer.name}}"', "balance", day, sep=",")
"""


@pytest.fixture(scope="module")
def portal(_workshop, demo_original) -> Iterator[Portal]:
    """The demo with Harbor Fitness Academy, for which Penny reports, and Northgate Gym, where Nora looks."""
    with open_portal(_workshop, demo_original.database, first=CAST) as opened:
        yield opened


def report_by_file(page: Page, file: Path) -> None:
    """As Penny, choose the file, read the answer to each row, and report."""
    page.goto("/provider/")
    assert not problems(page)
    page.get_by_role("link", name="Report by a file").click()
    assert not problems(page)
    page.get_by_label("File").set_input_files(file)
    page.get_by_role("button", name="Check the file").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing is reported yet")
    assert not problems(page)
    page.get_by_role("button", name="Report what can be taken").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Report B-")
    assert not problems(page)


def agree(page: Page, link: str) -> None:
    """As a trainer, follow an employer's link, read what it would see, and agree."""
    page.goto(link)
    assert not problems(page)
    page.get_by_role("button", name="Let them see it").click()
    expect(page.get_by_role("heading", level=3, name="Northgate Gym")).to_be_visible()
    assert not problems(page)


@pytest.mark.parametrize("width", [320, 1280])
def test_a_provider_reports_30_by_file_one_is_ready_to_renew_and_their_employer_sees_the_team_change(
    visitor, portal, tmp_path, width
):
    email, number = f"jordan{width}@example.org", f"7000{width:04}"
    printed = portal.manage("shell", "-v0", "-c", READY.format(email, number))
    portal.sessions[email] = printed.strip().splitlines()[-1]
    rows = portal.manage("shell", "-v0", "-c", ROSTER.format(email=email)).splitlines()
    lines = [line for line in rows if "," in line]
    assert len(lines) == 31
    file = Path(tmp_path, "attendees.csv")
    file.write_text("\n".join(lines))
    theirs = visitor(email, width=width)
    theirs.goto("/home/")
    expect(theirs.locator("main")).not_to_contain_text("Everything you need is done")
    report_by_file(visitor("penny@harbor.example.org", width=width), file)
    theirs.goto("/my-courses/")
    row = theirs.locator(".course", has_text="Balance for Runners")
    expect(row).to_contain_text("Reported by Harbor Fitness Academy")
    expect(row).to_contain_text("Counted")
    theirs.goto("/home/")
    expect(theirs.locator("main")).to_contain_text("Everything you need is done")
    gym = visitor("nora@lakeside.example.org", width=width)
    gym.goto("/employer/")
    expect(gym.locator("main")).to_contain_text("Nobody is on your team yet")
    assert not problems(gym)
    agree(theirs, gym.locator("code.long").inner_text())
    gym.reload()
    expect(gym.get_by_role("row", name="Jordan Rivera")).to_contain_text("March 14, 2027")
    assert not problems(gym)
    theirs.get_by_role("link", name="End this for Northgate Gym").click()
    theirs.get_by_role("button", name="End it").click()
    gym.reload()
    expect(gym.locator("main")).to_contain_text("Nobody is on your team yet")
