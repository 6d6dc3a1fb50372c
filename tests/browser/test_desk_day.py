"""A day at the desk: twenty petitions, ten audits, money, time, records, a colleague, the catalogue and Monday's
report, worked through by six people in their browsers.
"""

import json
from collections import Counter
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser import desk_rooms as rooms
from tests.browser.desk_cases import (
    AUDITS,
    PETITIONS,
    Hand,
    approve,
    ask,
    decide_together,
    decline,
    fail_unseen,
    find,
    grant_less,
    open_first,
    pass_audit,
    take_all,
    undo,
)
from tests.browser.served import Portal, open_portal
from tests.throwaway import DEMO_DAY

pytestmark = [pytest.mark.browser]
MAILS = {
    "petitions.approved": 19,  # one was decided before the day
    "petitions.denied": 1,
    "petitions.question": 1,
    "renewals.renewed": 9,
    "renewals.denied": 2,
    "payments.returned": 3,
    "hardship.more_time": 1,
    "hardship.waived": 1,
    "ceus.corrected": 1,
    "ceus.relisted": 2,
    "account.invited": 1,
    "account.merged": 2,
    "account.code": 1,
}
HAPPENED = {
    "Extra Time": (
        "Lee Lead granted more time",
        "Reggie Registrar corrected “Squat Clinic”: January 5, 2027 → January 4, 2027.",
        "“Squat Clinic” was counted anew: 0.4 CEUs → 0.3 CEUs.",
        "Ada Admin merged another account of this person into this one",
    ),
    "Fee Waived": ("Frankie Finance granted a waiver of the late fee.",),
    "Paid Late": ("Priya Patel approved a refund of $129.00",),
    "Day Zero": (
        "Robin Review passed audit A-",
        "The cycle April 17, 2027 through April 16, 2029 was opened.",
    ),
    "Dana Fields": ("Frankie Finance did not approve renewal R-", "Your bank took the fee back."),
}
DAY_AFTER = "2027-02-16"  # on which the day's last hour ends, when the test begins late in the evening
Desks = dict[str, Page]


@pytest.fixture(scope="module")
def portal(_workshop, demo_original) -> Iterator[Portal]:
    """A portal of its own, in which the work of the day waits."""
    first = "from tests.browser.desk_day import make_morning; make_morning()"
    with open_portal(_workshop, demo_original.database, first=first) as opened:
        yield opened


def _told(portal: Portal, call: str) -> str:
    """What a function of `tests.browser.desk_day` printed last."""
    code = f"from tests.browser import desk_day; desk_day.{call}"
    return portal.manage("shell", "-v0", "-c", code).strip().splitlines()[-1]


@pytest.fixture
def desks(visitor) -> Desks:
    """The desk of each colleague, each in a browser of its own."""
    names = {
        **{"robin": "reviewer", "ben": "second", "lee": "lead", "reggie": "registrar"},
        **{"frankie": "finance", "priya": "till", "ada": "admin"},
    }
    opened = {name: visitor(f"{login}@example.org") for name, login in names.items()}
    for page in opened.values():
        page.goto("/staff/")
    return opened


def decide_petitions(desks: Desks) -> None:
    """Twenty: a clean one is two actions; one is wanted by two; one is undone, one asked about, one declined."""
    robin, hand = desks["robin"], Hand()
    take_all(robin, PETITIONS, "Mobility", many=20, to="Robin Review")
    open_first(robin, PETITIONS, hand)
    approve(robin, hand)
    assert hand.actions == 2
    decide_together(robin, desks["ben"])
    grant_less(robin)
    undo(robin)
    grant_less(robin)
    ask(robin)
    decline(robin)
    for _ in range(15):
        approve(robin, Hand())


def decide_audits(desks: Desks) -> None:
    """Ten: a clean one of five documents is seven actions; one is closed although four were not opened."""
    robin, hand = desks["robin"], Hand()
    take_all(robin, AUDITS, "Day+", many=10, to="Robin Review")
    open_first(robin, AUDITS, hand)
    pass_audit(robin, hand)
    assert hand.actions == 7
    fail_unseen(robin)
    for _ in range(8):
        pass_audit(robin, Hand())


def move_money(desks: Desks) -> None:
    rooms.refund(desks["frankie"], "Beatriz Cordero")
    rooms.refund_by_hand(desks["frankie"], "Yusuf Demir")
    rooms.refund_by_two(desks["frankie"], desks["priya"], "Paid Late")
    rooms.answer_dispute(desks["frankie"])
    rooms.waive(desks["frankie"], "Fee Waived")


def mend(desks: Desks) -> None:
    rooms.extend(desks["robin"], desks["lee"], "Extra Time")
    rooms.correct(desks["reggie"], "Extra Time")
    rooms.relist(desks["lee"])
    rooms.merge(desks["lee"], desks["ada"], "Extra Time", "tyme@example.org")


def test_a_day_of_work_by_staff_in_the_browser_leaves_the_expected_decisions_money_and_mails(
    visitor, desks, portal
):
    before = json.loads(_told(portal, "read_day()"))
    decide_petitions(desks)
    decide_audits(desks)
    move_money(desks)
    mend(desks)
    rooms.invite(desks["lee"])
    link = _told(portal, "say_join_link('mina@example.org')")
    rooms.join(visitor(), link, lambda: _told(portal, "say_code('mina@example.org')"))
    _told(portal, "end_day()")
    after = json.loads(_told(portal, "read_day()"))
    assert after["petitions"] == {"approved": 18, "denied": 1, "question": 1}
    assert after["audits"] == {"passed": 9, "failed": 1}
    assert after["renewals"] == {"approved": 10, "denied": 1}
    assert _mails_since(before, after) == MAILS
    assert after["ledger"]["refund"] - before["ledger"].get("refund", 0) == 12900 + 2500 + 9900
    assert after["ledger"]["payment"] == before["ledger"]["payment"]
    _read_what_happened(desks["lee"])
    report = rooms.read_report(desks["lee"], f"{DEMO_DAY}..{DAY_AFTER}")
    assert {name: report[name] for name in ("Renewed", "Petitions decided", "Audits closed")} == {
        "Renewed": ("9", 9),
        "Petitions decided": ("20", 20),
        "Audits closed": ("10", 10),
    }


def _mails_since(before: dict, after: dict) -> dict[str, int]:
    new = Counter(after["mails"]) - Counter(before["mails"])
    return {kind: new[kind] for kind in MAILS}


def _read_what_happened(page: Page) -> None:
    """The timeline of each person says what was done to them today."""
    for name, sentences in HAPPENED.items():
        find(page, name)
        for sentence in sentences:
            expect(page.locator("#happened")).to_contain_text(sentence)
