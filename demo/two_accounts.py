"""Two accounts of one person in the demo: a pair that became one, and a pair that waits for the
second lead.
"""

from cases.merging_accounts import agree_to_merge, propose_merge
from demo.person import Person
from demo.roster import award_for, bring_in
from demo.stage import Stage
from trainers.models import Cycle, Trainer
from trainers.services.accounts import create_trainer
from trainers.services.credentials import grant_credential

BEFORE = Person("sofia.berg", "Sofia Berg", "10411907", -1200, visited=False)
SECOND = Person("sofia", "Sofia Lund", "11934912", 25)
TWICE = "lena.vogel@example.net"


def merge_older_account(stage: Stage, trainer: Trainer, cycle: Cycle) -> None:
    """Merge an account of years ago, under another name and address, into the one in use."""
    bring_in(stage, [BEFORE])
    going = Trainer.objects.get(email=BEFORE.email)
    reason = "She wrote from both addresses, and sent the paper about her new name."
    proposal = propose_merge(going, trainer, by=stage.staff["lead"], at=stage.moment(-3), reason=reason)
    agree_to_merge(proposal, by=stage.staff["admin"], at=stage.moment(-2))


def merge_and_certify_again(stage: Stage, trainer: Trainer, cycle: Cycle) -> None:
    """Merge an older account, then grant the same person a further certification."""
    merge_older_account(stage, trainer, cycle)
    awarded_on, period = award_for(stage, SECOND)
    grant_credential(
        trainer,
        number=SECOND.number,
        policy_code=stage.policy.code,
        awarded_on=awarded_on,
        cycle_expires_on=period.expires_on,
        by=stage.staff["registrar"],
        at=stage.moment(-1),
    )


def propose_merge_of_two(stage: Stage) -> None:
    """Propose a merge of the account that a roster brought and one that its person opened herself."""
    staying = Trainer.objects.get(email="lena@example.org")
    going = create_trainer(email=TWICE, name="Lena Vogel", by=None, at=stage.moment(-8))
    reason = "She did not find the letter with her number, and signed up again. She told us on the phone."
    propose_merge(going, staying, by=stage.staff["lead"], at=stage.moment(-1), reason=reason)


PEOPLE = (
    Person(
        "sofia",
        "Sofia Lund",
        "11934904",
        310,
        ("0.4", "0.3"),
        story=merge_and_certify_again,
        shows="Three certifications on one Home: one expires in 25 days, one ended with an account that was merged",
    ),
)
