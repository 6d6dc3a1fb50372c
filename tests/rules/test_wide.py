"""For a policy without optional sections, the code for optional sections gives the same answers as
the plain code.
"""

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from rules.answers import standing_as_dict
from rules.facts import APPLICATION, COMPLETION, RECORD_STATES, CycleExtension, Facts, RecordFact, Waiver
from rules.policy.load import load_policy
from rules.standing import assess
from rules.wide import assess_widely
from tests.rules.cases import policy_named

S, E = date(2024, 7, 1), date(2026, 6, 30)
days = st.dates(date(2024, 5, 1), date(2026, 11, 30))
records = st.builds(
    RecordFact,
    id=st.uuids().map(str),
    category=st.sampled_from(["education", "cpr_aed", "ethics", "leading", "yoga"]),
    ceus=st.integers(1, 120),
    completed_on=days,
    valid_through=st.none() | days,
    course=st.none() | st.sampled_from(["anatomy", "nutrition"]),
    state=st.sampled_from(RECORD_STATES),
)
record_lists = st.lists(records, max_size=8, unique_by=lambda record: record.id)
extensions = st.lists(
    st.builds(CycleExtension, st.sampled_from([APPLICATION, COMPLETION]), st.dates(E, date(2028, 5, 30))),
    max_size=2,
)
waivers = st.lists(
    st.builds(Waiver, st.sampled_from(["late", "renewal"]), st.none() | st.integers(1, 9000)), max_size=2
)
POLICIES = [load_policy(), policy_named("harbor-massage"), policy_named("summit-guides")]


@settings(deadline=None)
@given(
    st.sampled_from(POLICIES),
    record_lists,
    st.dates(date(2025, 12, 1), date(2027, 7, 10)),
    extensions,
    waivers,
)
def test_the_general_calculation_gives_a_simple_policy_the_same_answer_as_the_short_one(
    policy, records, on, extensions, waivers
):
    longer = extensions if policy.code == "nasm-cpt" else []  # the next E of the others is nearer
    facts = Facts(E, S, records=tuple(records), extensions=tuple(longer), waivers=tuple(waivers))
    plain, wide = assess(facts, on, policy), assess_widely(facts, on, policy)
    assert standing_as_dict(wide) == standing_as_dict(plain)
    assert [one.text for one in wide.records] == [one.text for one in plain.records]
    assert replace(wide, more=None, records=plain.records) == plain
