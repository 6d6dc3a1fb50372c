"""A roster with columns for the facts that its policy declares: judged by their kinds, added once, and never replaced."""

import pytest

from core.models import HistoryEntry
from tests.bodies import ASKING, ASKING_HEAD
from tests.trainers.scenes import HEADER, KIM, ROBIN, row
from trainers.models import Credential, CredentialFact
from trainers.roster.reading import Unreadable

WITH_FACTS = f"{HEADER},facts.region,facts.exam,facts.hours,facts.never_asked"
PLAIN = 'total = { value = "2.0" }\nfees = [{ code = "renewal", amount = "99.00" }]\n'
HELD = f"{ROBIN},north,yes,120,2020-02-29"


@pytest.fixture
def asking(desk, follow_body):
    """The registrar's terminal, under a body that asks for a region, an exam and hours."""
    follow_body(ASKING, ASKING_HEAD)

    def bring_in(*rows: str, header: str = WITH_FACTS, **options):
        return desk.bring_in(*rows, header=header, policy="body", **options)

    desk.with_facts = bring_in
    return desk


def facts_of(number: str) -> dict[str, str]:
    rows = CredentialFact.objects.filter(credential__number=number)
    return dict(rows.values_list("code", "value"))


def test_a_new_row_brings_its_facts_as_they_are_stored_and_leaves_out_what_is_empty(asking):
    assert asking.with_facts(HELD, f"{KIM},South East,NO,,").new == 2
    assert facts_of("12345678") == {
        "region": "north", "exam": "yes", "hours": "120", "never_asked": "2020-02-29",
    }  # fmt: skip
    assert facts_of("22223333") == {"region": "south_east", "exam": "no"}
    told = HistoryEntry.objects.get(
        verb="facts_set", subject__endswith=f":{Credential.objects.get(number='22223333').pk}"
    )
    assert told.detail == {"Region": ["", "south east"], "Passed the exam": ["", "no"]}
    assert told.reason == "Roster roster.csv"


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ("west,,,", "line 2: bad, facts.region 'west': This must be one of north, south_east."),
        (",maybe,,", "line 2: bad, facts.exam 'maybe': Write yes or no, or leave it empty."),
        (",,-5,", "line 2: bad, facts.hours '-5': Write a whole number from 0 through 999,999,999,"),
        (",,1234567890,", "Write a whole number from 0 through 999,999,999, without separators."),
        (",,٣,", "Write a whole number from 0 through 999,999,999, without separators."),
        (",,,2/29/2020", "Write the day as year-month-day, such as 2027-03-14."),
        (",,,2021-02-29", "facts.never_asked '2021-02-29': There is no such day."),
        (",,,1812-03-01", "A day lies between 1900-01-01 and 2199-12-31."),
        (",a\ufffdb,,", "Some letters were lost."),
    ],
)
def test_a_fact_that_its_kind_does_not_allow_makes_its_row_bad_and_nothing_is_written(
    asking, cells, sentence
):
    assert asking.with_facts(f"{ROBIN},{cells}", f"{KIM},north,,,").bad == 1
    assert sentence in "\n".join(asking.said)
    assert not Credential.objects.filter(number__in=["12345678", "22223333"]).exists()


def test_every_bad_cell_of_a_row_is_named(asking):
    asking.with_facts(row(number="=1") + ",west,maybe,x,y")
    found = [said.split("'")[0] for said in asking.said]
    assert found == [
        f"line 2: bad, {column} "
        for column in ("number", "facts.exam", "facts.hours", "facts.never_asked", "facts.region")
    ]


def test_the_same_roster_again_changes_nothing_and_a_missing_fact_is_added(asking, stranger):
    asking.with_facts(f"{ROBIN},north,,,")
    assert asking.with_facts(f"{ROBIN},north,,,").unchanged == 1
    assert asking.with_facts(f"{ROBIN},north,yes,,").changed == 1
    assert asking.said == ["line 2: changed, 1234 5678, Robin Vale (facts.exam '' becomes 'yes')"]
    assert facts_of("12345678") == {"region": "north", "exam": "yes"}
    assert HistoryEntry.objects.filter(verb="facts_set").count() == 2
    assert not HistoryEntry.objects.filter(verb="changed_by_roster").exists()
    assert not CredentialFact.objects.filter(credential__trainer=stranger).exists()


def test_a_fact_that_we_hold_stays_and_the_report_says_so(asking):
    asking.with_facts(f"{ROBIN},north,,,")
    assert asking.with_facts(f"{ROBIN},south_east,,,").unchanged == 1
    said = "The fact facts.region 'south_east' is not taken over: 'north' was set here"
    assert asking.said == [f"line 2: unchanged, 1234 5678, Robin Vale. {said}"]
    assert facts_of("12345678") == {"region": "north"}


def test_a_roster_without_the_columns_is_read_as_before_and_an_unknown_fact_is_refused(asking, follow_body):
    assert asking.with_facts(ROBIN, header=HEADER).new == 1
    with pytest.raises(Unreadable, match=r"may name facts\.region,.*: the column facts\.height is not known"):
        asking.with_facts(f"{ROBIN},180", header=f"{HEADER},facts.height")
    follow_body(PLAIN)
    with pytest.raises(Unreadable, match=r"the column facts\.region is not known"):
        asking.with_facts(f"{ROBIN},north", header=f"{HEADER},facts.region")
