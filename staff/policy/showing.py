"""The public rules page of a policy as plain text."""

from collections.abc import Iterator
from datetime import date

from core.deadlines import full_day
from renewals.pages.rules import RulesPage, how_page, rules_page
from rules.policy.model import Figure, Policy, PolicyVersion

WIDTH = 100


def policy_as_text(policy: Policy, *, on: date) -> str:
    """Return what the public pages say of the policy on a day: its lead, windows, figures, readings
    and clauses.
    """
    return "\n".join(_lines(policy, rules_page(policy, today=on), on)) + "\n"


def _lines(policy: Policy, page: RulesPage, on: date) -> Iterator[str]:
    yield f"{policy.title} ({policy.code})"
    yield f"In force from {full_day(page.version.in_force_from)}. Days end in {policy.time_zone}."
    yield how_page(policy, today=on).lead
    yield from _heading("When you can renew, and what it costs")
    yield f"For example, a certification that expires on {full_day(page.example_on)}."
    yield f"Courses count through {full_day(page.last_course_on)}."
    for window in page.windows:
        price = policy.money(window.fees.total_cents)
        yield f"  {window.label}: {full_day(window.first_on)} through {full_day(window.last_on)}, {price} ({window.clause})"
    yield from _heading("Fees")
    yield from map(_figure, page.fees)
    yield from _heading("All figures")
    yield from map(_figure, page.figures)
    yield from _texts(page.version)


def _texts(version: PolicyVersion) -> Iterator[str]:
    yield from _heading("How unclear words are read")
    yield from (f"  {one.code}. {one.question} {one.text}" for one in version.readings)
    yield from _heading("What the source says")
    yield from (f"  {one.code}. {one.text}" for one in version.clauses)


def _heading(text: str) -> Iterator[str]:
    yield from ("", text, "-" * len(text))


def _figure(figure: Figure) -> str:
    source = "" if figure.in_source else ", not in the source"
    return f"  {figure.label}: {figure.value} ({figure.clause}{source}). {figure.text}"
