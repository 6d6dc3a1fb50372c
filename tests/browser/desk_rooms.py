"""What finance, leads and registrars do on a day at the desk, as a browser does it."""

import re
import time

from playwright.sync_api import Page, expect

from tests.browser.desk_cases import confirm, find
from trainers.allauth_internals import totp_code

MONEY = "/staff/payments"


def fill_day(page: Page, name: str, month: int, day: int, year: int) -> None:
    group = page.get_by_role("group", name=name)
    for part, value in (("Month", month), ("Day", day), ("Year", year)):
        group.get_by_label(part, exact=True).fill(str(value))


def open_payment(page: Page, who: str) -> None:
    """From a person's page to the form that gives their payment back."""
    find(page, who)
    page.get_by_role("link", name="Refund a payment…").click()
    page.get_by_label("Our own error").check()
    page.get_by_role("textbox", name="Reason").fill("We charged what was not due.")


def refund(page: Page, who: str) -> None:
    open_payment(page, who)
    confirm(page, "Show the mail first", "Give this money back")
    expect(page.get_by_role("status").first).to_contain_text("is on its way")


def refund_by_hand(page: Page, who: str) -> None:
    open_payment(page, who)
    page.get_by_label("It was already returned by hand").check()
    page.get_by_role("textbox", name="Reference of the bank transfer or check").fill("Transfer 2027-17")
    page.get_by_label("I checked that the money has left").check()
    confirm(page, "Show the mail first", "Give this money back")
    expect(page.get_by_role("status").first).to_contain_text("is recorded as returned by hand")


def refund_by_two(first: Page, second: Page, who: str) -> None:
    """Above the limit one asks, and another approves."""
    open_payment(first, who)
    first.get_by_role("button", name="Show the mail first").click()
    expect(first.get_by_role("status").first).to_contain_text("129.00 USD waits for a second person.")
    second.goto(f"{MONEY}/refund/?state__exact=waiting")
    second.locator("#result_list tbody a").first.click()
    second.get_by_role("link", name="Approve").click()
    confirm(second, "Show the mail first", "Approve this refund")
    expect(second.get_by_role("status").first).to_contain_text("129.00 USD is on its way.")


def answer_dispute(page: Page) -> None:
    """Look at the dispute with its last day, and decide about what was paid for with its fee."""
    page.goto(f"{MONEY}/dispute/")
    row = page.locator("#result_list tbody tr").first
    expect(row).to_contain_text("Dana Fields")
    expect(row).to_contain_text("days left")
    row.get_by_role("link").first.click()
    page.get_by_role("link", name="The charge").click()
    page.get_by_role("link", name="Decide: the fee went back").click()
    page.get_by_label("The renewal ends: it is denied, with your reason").check()
    page.get_by_role("textbox", name="Reason").fill("Your bank took the fee back.")
    confirm(page, "Show the mail first", "Decide")


def extend(first: Page, lead: Page, who: str) -> None:
    find(first, who)
    first.get_by_role("link", name="Extend a last day…").click()
    first.get_by_label("To complete courses").first.check()
    fill_terms(first, "Military service")
    fill_day(first, "New last day", 12, 31, 2027)
    first.get_by_role("button", name="Show what changes").click()
    first.get_by_role("button", name="Propose it").click()
    lead.goto("/staff/hardship/relief/")
    lead.locator("#result_list tbody tr", has_text=who).get_by_role("link").first.click()
    lead.get_by_role("link", name="Grant…").click()
    lead.get_by_role("button", name="Show what changes").click()
    lead.get_by_role("button", name="Move the last day").click()
    expect(lead.get_by_role("status").first).to_contain_text(f"The last day is moved, and {who} is told.")


def fill_terms(page: Page, why: str) -> None:
    page.get_by_label(why).check()
    page.get_by_role("textbox", name="In words").fill("We know that you were away.")
    page.get_by_role("textbox", name="What you know, for colleagues and auditors").fill("Orders seen.")


def waive(page: Page, who: str) -> None:
    find(page, who)
    page.get_by_role("link", name="Waive a fee…").click()
    page.get_by_label("Late fee").check()
    fill_terms(page, "Illness")
    page.get_by_role("button", name="Show what changes").click()
    page.get_by_role("button", name="Waive it").click()
    expect(page.get_by_role("status").first).to_contain_text(f"It is waived, and {who} is told.")
    expect(page.locator("[aria-current=true]", has_text="Late, today")).to_contain_text("$99")


def correct(page: Page, who: str) -> None:
    """The day of one course was typed wrong."""
    find(page, who)
    page.get_by_role("link", name="Squat Clinic").first.click()
    page.get_by_role("link", name="Correct").first.click()
    fill_day(page, "Day", 1, 4, 2027)
    page.get_by_role("textbox", name="Reason").fill("The certificate says January 4.")
    page.get_by_role("button", name="Show the mail first").click()
    expect(page.locator("main")).to_contain_text(f"{who}, 3000 0021, cycle through")
    page.get_by_role("button", name="Correct this record").click()


def merge(lead: Page, second: Page, who: str, other: str) -> None:
    """Two accounts of one person become one: a lead proposes it, and another confirms what moves."""
    find(lead, who)
    lead.get_by_text("Standing and account").click()
    lead.get_by_role("link", name="Merge with another account…").click()
    lead.get_by_label("Name, number or email address of the other account").fill(other)
    lead.get_by_role("button", name="Find it").click()
    lead.locator("main tbody").get_by_role("link").first.click()
    lead.get_by_role("radio", name=who).check()
    lead.get_by_role("textbox", name="How do you know").fill("The same card, seen on the phone.")
    lead.get_by_role("button", name="Show what moves").click()
    lead.get_by_role("button", name="Propose the merge").click()
    second.goto("/staff/cases/proposal/")
    second.locator("#result_list tbody tr", has_text=who).get_by_role("link").first.click()
    second.get_by_role("link", name="Confirm").click()
    confirm(second, "Show the mail first", "Merge the two accounts")


def relist(page: Page) -> None:
    """A course gives fewer CEUs, back to a day: the page names whom that touches."""
    page.goto("/staff/ceus/course/?q=Squat+Clinic")
    page.locator("#result_list tbody a").first.click()
    page.get_by_label("CEUs", exact=True).fill("0.3")
    page.get_by_role("textbox", name="New CEUs from").fill("2026-12-01")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What would this change?")
    expect(page.locator("main")).to_contain_text("of 2 people")
    expect(page.locator("main")).to_contain_text("0.4 CEUs, by the list 0.3 CEUs")
    page.get_by_label("Follow the list from now on").check()
    page.get_by_role("textbox", name="Reason").fill("It lasts three hours.")
    confirm(page, "Show the mail first", "Save and send 2 mails")


def invite(page: Page) -> None:
    page.goto("/staff/people/")
    page.get_by_role("link", name="Invite a colleague").click()
    page.get_by_role("textbox", name="Name").fill("Mina Duarte")
    page.get_by_role("textbox", name="Email").fill("mina@example.org")
    page.get_by_label("Reviewer").check()
    confirm(page, "Show the mail first", "Send the invitation")


def join(page: Page, link: str, code) -> None:
    """Accept the invitation, with the mailed code and an app as second factor; the desk opens."""
    page.goto(link)
    page.get_by_role("button", name="Accept the invitation").click()
    page.get_by_role("textbox", name="Code").fill(code())
    page.get_by_role("button", name="Sign in").click()
    secret = page.locator("code").inner_text()
    _enter_app_code(page, secret, "Add the app")
    _enter_app_code(page, secret, "Continue")
    page.get_by_role("link", name="I have kept them. Go on").click()
    expect(page.get_by_role("link", name="Petitions").first).to_be_visible()


def _enter_app_code(page: Page, secret: str, button: str) -> None:
    """Type what the app shows. Type what it shows next where the half minute ended between typing and sending."""
    for _ in range(2):
        page.get_by_role("textbox", name="Code").fill(totp_code(secret, unix_time=int(time.time()))[0])
        page.get_by_role("button", name=button).click()
        if not page.get_by_text("This is not the code").count():
            return


def read_report(page: Page, days: str) -> dict[str, tuple[str, int]]:
    """Open the rows of every figure. Return each figure as it is written, and how many rows it opened."""
    page.goto(f"/staff/reports/?days={days}")
    figures = page.locator(".figs > div").evaluate_all(
        "all => all.map(one => [one.querySelector('dt').innerText, one.querySelector('strong').innerText, one.querySelector('a').href])"
    )
    return {label: (value, _rows_at(page, url)) for label, value, url in figures}


def _rows_at(page: Page, url: str) -> int:
    page.goto(url)
    counted = re.search(r"\d+", page.locator(".paginator, .count-of").first.inner_text())
    return int(counted[0]) if counted else -1
