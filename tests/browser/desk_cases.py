"""What reviewers do on a day at the desk, as a browser does it: petitions and audits."""

from playwright.sync_api import Locator, Page, expect

PETITIONS, AUDITS = "/staff/petitions/petition/", "/staff/audits/audit/"


class Hand:
    """What somebody presses, counted."""

    def __init__(self) -> None:
        self.actions = 0

    def press(self, control: Locator) -> None:
        self.actions += 1
        control.click()


def find(page: Page, words: str) -> None:
    """Find a person from wherever the page is: one field, and Enter."""
    page.locator("#find").fill(words)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def confirm(page: Page, first: str, then: str) -> None:
    """Press the button that shows the mail, then the one that does it."""
    page.get_by_role("button", name=first).click()
    expect(page.locator("pre.letter").first).to_be_visible()
    page.get_by_role("button", name=then, exact=True).click()


def take_all(page: Page, queue: str, words: str, *, many: int, to: str) -> None:
    """Choose every row that fits `words`, and give them to one colleague; the page before says to how many."""
    page.goto(f"{queue}?q={words}&shows=nobody")
    page.locator("#action-toggle").check()
    page.get_by_role("combobox", name="Action").select_option(label="Assign…")
    page.get_by_role("button", name="Go", exact=True).click()
    expect(page.locator("main")).to_contain_text(f"It applies to {many} of {many}.")
    page.get_by_label("Who gets them").select_option(label=f"{to} (you)")
    page.get_by_role("button", name=f"Assign {many}").click()
    expect(page.get_by_role("status").first).to_contain_text(f"{many} of {many} given to {to}.")


def open_first(page: Page, queue: str, hand: Hand) -> None:
    page.goto(f"{queue}?shows=mine")
    hand.press(page.get_by_role("link", name="Open the first"))


def approve(page: Page, hand: Hand) -> str:
    """Approve what is open as it stands, and return its title; the next one opens."""
    title = page.get_by_role("heading", level=1).inner_text()
    hand.press(page.get_by_role("button", name="Approve 0.4 CEUs"))
    expect(page.get_by_role("status", name="Decided")).to_contain_text("Approved: 0.4 CEUs")
    return title


def grant_less(page: Page) -> None:
    page.get_by_role("link", name="Approve another number").click()
    page.get_by_role("textbox", name="CEUs granted").fill("0.3")
    page.get_by_label("Fewer contact hours are shown").check()
    confirm(page, "Show the mail first", "Approve")


def ask(page: Page) -> None:
    page.get_by_role("link", name="Ask").first.click()
    page.get_by_role("textbox", name="Your question").fill("Who led the practice?")
    confirm(page, "Show the mail first", "Ask this")


def decline(page: Page) -> None:
    page.get_by_role("link", name="Decline").click()
    page.get_by_label("The documents do not show enough").check()
    confirm(page, "Show the mail first", "Decline")


def undo(page: Page) -> None:
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status").get_by_text("is taken back")).to_be_visible()


def decide_together(first: Page, second: Page) -> str:
    """Two reviewers have the same petition open; the first decides, and the second is told so in one sentence."""
    second.goto(first.url)
    title = approve(first, Hand())
    second.get_by_role("button", name="Approve 0.4 CEUs").click()
    told = second.locator(".errors, .error-summary").first
    expect(told).to_contain_text(
        "Robin Review decided about this petition before you. Nothing was changed by you."
    )
    return title


def accept_each(page: Page, hand: Hand) -> None:
    """Accept the five documents of an audit, one after the other; each opens the next."""
    for number in (2, 3, 4, 5):
        hand.press(page.get_by_role("button", name=f"Accept, open {number}"))
        expect(page.get_by_role("heading", name=f"{number}. ")).to_be_visible()
    hand.press(page.get_by_role("button", name="Accept", exact=True))
    expect(page.get_by_text("All opened by you")).to_be_visible()


def pass_audit(page: Page, hand: Hand) -> None:
    accept_each(page, hand)
    hand.press(page.get_by_role("button", name="Pass the audit"))
    expect(page.get_by_role("status", name="Decided")).to_contain_text("Passed: the audit of Day")


def fail_unseen(page: Page) -> None:
    """Close an audit of which four documents were never opened: the page asks before it does."""
    page.get_by_role("link", name="Close as not passed").click()
    page.get_by_label("Documents are missing").check()
    page.get_by_role("button", name="Show the mail first").click()
    expect(page.locator(".warned")).to_contain_text("4 of 5 were not opened by you")
    page.get_by_role("button", name="Close as not passed anyway").click()
    expect(page.get_by_role("status", name="Decided")).to_contain_text("Not passed: the audit of Day")
