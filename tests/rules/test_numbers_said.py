"""Which numbers a sentence says, in digits and in words, and what each is a number of."""

from fractions import Fraction

import pytest

from rules.policy.numbers_said import SaidNumber, numbers_said


def said(text: str, symbol: str = "$") -> list[str]:
    """The numbers of a text as "2 year", in its order; with + those that say how much more."""
    found = numbers_said(text, ["credit", "ceu", "cycle", "point"], symbol)
    assert all(type(one) is SaidNumber for one in found)
    return [f"{'+' if one.more else ''}{one.number} {one.kind}".strip() for one in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Every 2 years.", ["2 year"]),
        ("2.0 approved CEUs in every two-year period", ["2 ceu", "2 year"]),
        ("a 2-year period of 730 days", ["2 year", "730 day"]),
        ("2.50 credits", ["5/2 credit"]),
        ("1,200 points", ["1200 point"]),
        ("1,20 points", ["1", "20 point"]),
        ("3 continuing and further education credits", ["3 continuing"]),
        ("3 very long education credits", ["3 credit"]),
        ("3 very long further education credits", ["3 very"]),
        ("3 of them for 4 credits", ["3", "4 credit"]),
        ("3, credits", ["3"]),
        ("at least 7", ["7"]),
        # numbers that share a noun
        ("2 of the 20 credits", ["2 credit", "20 credit"]),
        ("2 to 4 credits", ["2 credit", "4 credit"]),
        ("2-4 credits", ["2 credit", "4 credit"]),
        ("2 or so of 20 credits", ["2", "20 credit"]),
        # words
        ("one credit", ["1 credit"]),
        ("nineteen days, twenty days, ninety days", ["19 day", "20 day", "90 day"]),
        ("twenty-four months", ["24 month"]),
        ("thirty six months", ["36 month"]),
        ("twenty ten days", ["20 day", "10 day"]),
        ("two hundred days", ["200 day"]),
        ("one hundred and eighty days", ["180 day"]),
        ("one hundred and more", ["100"]),
        ("one and a half years", ["3/2 year"]),
        ("half a year, half an hour, a half-year, half year", ["1/2 year", "1/2 hour", "1/2 year", "1/2 year"]),
        ("half of the credits and half the price", ["50 percent", "50 percent"]),
        ("Not even half.", []),
        ("half as much", []),
        ("every year, every other year, every third month, every credit", ["1 year", "2 year", "3 month"]),
        ("every second year", ["2 year"]),
        ("every fourth year, every fifth year", ["4 year", "5 year"]),
        ("twice in a cycle", ["2 time"]),
        ("once it is done", ["+1 time"]),
        ("3 times", ["3 time"]),
        # shares
        ("50 % of it, 50 percent, 50 per cent", ["50 percent", "50 percent", "50 percent"]),
        ("one in ten", ["10 percent"]),
        ("One out of four people", ["25 percent"]),
        ("10 in 100", ["10 percent"]),
        ("one in 2 years", ["1", "2 year"]),
        ("one in 0", ["1", "0"]),
        ("one of ten", ["1", "10"]),
        # how much more
        ("for one cycle more", ["+1 cycle"]),
        ("one more", ["+1"]),
        ("one more cycle", ["+1 cycle"]),
        # money
        ("$99 and $99.50", ["99 money", "199/2 money"]),
        ("€5, £6, ¥7, ₹8, USD 9", ["5 money", "6 money", "7 money", "8 money", "9 money"]),
        ("5 dollars, five euros, 6 pounds, 50 cents", ["5 money", "5 money", "6 money", "1/2 money"]),
        ("$1,200", ["1200 money"]),
        # no amounts
        ("on 2027-01-31, by 31 January of each year, on January 31, 2027 days", []),
        ("S6 and Q13, (3), § 4.2, section 4 credits, Clause 5 credits", []),
        ("the 30th day, day 90 after, step 3 credits", []),
        ("page 3, part 2, rule 4, article 5, chapter 6, number 7, no. 8, form 9, level 1", []),
        ("", []),
    ],
)  # fmt: skip
def test_each_number_of_a_sentence_is_found_with_its_noun(text: str, found: list[str]):
    assert said(text) == found


@pytest.mark.parametrize(("symbol", "text"), [("kr ", "kr 50"), ("R$", "R$50"), ("CHF ", "CHF 50")])
def test_the_sign_of_a_policys_own_money_makes_a_number_money(symbol: str, text: str):
    assert said(text, symbol) == ["50 money"]


def test_years_are_measured_in_months_and_weeks_in_days():
    assert [one.measured for one in numbers_said("2 years, 18 months, 2 weeks, 3 days, half a year")] == [
        ("month", 24),
        ("month", 18),
        ("day", 14),
        ("day", 3),
        ("month", 6),
    ]
    assert SaidNumber("credit", Fraction(2)).measured == ("credit", 2)
