"""What waits on the demo's staff side besides cases: two proposals, letters, a checked roster, an
invited colleague.
"""

from datetime import timedelta

from cases.revoking import propose_revocation
from demo.stage import Stage
from demo.two_accounts import BEFORE, propose_merge_of_two
from outbox import letters
from rules.cycle import nth_cycle
from trainers.models import Credential, Trainer
from trainers.models.roster import Roster
from trainers.roster.reading import COLUMNS
from trainers.services.people import invite_colleague
from trainers.services.rosters import advance_roster, store_roster

INVITED = "Indra Invited"
ROSTER = "new-trainers.csv"
AN_HOUR = timedelta(hours=1)
CLOSED = (
    "Hello {first name},\n\nour office is closed next Friday. The portal works as always. "
    "Answers that we promised for that day come on the next business day."
)
CODE = (
    "Hello {first name},\n\nthe code of conduct has a new paragraph about coaching by video. "
    "Your certification {number} runs through {last day}; nothing changes for what you have earned."
)


def create_begun_cases(stage: Stage) -> None:
    """Create cases that one reviewer has begun and another has to continue."""
    _propose_revoking(stage)
    propose_merge_of_two(stage)
    _write_letters(stage)
    _check_roster(stage)
    at = stage.now - 2 * AN_HOUR
    invite_colleague(
        email="invited@example.org", name=INVITED, role="reviewer", by=stage.staff["lead"], at=at
    )
    stage.say("Desk: two proposals, three letters, a roster, an invited colleague")


def _propose_revoking(stage: Stage) -> None:
    """As one lead, propose to revoke the certification of the last trainer. Another lead has yet to
    confirm it.
    """
    in_force = Credential.objects.filter(state=Credential.State.IN_FORCE).exclude(number=BEFORE.number)
    propose_revocation(
        in_force.order_by("-pk")[0],
        by=stage.staff["lead"],
        at=stage.moment(-1),
        on=stage.day(-1),
        reason="The certificate of two courses was altered. The provider has confirmed it.",
    )


def _write_letters(stage: Stage) -> None:
    """Write three letters: one sent to one person, one draft, and one that a second person has yet
    to approve.
    """
    lead, root = stage.staff["lead"], stage.staff["admin"]
    person = Trainer.objects.filter(is_staff=False, last_login__isnull=False).order_by("pk")[0]
    at = stage.moment(-3)
    told = {"audience": "one", "audience_value": str(person.pk)}
    words = "Hello {first name},\n\nthank you for your call. Your certification runs through {last day}."
    sent = letters.write_letter(by=lead, at=at, title="About your call", words=words, **told)
    letters.approve_letter(sent, recipients=[person.pk], by=root, at=at)
    for _ in range(2):  # queues it, and finds that nobody is left
        letters.queue_letters(at)
    at = stage.moment(-1)
    letters.write_letter(
        by=lead, at=at, title="We are closed next Friday", words=CLOSED, audience="certified"
    )
    waits = letters.write_letter(
        by=lead, at=at, title="A new code of conduct", words=CODE, audience="certified"
    )
    letters.propose_letter(waits, by=lead, at=at)


def _check_roster(stage: Stage) -> Roster:
    """Upload a roster with a new trainer, a changed name and a refused row. It is checked, and
    nobody has applied it.
    """
    known = Credential.objects.filter(trainer__last_login=None).select_related("trainer").order_by("pk")[0]
    awarded_on = stage.day(-200)
    expires_on = nth_cycle(stage.policy, awarded_on, 1).expires_on
    cycle = known.cycles.order_by("-expires_on")[0]
    rows = (
        COLUMNS,
        ("55500001", "Noor Newly", "noor@example.org", awarded_on, expires_on, ""),
        (
            known.number,
            f"{known.trainer.name} Ray",
            known.trainer.email,
            known.awarded_on,
            cycle.expires_on,
            known.trainer.time_zone,
        ),
        ("1.19E+07", "Lou Lost", "lou@example.org", awarded_on, expires_on, ""),
    )
    content = "\n".join(",".join(map(str, cells)) for cells in rows).encode()
    at = stage.now - AN_HOUR
    roster = store_roster(
        name=ROSTER,
        content=content,
        policy_code=stage.policy.code,
        exported_on=None,
        by=stage.staff["lead"],
        at=at,
    )
    return advance_roster(roster, at=at)
