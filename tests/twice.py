"""A trainer with two credentials, for the tests of every app."""

from collections.abc import Callable
from datetime import date

import pytest

from ceus.models import CeuRecord
from tests import factories
from tests.audits.scenes import open_periods
from tests.bodies import let_follow
from tests.renewals.together import PRICED, SEVERAL
from trainers.models import Credential, Cycle, Trainer

FIRST, SECOND = "11934482", "55120007"
BODY = 'total = { value = "2.0" }\nfees = [{ code = "renewal", amount = "99.00" }]\n'


@pytest.fixture
def twice(ready) -> Trainer:
    """Jordan, ready to renew, with a second credential, 55120007, certified through June 30, 2026."""
    second = factories.CredentialFactory(trainer=ready, number=SECOND, awarded_on=date(2022, 6, 30))
    factories.CycleFactory(credential=second, expires_on=date(2026, 6, 30))
    return ready


@pytest.fixture
def two(twice, follow_body) -> Callable[..., tuple[Cycle, Cycle]]:
    """`two("shared")` lets both of Jordan's certifications follow a body that shares credits; none is
    logged. `more` is what the policy says besides.
    """

    def made(credits: str, more: str = "") -> tuple[Cycle, Cycle]:
        CeuRecord.objects.filter(credential__trainer=twice).update(state="removed")
        policy = follow_body(BODY + (f'several = {{ credits = "{credits}" }}\n' if credits else "") + more)
        cycles = [let_follow(Credential.objects.get(number=one), policy) for one in (FIRST, SECOND)]
        return cycles[0], cycles[1]

    return made


RANKED = """total = { value = "2.0" }
fees = [{ code = "renewal", amount = "99.00" }]
several = { credits = "shared", ranks = ["helper", "body"], highest_renews_lower = true, text = "Whoever renews the higher one renews the lower one." }
tiers = [{ code = "late", after = "E", through = "E + 90 days" }]
"""


@pytest.fixture
def ranked(ready, follow_body) -> Callable[..., tuple[Cycle, Cycle]]:
    """`ranked()` lets Jordan's certification follow a body's higher policy, and adds a second one, 55120007,
    under the lower policy, which the higher one renews; no course is logged. The second one is certified
    through `ends`; `lower` and `higher` are what the policies say.
    """

    def made(
        ends: date = date(2027, 6, 30), lower: str = RANKED, higher: str = RANKED
    ) -> tuple[Cycle, Cycle]:
        CeuRecord.objects.filter(credential__trainer=ready).update(state="removed")
        body = follow_body(higher, beside={"helper": lower})
        first = let_follow(Credential.objects.get(number=FIRST), body)
        awarded_on = ends.replace(year=ends.year - 4)
        second = factories.CredentialFactory(
            trainer=ready, number=SECOND, awarded_on=awarded_on, policy_code="helper"
        )
        factories.CycleFactory(credential=second, expires_on=ends, policy_code="helper")
        open_periods(policy_code="body")
        open_periods(policy_code="helper")
        return first, Cycle.objects.select_related("credential__trainer").get(credential=second)

    return made


@pytest.fixture
def pair(ready, follow_body) -> Callable[..., tuple[Cycle, Cycle]]:
    """`pair()` gives Jordan both certifications, under a body whose policy states a price for a further one;
    `ends` is the last day of the second one, `rate` how many are drawn for audit.
    """

    def made(
        ends: date = date(2027, 6, 30), version: str = PRICED + SEVERAL, rate: str = "0"
    ) -> tuple[Cycle, Cycle]:
        CeuRecord.objects.filter(credential__trainer=ready).update(state="removed")
        policy = follow_body(version)
        first = let_follow(Credential.objects.get(number=FIRST), policy)
        second = factories.CredentialFactory(
            trainer=ready, number=SECOND, awarded_on=ends.replace(year=ends.year - 4), policy_code="body"
        )
        factories.CycleFactory(credential=second, expires_on=ends, policy_code="body")
        open_periods(rate, policy_code="body")
        return first, Cycle.objects.select_related("credential__trainer").get(credential=second)

    return made
