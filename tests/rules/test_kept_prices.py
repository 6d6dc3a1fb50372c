"""What is computed once for many people is the same as what is computed for each of them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from rules.answers import standing_as_dict
from rules.facts import Circumstances, Facts, RecordFact
from rules.policy.load import load_policy_file
from rules.standing import assess
from tests.rules.cases import HERE

FILES = sorted((HERE / "bodies").glob("*.toml"))
E = date(2026, 6, 30)
DAYS = [E + timedelta(days=days) for days in (-400, -30, 0, 1, 45, 91, 364, 366)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_price_list_that_is_kept_is_that_of_the_person(path):
    policy = load_policy_file(path)
    kinds = [one.code for one in policy.versions[-1].categories]
    rows = [
        RecordFact(str(number), kind, policy.unit.step * 3000, E - timedelta(days=20 * number - 30))
        for number, kind in enumerate(kinds)
    ]
    for records in ((), tuple(rows[:1]), tuple(rows)):
        for awarded_on in (None, date(2010, 6, 30), date(2024, 6, 30)):
            for day in DAYS:
                facts = Facts(E, date(2024, 7, 1), awarded_on, records=records)
                own = replace(facts, more=Circumstances())  # equal, but not the one of whom nothing is told
                assert standing_as_dict(assess(facts, day, policy)) == standing_as_dict(
                    assess(own, day, policy)
                )
