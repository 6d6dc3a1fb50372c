"""Home says the last day of the price, also where it is not the last day of the certification: after a weekend, and before the end."""

from datetime import date

import pytest

from tests.bodies import let_follow
from tests.reading import text_of

pytestmark = pytest.mark.django_db
PLAIN = """
total = { none = true, text = "No credits are needed." }
fees = [{ code = "renewal", amount = "99.00" }, { code = "late", amount = "30.00" }]
"""
MONDAY = """tiers = [
    { code = "on_time", from = "E - 90 days", through = "E or next business day" },
    { code = "late", after = "E or next business day", through = "E + 90 days", adds = ["late"] },
]
"""
EARLIER = """tiers = [
    { code = "on_time", from = "E - 90 days", through = "E - 5 days" },
    { code = "late", after = "E - 5 days", through = "E", adds = ["late"] },
]
"""


@pytest.mark.parametrize(
    ("tiers", "today", "said"),
    [
        # The certification ends on Sunday, March 14, 2027.
        (MONDAY, "2027-03-02", "Renew through March 15 to avoid the $30 late fee."),
        (MONDAY, "2027-03-14", "Your certification expires today Renew through March 15."),
        (EARLIER, "2027-03-02", "Renew through March 9 to avoid the $30 late fee."),
        (EARLIER, "2027-03-10", "Renew through March 14."),
        (EARLIER, "2027-03-14", "Today is the last day to renew on time Through 11:59 pm"),
    ],
)
def test_the_last_day_of_a_price_is_said_and_not_that_of_the_certification(
    jordan, stranger, signed_in, follow_body, clock_at, tiers, today, said
):
    clock_at(today)
    cycle = let_follow(jordan.credentials.get(), follow_body(PLAIN + tiers))
    assert cycle.expires_on == date(2027, 3, 14)
    told = text_of(signed_in(jordan).get("/home/"))
    assert said in told
    assert "Tomorrow it costs" not in told
