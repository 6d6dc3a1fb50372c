"""Deciding in a real browser: a clean petition in two actions, a clean audit of five documents in seven, and the way back."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk_cases import Hand
from tests.browser.looks import listen, looks

pytestmark = [pytest.mark.browser]
REVIEWER = "reviewer@example.org"


def opened_pages(portal, reference: str) -> list[str]:
    """Who was shown which page of the documents of a petition, one line for each."""
    code = (
        "from documents.models import Viewing; from petitions.models import Petition;"
        f"rows = Viewing.objects.filter(document__petitions__reference='{reference}').order_by('document', 'page');"
        "print(*(f'{one.by.email} {one.page}' for one in rows), sep='\\n')"
    )
    return portal.manage("shell", "-v0", "-c", code).split("\n")[:-1]


def undo(page: Page) -> None:
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status").get_by_text("is taken back")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "without-javascript"])
def test_approving_a_clean_petition_takes_two_actions_and_undoing_it_one(visitor, portal, javascript):
    page, hand = visitor(REVIEWER, javascript=javascript), Hand()
    heard = listen(page)
    page.goto("/staff/petitions/petition/?shows=late")
    reference = page.locator("#result_list .field-reference").first.inner_text()
    hand.press(page.locator("#result_list tbody a[href*='/review/']").first)
    assert looks(page) == {} if javascript else True
    approve = page.get_by_role("button", name="Approve")
    expect(approve).not_to_have_class("two")
    hand.press(approve)
    assert hand.actions == 2
    bar = page.get_by_role("status", name="Decided")
    expect(bar).to_contain_text("Approved:")
    expect(bar).to_contain_text("in 10 minutes")
    expect(page.locator("main > *").first).to_have_class("undo")
    assert looks(page) == {} if javascript else True
    undo(page)
    expect(page.locator(".lead")).to_contain_text(reference)
    mine = [one for one in opened_pages(portal, reference) if one.startswith(REVIEWER)]
    assert mine == [f"{REVIEWER} 1"] * 2
    assert heard == []


def test_passing_a_clean_audit_of_five_documents_takes_seven_actions(visitor):
    page, hand = visitor(REVIEWER), Hand()
    page.goto("/staff/audits/audit/?shows=sent")
    hand.press(page.locator("#result_list tbody a[href*='/review/']").first)
    expect(page.get_by_role("heading", name="5 documents")).to_be_visible()
    assert "two" in page.get_by_role("link", name="Pass the audit").get_attribute("class")
    for number in (2, 3, 4, 5):
        hand.press(page.get_by_role("button", name=f"Accept, open {number}"))
        expect(page.get_by_role("heading", name=f"{number}. ")).to_be_visible()
    hand.press(page.get_by_role("button", name="Accept", exact=True))
    expect(page.get_by_text("All opened by you")).to_be_visible()
    assert looks(page) == {}
    hand.press(page.get_by_role("button", name="Pass the audit"))
    assert hand.actions == 7
    expect(page.get_by_role("status", name="Decided")).to_contain_text("Passed: the audit of Bo Svensson.")
    undo(page)


def test_an_enlarged_and_rotated_document_page_does_not_overflow_its_column(visitor):
    page = visitor(REVIEWER)
    heard = listen(page)
    page.goto("/staff/petitions/petition/")
    page.goto(page.locator("#result_list tbody a[href*='/review/']").first.get_attribute("href"))
    page.get_by_role("link", name="200 %").click()
    page.get_by_role("link", name="Turn by a quarter").click()
    assert int(page.locator("svg.sheet").get_attribute("width")) > 600
    assert "rotate(90)" in page.locator("svg.sheet image").get_attribute("transform")
    assert looks(page) == {}
    assert heard == []


@pytest.mark.parametrize("verb", ["Ask", "Decline"])
def test_choosing_a_reason_fills_in_the_text_which_can_be_edited_next_to_the_mail_preview(visitor, verb):
    page = visitor(REVIEWER)
    page.goto("/staff/petitions/petition/")
    page.goto(page.locator("#result_list tbody a[href*='/review/']").first.get_attribute("href"))
    page.get_by_role("link", name=verb).first.click()
    page.get_by_role("radio").nth(2).check()
    page.get_by_role("button", name="Show the mail first").click()
    words = page.get_by_role("textbox").last
    assert words.input_value() in page.locator("pre.letter").inner_text().replace("\n", " ")
    words.fill("Only in my own words.")
    page.get_by_role("button", name="Show the mail again").click()
    expect(page.locator("pre.letter")).to_contain_text("Only in my own words.")
    assert looks(page) == {}
