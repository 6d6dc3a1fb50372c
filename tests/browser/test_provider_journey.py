"""A provider reports 30 attendees by a file, in a real browser; one of them finds the course counted."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.looks import problems
from tests.browser.served import Portal, open_portal

pytestmark = [pytest.mark.browser]
CAST = "from tests.providers.scenes import penny; penny()"
ROSTER = """
from core import clock
from trainers.models import Credential
day = clock.today("America/Phoenix").isoformat()
rows = Credential.objects.select_related("trainer").exclude(state="erased").filter(awarded_on__lt=day)
jordan = list(rows.filter(trainer__email="jordan@example.org"))
others = rows.exclude(trainer__email="jordan@example.org").order_by("pk")[:29]
print("number,name,course,completed_on")
for one in [*jordan, *others]:
    print(f'{one.number},"{one.trainer.name}",balance,{day}')
"""


@pytest.fixture(scope="module")
def portal(_workshop, demo_original) -> Iterator[Portal]:
    """The demo with Harbor Fitness Academy and Penny, who reports for it."""
    with open_portal(_workshop, demo_original.database, first=CAST) as opened:
        yield opened


@pytest.mark.parametrize("width", [320, 1280])
def test_a_provider_reports_30_attendees_by_file_and_one_finds_the_course_counted(
    visitor, portal, tmp_path, width
):
    file = Path(tmp_path, "attendees.csv")
    lines = [line for line in portal.manage("shell", "-v0", "-c", ROSTER).splitlines() if "," in line]
    file.write_text("\n".join(lines))
    assert len(lines) == 31
    page = visitor("penny@harbor.example.org", width=width)
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
    theirs = visitor("jordan@example.org", width=width)
    theirs.goto("/my-courses/")
    row = theirs.locator(".course", has_text="Balance for Runners")
    expect(row).to_contain_text("Reported by Harbor Fitness Academy")
    expect(row).to_contain_text("Counted")
