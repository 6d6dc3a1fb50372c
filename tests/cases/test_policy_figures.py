"""Which figures of a policy file can be edited: every one, in the files of all bodies; and what is said of a change."""

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from cases.policy_figures import WORDS, EditableFigure, figures_of, value_at, value_like, whole_place
from cases.policy_text import draft_text, editable_figures, figures_in_file
from rules.policy.load import policy_path
from rules.policy.parse import stated_version
from tests.drafting import FIRST_DAY
from tests.rules.cases import HERE

FILES = [
    *sorted((HERE / "bodies").glob("*.toml")),
    *sorted((HERE / "policies").glob("*.toml")),
    policy_path("nasm-cpt"),
]
AMOUNT = re.compile(
    r"[0-9]+([.][0-9]+)?|.*[0-9]+ (full )?(business )?(day|month|year)s?.*|[SERWLCD]|[01][0-9]-[0-3][0-9]"
)
# Codes, the clauses that are cited, and what a fact must be: they say what a rule is about.
STRUCTURE = {"code", "clause", "cites", "fact", "last_day_name"}
EVERYTHING = """
in_force_from = 2010-01-01
total = { value = "20", each_year = "5", instead = [{ when = { renewal_from = 2 }, value = "30" }], less = { fact = "leave", each = "1.5", at_most = "6" } }
cycle = { length = "3 years", ends = "fixed", fixed_days = ["06-30", "12-31"], first = { at_least = "45 days", at_most = "4 years", prorated = "whole", to = "2" } }
needs = [{ code = "hours", fact = "leave", at_least = 400, when = { held_years_from = 10, awarded_from = 2015-01-01, fact_from = { leave = 3 } } }]
conversions = [{ code = "minute", worth = "1", of = "60" }]
reporting = { days = 30 }
cards = [{ code = "cpr", from = "R", through = "E + 90 days", lasts = "2 years" }]
dues = [{ code = "yearly", amount = "90.00", fixed_days = ["01-01"], grace_days = 30, late_amount = "10.00", later = [{ days = 60, amount = "25.00" }] }]
limits = [{ code = "law", over = { topics = ["law"] }, minimum = { percent = "33.3" }, maximum = { value = "15" } }]
paths = [{ code = "credits" }, { code = "exam", uses_at_most = 2, next_length = "1 year" }]
fees = [{ code = "renewal", amount = "99.00", instead = [{ when = { member = true }, amount = "79.00" }] }, { code = "tax", percent = "8.25" }]
values = { unpaid_reminder_hours = { value = [24, 72] } }
"""


def leaves(content: object, place: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], object]]:
    if isinstance(content, dict):
        for key, value in content.items():
            yield from leaves(value, (*place, key))
    elif isinstance(content, list) and content and isinstance(content[0], dict):
        for number, row in enumerate(content, start=1):
            yield from leaves(row, (*place, str(row.get("code", number))))
    else:
        yield place, content


def version_of(path: Path) -> dict[str, object]:
    return stated_version(tomllib.loads(path.read_text("utf-8")), path)


def is_figure(value: object) -> bool:
    if isinstance(value, list):
        return bool(value) and all(is_figure(one) for one in value)
    return not isinstance(value, bool) and (
        isinstance(value, int | date) or AMOUNT.fullmatch(str(value)) is not None
    )


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_number_day_and_sentence_of_a_policy_file_is_offered_once_under_one_name(path: Path):
    version = version_of(path)
    found = list(figures_of(version))
    offered = {whole_place(one.place) for one in found}
    assert len({one.name for one in found}) == len(found) == len(offered)
    missing = [
        place for place, value in leaves(version)
        if is_figure(value) and place not in offered and not STRUCTURE & {place[-1], place[-2], place[0]}
    ]  # fmt: skip
    assert missing == []
    texts = {place for place, _ in leaves(version) if place[-1] in ("text", "label", "explain", "question")}
    assert texts - offered == set()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_figure_that_is_typed_as_it_is_stays_what_the_file_has(path: Path):
    version = version_of(path)
    for one in figures_of(version):
        before = value_at(version, whole_place(one.place))
        assert value_like(before, one.value) == before, one.place


def everything(folder: Path) -> str:
    path = folder / "body.toml"
    head = 'format = 1\nbased_on = "ordinary"\ncode = "body"\ntitle = "Body"\n'
    path.write_text(
        f'{head}facts = [{{ code = "leave", kind = "number" }}]\n\n[[versions]]{EVERYTHING}', "utf-8"
    )
    return path.read_text("utf-8")


def test_each_figure_has_a_label_that_says_what_it_is(tmp_path: Path):
    said = {one.name: one.label for one in editable_figures(everything(tmp_path)) if one.kind != WORDS}
    for name, label in {
        "total-instead-1-value": "Total, instead 1",
        "total-instead-1-when-renewal_from": "Total, instead 1, for whom, renewal from",
        "total-less-each": "Total, less, for each",
        "cycle-first-at_least": "Length of a cycle, the first cycle, at least",
        "cycle-fixed_days": "Length of a cycle, days of the year",
        "needs-hours-at_least": "Hours, at least",
        "needs-hours-when-fact_from-leave": "Hours, for whom, at least leave",
        "conversions-minute-of": "Minute, for how many",
        "reporting-days": "Reporting, days",
        "cards-cpr-through": "Cpr, through",
        "dues-yearly-later-1-amount": "Yearly, later 1",
        "limits-law-minimum-percent": "Law, at least, percent",
        "paths-exam-next_length": "Exam, length of the next cycle",
        "fees-renewal-instead-1-amount": "Renewal fee, instead 1",
        "fees-tax-percent": "Tax, percent",
        "values-unpaid_reminder_hours": "Hours of the reminders to pay",
    }.items():
        assert said[name] == label or name.startswith("values-"), name
    assert "values-unpaid_reminder_hours" in said


def test_other_figures_of_every_kind_are_written_as_the_file_writes_them(tmp_path: Path):
    changes = {
        ("fees", "renewal", "instead", "1", "amount"): "75.00",
        ("needs", "hours", "at_least"): "450",
        ("needs", "hours", "when", "awarded_from"): "2016-02-01",
        ("cycle", "fixed_days"): "03-31, 09-30",
        ("values", "unpaid_reminder_hours"): "12, 48",
        ("dues", "yearly", "later", "1", "days"): "75",
    }
    text = draft_text(everything(tmp_path), first_day=FIRST_DAY, changes=changes)
    later = tomllib.loads(text)["versions"][1]
    assert value_at(later, ("fees", "renewal", "instead", "1", "amount")) == "75.00"
    assert value_at(later, ("needs", "hours", "at_least")) == 450
    assert value_at(later, ("needs", "hours", "when", "awarded_from")) == date(2016, 2, 1)
    assert value_at(later, ("cycle", "fixed_days")) == ["03-31", "09-30"]
    assert value_at(later, ("values", "unpaid_reminder_hours", "value")) == [12, 48]
    assert value_at(later, ("dues", "yearly", "later", "1", "days")) == 75
    assert value_like(date(2020, 1, 1), "soon") == "soon"
    assert value_at(later, ("fees", "renewal", "instead", "2", "amount")) is None
    assert value_at(later, ("fees", "renewal", "instead", "0", "amount")) is None


@pytest.mark.parametrize(
    ("place", "path", "is_told"),
    [
        (("fees", "late"), "fees[late].amount", True),
        (("categories", "law"), "categories[law].minimum.value", True),
        (("values", "audit_days"), "values.audit_days.value", True),
        (("total", "instead", "1", "value"), "total.instead[1].value", False),
        (("fees", "renewal", "instead", "2", "when", "any", "1", "age_from"), "fees[renewal].instead[2].when.any[1].age_from", False),
        (("reminders", "cycle", "before_30", "on"), "reminders.cycle[before_30].on", False),
        (("limits", "law", "maximum", "percent"), "limits[law].maximum.percent", True),
        (("tiers", "late", "through"), "tiers[late].through", True),
        (("dues", "yearly", "late_amount"), "dues[yearly].late_amount", False),
        (("cycle", "length"), "cycle.length", True),
        (("needs", "hours", "at_least"), "needs[hours].at_least", False),
    ],
)  # fmt: skip
def test_a_place_has_the_path_that_problems_name_and_is_told_where_the_rules_page_states_it(
    place, path, is_told
):
    figure = EditableFigure(place, "", "")
    assert (figure.path, figure.is_told) == (path, is_told)


def test_the_figures_of_a_file_are_those_of_its_newest_version_or_of_one_before_a_day(tmp_path: Path):
    text = draft_text(
        everything(tmp_path), first_day=FIRST_DAY, changes={("needs", "hours", "at_least"): "450"}
    )
    path = tmp_path / "other" / "body.toml"
    path.parent.mkdir()
    path.write_text(text, "utf-8")
    values = [
        next(
            one.value for one in figures_in_file(path, tmp_path, before) if one.name == "needs-hours-at_least"
        )
        for before in (None, FIRST_DAY, date(2027, 7, 2))
    ]
    assert values == ["450", "400", "450"]
