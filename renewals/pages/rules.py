"""The page "How renewal works" about the policy in force: its windows by an example, and every
figure, clause and reading.
"""

from dataclasses import dataclass
from datetime import date

from rules.facts import Facts
from rules.fees import Window
from rules.policy.model import Figure, Policy, PolicyVersion
from rules.standing import assess


@dataclass(frozen=True, slots=True)
class RulesPage:
    """The content of the page "How renewal works"; `example_on` is the expiration date of its
    example.
    """

    version: PolicyVersion
    example_on: date
    last_course_on: date
    windows: tuple[Window, ...]
    fees: tuple[Figure, ...]
    figures: tuple[Figure, ...]


def rules_page(policy: Policy, *, today: date) -> RulesPage:
    """Return the page with the rules in force on `today`. Its example is a certification that
    expires on June 30 of this year.
    """
    version = policy.version_on(today)
    example_on = date(today.year, 6, 30)
    standing = assess(Facts(expires_on=example_on), today, policy)
    figures = version.figures()
    prices = tuple(one for one in figures if one.key.startswith("fee_"))
    return RulesPage(
        version=version,
        example_on=example_on,
        last_course_on=standing.dates.completion_deadline,
        windows=standing.windows,
        fees=prices,
        figures=tuple(one for one in figures if one not in prices),
    )
