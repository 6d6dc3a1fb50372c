"""People of the demo whose fee was refunded or disputed: a dispute to answer, a lost one, refunds
made on the provider's site or failed (Q31).
"""

from demo import stories
from demo.person import Person
from demo.stage import Stage
from demo.standin import back
from payments.models import Charge
from renewals import services
from renewals.models import Application
from trainers.models import Cycle, Trainer


def dispute_unapproved(stage: Stage, trainer: Trainer, cycle: Cycle) -> None:
    """Dispute the fee of a renewal that still waits for staff, so that finance must decide."""
    application = stories.pay_while_suspended(stage, trainer, cycle)
    charge = _owed(application)
    stage.bank.change_at_provider(
        lambda provider: back.dispute_payment(provider, _payment(charge)), at=stage.moment(-6)
    )
    stories.reinstate_after_suspension(stage, cycle.credential)
    services.advance_application(application, at=stage.moment(-3))


def lose_dispute(stage: Stage, trainer: Trainer, cycle: Cycle) -> None:
    """Let the bank win the dispute about the fee of an approved renewal, so that a lead must
    decide.
    """
    charge = _renewed(stage, trainer, cycle)
    at = stage.moment(-6)
    stage.bank.change_at_provider(lambda provider: back.dispute_payment(provider, _payment(charge)), at=at)
    name = charge.disputes.get().provider_id
    stage.bank.change_at_provider(lambda provider: back.answer_dispute(provider, name), at=stage.moment(-5))
    stage.bank.change_at_provider(
        lambda provider: back.close_dispute(provider, name, won=False), at=stage.moment(-1)
    )


def refund_elsewhere(stage: Stage, trainer: Trainer, cycle: Cycle) -> None:
    """Refund the fee on the provider's own site; days later the refund fails."""
    charge = _renewed(stage, trainer, cycle)
    stage.bank.change_at_provider(
        lambda provider: back.refund_on_site(provider, _payment(charge)), at=stage.moment(-6)
    )
    refund = charge.refunds.get().provider_id or ""
    stage.bank.change_at_provider(lambda provider: back.fail_refund(provider, refund), at=stage.moment(-2))
    stage.bank.change_at_provider(
        lambda provider: back.warn_of_fraud(provider, _payment(charge)), at=stage.moment(-1)
    )


def _renewed(stage: Stage, trainer: Trainer, cycle: Cycle) -> Charge:
    application = stories.submit_renewal(stage, trainer, cycle, -8)
    stories.pay_renewal(stage, application, -8)
    return _owed(application)


def _owed(application: Application) -> Charge:
    assert application.charge  # noqa: S101 - it was submitted
    return application.charge


def _payment(charge: Charge) -> str:
    return charge.ledger.get(kind="payment").provider_ref or ""


PEOPLE = (
    Person(
        "dana",
        "Dana Fields",
        "11934870",
        70,
        learned_through=-20,
        story=dispute_unapproved,
        shows="The fee is disputed: the renewal waits for finance",
    ),
    Person(
        "rolf",
        "Rolf Ekberg",
        "11934888",
        95,
        learned_through=-20,
        story=lose_dispute,
        shows="Renewed, then the fee was lost to the bank: a lead decides",
    ),
    Person(
        "ines",
        "Ines Duarte",
        "11934896",
        65,
        learned_through=-20,
        story=refund_elsewhere,
        shows="Renewed; a refund made elsewhere has failed",
    ),
)
