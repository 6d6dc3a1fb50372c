"""A certifying body of the test's own: a short policy file that the portal and Jordan's certification follow."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from django.test import override_settings

from rules.policy.load import load_policy, use_policies_in
from rules.policy.model import Policy
from tests.throwaway import ROOT
from trainers.models import Credential, Cycle
from trainers.services.cycles import cycle_dates

REAL = ROOT / "tests" / "rules" / "bodies"
HEAD = 'format = 1\nbased_on = "ordinary"\ncode = "body"\ntitle = "Body Trainer"\nunit = { singular = "CEU", plural = "CEUs", digits = 2, step = "0.01" }\n'
# A body that asks about the person: the trainer states some facts, staff the others.
ASKING_HEAD = """facts = [
    { code = "region", kind = "choice", choices = ["north", "south_east"] },
    { code = "exam", label = "Passed the exam", kind = "yes_no", by = "staff" },
    { code = "hours", label = "Hours of work", kind = "number" },
    { code = "never_asked", kind = "date" },
]
"""
ASKING = """total = { value = "2.0" }
fees = [{ code = "renewal", amount = "99.00", instead = [
    { when = { member = true }, amount = "79.00", text = "Members pay {value}." },
    { when = { age_from = 65 }, amount = "50.00", text = "From 65 on it is {value}." },
    { when = { fact = { region = ["north"] } }, amount = "60.00", text = "In the north it is {value}." },
] }]
needs = [
    { code = "passed", fact = "exam", text = "You must have passed the exam.", when = { country = ["US"] } },
    { code = "worked", fact = "hours", at_least = 100, text = "You must have worked 100 hours.", when = { country = ["CA"] } },
]
"""
# A card that must be current, of a tenth of a unit.
WITH_CARD = 'categories = [{ code = "education" }, { code = "cpr_aed", label = "CPR and AED", must_be_current = true, minimum = { value = "0.1" }, maximum = { value = "0.1" } }]\n'
Follow = Callable[..., Policy]


@pytest.fixture
def follow_body(tmp_path: Path) -> Iterator[Follow]:
    """Return a function that lets the portal follow a policy: the text of a version of a short file,
    and what its head says more, and policies `beside` it by their codes; or, by `name`, the file of a
    real body in tests/rules/bodies.
    """
    held: list[override_settings] = []

    def follow(
        version: str = "", head: str = "", name: str = "", beside: Mapping[str, str] | None = None
    ) -> Policy:
        folder, code = (REAL, name) if name else (tmp_path, "body")
        for each, stated in () if name else {"body": version, **(beside or {})}.items():
            begin = HEAD.replace('"body"', f'"{each}"').replace("Body Trainer", f"{each.title()} Trainer")
            text = f"{begin}{head}\n[[versions]]\nin_force_from = 2000-01-01\n{stated}"
            (tmp_path / f"{each}.toml").write_text(text, "utf-8")
        use_policies_in(folder)
        chosen = override_settings(PORTAL_POLICY=code)
        chosen.enable()
        held.append(chosen)
        return load_policy(code)

    yield follow
    for chosen in reversed(held):
        chosen.disable()
    use_policies_in(None)


def let_follow(credential: Credential, policy: Policy) -> Cycle:
    """Let a credential and its cycle follow a policy from the start, as if it had been granted under it."""
    credential.policy_code = policy.code
    credential.save(update_fields=["policy_code"])
    cycle = Cycle.objects.latest_of(credential)
    born_on = credential.trainer.born_on
    dates = cycle_dates(policy, credential.awarded_on, cycle.expires_on, born_on)
    more = {name: getattr(dates, name) for name in ("opens_on", "completion_deadline", "last_day_to_apply")}
    Cycle.objects.filter(pk=cycle.pk).update(policy_code=policy.code, **more)
    return Cycle.objects.select_related("credential__trainer").get(pk=cycle.pk)
