"""What leave takes off and adds, and yearly minima of a short first cycle, against the sums of docs/policy-format.md."""

from datetime import date, timedelta
from itertools import product

from tests.rules.cases import ask
from tests.rules.making import unchecked

FACTS = '[[facts]]\ncode = "leave"\nlabel = "Leave"\nkind = "number"\nby = "staff"\n[[facts]]\ncode = "rest"\nlabel = "Rest"\nkind = "number"\nby = "staff"\n'
LATE = 'tiers = [{ code = "on_time" }, { code = "late", after = "E", through = "E + 3 years" }]\n'


def test_leave_takes_off_and_rest_adds_so_much_for_each_and_at_most_so_much():
    for each, most, grows in product([1, 3, 7], ["", "7", "30"], [0, 5]):
        limit = f', at_most = "{most}"' if most else ""
        later = f', each_year = "{grows}"' if grows else ""
        rows = [
            f'{key} = {{ fact = "{fact}", each = "{each}"{limit} }}'
            for key, fact in (("less", "leave"), ("more", "rest"))
        ]
        total = f'{{ value = "20"{later}, {", ".join(rows)} }}'
        policy = unchecked(
            LATE,
            FACTS,
            f'in_force_from = 2000-01-01\ntotal = {total}\nfees = [{{ code = "renewal", amount = "1.00" }}]\n',
        )
        for leave, rest, (day, years) in product(
            [0, 1, 4, 25], [0, 2, 9], [("2026-06-30", 0), ("2026-07-01", 1), ("2027-07-01", 2)]
        ):
            told = {
                "facts": {"leave": leave, "rest": rest},
                "records": [],
                "cycle": {"expires_on": "2026-06-30"},
            }
            off, on = (min(each * count, int(most or 999)) for count in (leave, rest))
            required = ask({"as_of": day, **told}, policy)["requirements"][0]["required"]
            assert int(required) == max(0, 20 + grows * years - off + on), (total, leave, rest, day)


def test_a_minimum_in_each_year_stays_what_it_is_in_a_short_first_cycle():
    version = (
        'cycle = { length = "3 years", ends = "fixed", fixed_days = ["12-31"], first = { prorated = "whole" } }\n'
        'limits = [{ code = "each", per = "year", minimum = { value = "6" } }]\n'
    )
    policy = unchecked(version)
    awarded_on = date(2024, 1, 1)
    while awarded_on < date(2026, 12, 31):
        cycle = {"starts_on": str(awarded_on), "expires_on": "2026-12-31", "number": 1}
        answer = ask(
            {"as_of": "2026-12-31", "cycle": cycle, "awarded_on": str(awarded_on), "records": []}, policy
        )
        found = [one["required"] for one in answer["requirements"] if one["code"].startswith("each_")]
        assert found == ["6"] * (2027 - awarded_on.year), awarded_on  # a year of the cycle begins in each
        awarded_on += timedelta(days=37)
