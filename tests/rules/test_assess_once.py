"""An answer that is kept for the same question, and none that is kept too long."""

from dataclasses import replace
from datetime import date

from rules.facts import Circumstances, Facts, RecordFact
from rules.policy.load import load_policy
from rules.standing import assess, assess_once
from tests.rules.making import made

S, E = date(2024, 7, 1), date(2026, 6, 30)
TAKEN = RecordFact("71", "education", 190, date(2025, 3, 1))
MINE = Facts(E, S, records=(TAKEN,))


def test_the_same_question_is_worked_out_once():
    again = replace(MINE, records=(replace(TAKEN),))
    first = assess_once(MINE, E, load_policy())
    assert assess_once(again, E, load_policy()) is first
    assert first == assess(MINE, E, load_policy())


def test_a_question_that_differs_in_one_thing_gets_its_own_answer():
    assert assess_once(MINE, E, load_policy()).total.counted == 190
    strangers = replace(MINE, records=(replace(TAKEN, id="72", ceus=40),))
    assert assess_once(strangers, E, load_policy()).total.counted == 40
    rejected = replace(MINE, records=(replace(TAKEN, state="rejected"),))
    assert assess_once(rejected, E, load_policy()).total.counted == 0
    assert assess_once(MINE, date(2026, 7, 1), load_policy()).status == "expired"
    assert assess_once(MINE, E, made()).total.required == 2_000  # 20 of another body's credits


def test_a_fact_about_the_person_that_changes_in_place_is_seen():
    policy = made(
        'needs = [{ code = "passed", fact = "exam" }]\n',
        head='facts = [{ code = "exam", label = "The exam", kind = "yes_no" }]\n',
    )
    own = {"exam": False}
    asked = Facts(E, S, more=Circumstances(own=own))
    assert not assess_once(asked, E, policy).requirement("passed").met
    own["exam"] = True
    assert assess_once(asked, E, policy).requirement("passed").met
