"""Two certifications of Jordan under a policy by which one application renews both."""

from datetime import date

from ceus.models import CeuRecord
from renewals import services
from renewals.attestation import attestation_for
from renewals.invariants import CHECKS
from renewals.models import Application
from tests import factories
from tests.renewals import scenes
from trainers.models import Cycle

DAY = "2027-03-02"
SEVERAL = 'several = { credits = "shared" }\n'
PRICED = """total = { value = "2.0" }
fees = [
    { code = "renewal", amount = "99.00" },
    { code = "further", label = "Further certification", amount = "50.00", per = "further_credential" },
    { code = "late", amount = "30.00" },
]
tiers = [
    { code = "on_time", adds = ["renewal", "further"] },
    { code = "late", after = "E", through = "E + 90 days", adds = ["late"] },
]
"""


def log_course(cycle: Cycle, **fields) -> CeuRecord:
    fields = {"hundredths": 200, "completed_on": date(2026, 9, 1), **fields}
    return factories.CeuRecordFactory(credential=cycle.credential, **fields)


def submitted(cycle: Cycle, *joined: str, day: str = DAY, cents: int | None = None) -> Application:
    agreed = attestation_for(cycle.policy.version_on(date.fromisoformat(day))).version
    asked = {"attestation_version": agreed, "agreed_cents": cents, "joined": joined}
    return services.submit_application(cycle, by=cycle.credential.trainer, at=scenes.moment(day), **asked)


def of(cycle: Cycle) -> Application:
    return Application.objects.filter(cycle=cycle).latest("pk")


def ends(number: str) -> date:
    return Cycle.objects.filter(credential__number=number).latest("expires_on").expires_on


def broken() -> list[str]:
    return [line for check in CHECKS for line in check.find() if "never planned" not in line]
