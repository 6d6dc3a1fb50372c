"""Every effect has its sentence and its clause; sentences are short, plain, filled in, and free of the words we avoid."""

import pickle
import re
from copy import copy
from datetime import date

import pytest

from rules.answers import Standing
from rules.facts import Facts, FactsError, RecordFact
from rules.policy.load import load_policy
from rules.standing import assess
from tests.rules.cases import policy_named

E = date(2026, 6, 30)
S = date(2024, 7, 1)
AVOIDED = re.compile(r"lapsed|grace|delinquent|invalid|oops|please note|[{}]|None", re.IGNORECASE)
RECORDS = (
    RecordFact("unknown", "yoga", 50, date(2025, 1, 1)),
    RecordFact("pending", "education", 50, date(2025, 1, 1), state="pending"),
    RecordFact("rejected", "education", 50, date(2025, 1, 1), state="rejected"),
    RecordFact("unapproved", "education", 50, date(2025, 1, 2), approved_from=date(2025, 1, 3)),
    RecordFact("early", "education", 50, date(2024, 6, 30)),
    RecordFact("late", "education", 50, date(2026, 9, 29)),
    RecordFact("ended", "cpr_aed", 10, date(2025, 1, 1), valid_through=date(2026, 6, 29)),
    RecordFact("first", "education", 100, date(2025, 1, 1), course="c"),
    RecordFact("again", "education", 100, date(2025, 2, 1), course="c"),
    RecordFact("card", "cpr_aed", 30, date(2025, 3, 1)),
)


def standing(on: date, *records: RecordFact) -> Standing:
    return assess(Facts(E, S, records=records), on, load_policy())


def explained_texts(on: date, *records: RecordFact) -> list[tuple[str, str]]:
    return [(one.clause, one.text) for one in standing(on, *records).explanations]


def test_every_record_has_a_sentence_with_its_amount_and_reason():
    answers = {one.id: (one.counted, one.clause, one.text) for one in standing(E, *RECORDS).records}
    assert answers == {
        "unknown": (0, "S2", "This does not count, because the category “yoga” is not one of ours."),
        "pending": (0, "Q23", "This does not count yet, because it has not been accepted."),
        "rejected": (0, "Q10", "This does not count, because it was not accepted."),
        "unapproved": (
            0,
            "Q10",
            "This does not count, because the course was not approved on January 2, 2025.",
        ),
        "early": (
            0,
            "Q9",
            "This does not count, because June 30, 2024 is before your first day, July 1, 2024.",
        ),
        "late": (
            0,
            "S5",
            "This does not count, because September 29, 2026 is after the last day for courses, September 28, 2026.",
        ),
        "ended": (0, "Q11", "This does not count, because it ended on June 29, 2026, before June 30, 2026."),
        "first": (100, "", "This counts 1.0 CEU."),
        "again": (0, "Q12", "This does not count, because the same course counts once in a cycle."),
        "card": (10, "Q11", "0.1 of 0.3 CEUs count, because CPR and AED counts 0.1 CEUs at most."),
    }


def test_explanations_come_in_the_order_status_window_fees_missing_ceus_records():
    card = RecordFact("card", "cpr_aed", 30, date(2025, 3, 1))
    again = (
        RecordFact("a", "education", 50, date(2024, 1, 1)),
        RecordFact("b", "education", 50, date(2025, 1, 1)),
    )
    assert explained_texts(E, *again, card) == [
        ("Q1", "You are certified through June 30, 2026, to the end of that day."),
        ("Q8", "From January 1, 2026 through June 30, 2026 you renew on time. It costs $99."),
        ("Q6", "The renewal fee is $99."),
        ("S2", "You have 0.6 of 2.0 CEUs. You need 1.4 more."),
        ("Q9", "This does not count, because January 1, 2024 is before your first day, July 1, 2024."),
        ("Q11", "0.1 of 0.3 CEUs count, because CPR and AED counts 0.1 CEUs at most."),
    ]


def test_before_the_window_the_explanation_names_the_day_on_which_it_opens():
    assert explained_texts(date(2025, 12, 31))[1:] == [
        ("Q8", "You can renew from January 1, 2026."),
        ("Q6", "The renewal fee is $99."),
        ("S2", "You have 0.0 of 2.0 CEUs. You need 2.0 more."),
        ("S3", "You have 0.0 of 0.1 CEUs in CPR and AED. You need 0.1 more."),
    ]


def test_in_the_last_window_the_explanations_give_a_reason_for_each_fee():
    assert explained_texts(date(2027, 6, 29))[:5] == [
        ("S4", "Your certification expired on June 30, 2026. You can still renew it through June 29, 2027."),
        (
            "S7",
            "From September 29, 2026 through June 29, 2027 you can still renew, with an additional fee. It costs $149.",
        ),
        ("Q6", "The renewal fee is $99."),
        ("S6", "The late fee is $30, because the renewal comes after June 30, 2026."),
        ("S7", "The additional fee is $20, because the renewal comes after September 28, 2026."),
    ]


def test_after_the_last_window_the_explanations_name_no_fee():
    assert explained_texts(date(2027, 6, 30))[:3] == [
        ("S7", "Your certification ended on June 30, 2026. The last day to renew it was June 29, 2027."),
        ("Q4", "The last day to renew was June 29, 2027."),
        ("S2", "You have 0.0 of 2.0 CEUs. You need 2.0 more."),
    ]


def test_a_requirement_has_a_sentence_with_what_counts_and_what_is_missing():
    found = standing(
        E,
        RecordFact("a", "education", 150, date(2025, 1, 1)),
        RecordFact("b", "cpr_aed", 10, date(2025, 1, 1)),
    )
    assert found.total.text == "You have 1.6 of 2.0 CEUs. You need 0.4 more."
    assert (found.total.missing, found.total.met, found.total.label) == (40, False, "CEUs in a cycle")
    card = found.requirement("cpr_aed")
    assert card.text == "You have 0.1 of 0.1 CEUs in CPR and AED."
    assert (card.missing, card.met, card.clause) == (0, True, "S3")
    with pytest.raises(KeyError, match="education"):
        found.requirement("education")


def test_a_requirement_with_more_ceus_than_needed_is_missing_none():
    assert standing(E, RecordFact("a", "education", 350, date(2025, 1, 1))).total.missing == 0


def test_explanations_under_another_policy_use_that_policys_sentences():
    facts = Facts(date(2026, 5, 31), records=(RecordFact("s", "self_study", 165, date(2026, 1, 1)),))
    texts = [one.text for one in assess(facts, date(2026, 6, 1), policy_named("harbor-massage")).explanations]
    assert texts == [
        "Your certification expired on May 31, 2026. You can still renew it through July 31, 2026.",
        "You can renew through July 31, 2026 for €120.05.",
        "A stamp costs €0.05 from June 1, 2026 through July 31, 2026.",
        "The fee is €120, because the renewal comes after May 31, 2026.",
        "You have 15 of 45 hours. You need 30 more.",
        "You have 0 of 2 hours in ethics. You need 2 more.",
        "15 of 16.5 hours count, because self-study counts 15 hours at most.",
    ]


def test_sentences_before_during_and_after_a_window_can_name_the_end_of_the_cycle():
    facts = Facts(date(2026, 6, 30), date(2025, 7, 1))
    texts = [
        assess(facts, day, policy_named("summit-guides")).window_sentence
        for day in (date(2025, 12, 31), date(2026, 1, 1), date(2026, 5, 30))
    ]
    assert texts == [
        "From January 1, 2026.",
        "From January 1, 2026 through May 29, 2026 it costs USD 10; your badge ends on June 30, 2026.",
        "It was May 29, 2026; the badge ends on June 30, 2026.",
    ]


def test_a_date_named_by_the_policy_is_listed_under_that_name():
    dates = standing(E).dates
    assert dates.named == (("late_until", date(2026, 9, 28)),)
    assert copy(dates) == pickle.loads(pickle.dumps(dates)) == dates


def test_every_policy_sentence_is_short_plain_and_without_empty_placeholders():
    version = load_policy().versions[0]
    sentences = [figure.text for figure in version.figures()] + [clause.text for clause in version.clauses]
    sentences += [text for reading in version.readings for text in (reading.question, reading.text)]
    for on in (date(2025, 1, 1), E, date(2026, 7, 1), date(2026, 12, 1), date(2027, 12, 1)):
        found = standing(on, *RECORDS)
        sentences += [
            one.text for one in (*found.explanations, *found.windows, *found.records, *found.requirements)
        ]
    for text in sentences:
        assert text[-1] in ".?", text
        assert not AVOIDED.search(text), text
        for sentence in re.split(r"(?<=[.?:;]) ", text):
            assert len(sentence.split()) <= 32, sentence


def test_contradictory_facts_raise_an_error_with_a_sentence():
    with pytest.raises(FactsError) as caught:
        assess(Facts(E, date(2026, 7, 1)), E, load_policy())
    assert str(caught.value) == caught.value.message == "The cycle ends before it starts."
    assert (caught.value.code, caught.value.field) == ("cycle_order", "cycle.expires_on")


def test_an_assessment_states_its_dates_its_cycle_and_its_windows():
    found = assess(
        Facts(E, awarded_on=date(2022, 6, 30), received_on=date(2026, 9, 1)), date(2026, 7, 1), load_policy()
    )
    assert (found.as_of, found.received_on) == (date(2026, 7, 1), date(2026, 9, 1))
    assert (found.cycle.starts_on, found.cycle.expires_on) == (S, E)
    (late,) = (one for one in found.windows if one.tier == "late")
    assert (late.label, late.clause, late.first_on, late.last_on) == (
        "Late",
        "S6",
        date(2026, 7, 1),
        date(2026, 9, 28),
    )
    assert [line.label for line in late.fees.lines] == ["Renewal fee", "Late fee"]
