"""Renewals and credentials of some people of the demo, made by the services: submitted, paid,
refused, withdrawn, suspended.
"""

from datetime import timedelta
from typing import Any

from cases.revoking import agree_to_revocation, propose_revocation
from core.policy_words import fill_policy_words
from demo.stage import Stage
from payments.models import Charge
from renewals import services
from renewals.attestation import attestation_for
from renewals.models import Application
from trainers.models import Credential, Cycle, Trainer
from trainers.services.credentials import reinstate_credential, suspend_credential

AN_HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)
DOUBT = "We could not tell from the card whether it is theirs."


def decline_payment(stage: Stage, trainer: Trainer, cycle: Cycle) -> None:
    application = submit_renewal(stage, trainer, cycle, -2)
    stage.bank.decline(_owed(application), at=stage.moment(-2, AN_HOUR))


def abandon_payment(stage: Stage, trainer: Trainer, cycle: Cycle) -> None:
    application = submit_renewal(stage, trainer, cycle, -3)
    stage.bank.open_page(_owed(application), at=stage.moment(-3, AN_HOUR))


def await_payment(stage: Stage, trainer: Trainer, cycle: Cycle) -> None:
    application = submit_renewal(stage, trainer, cycle, -1)
    at = stage.moment(-1, AN_HOUR)
    stage.bank.pay_through_slow_bank(_owed(application), at=at, answers_at=stage.now + 3 * A_DAY)


def renew_cycle(stage: Stage, trainer: Trainer, cycle: Cycle, day: int = -3) -> None:
    application = submit_renewal(stage, trainer, cycle, day)
    pay_renewal(stage, application, day)


def correct_renewal(stage: Stage, trainer: Trainer, cycle: Cycle) -> None:
    """Correct a renewal that was returned, so that it is in review again."""
    application = return_renewal(stage, trainer, cycle)
    services.correct_application(application, by=trainer, at=stage.moment(-1))


def return_renewal(stage: Stage, trainer: Trainer, cycle: Cycle) -> Application:
    application = pay_while_suspended(stage, trainer, cycle)
    reason = fill_policy_words("We cannot read the name on your {card}. Add a clearer picture.")
    card = next((one for one in cycle.claimed_records.all() if one.is_card), None)
    application = _decide(stage, application, "return", reason, reason_code="card", record=card)
    reinstate_after_suspension(stage, cycle.credential)
    return application


def deny_renewal(stage: Stage, trainer: Trainer, cycle: Cycle) -> None:
    application = pay_while_suspended(stage, trainer, cycle)
    reason = "The card on file belongs to another person."
    _decide(stage, application, "deny", reason)
    reinstate_after_suspension(stage, cycle.credential)


def _decide(stage: Stage, application: Application, verdict: str, words: str, **about: Any) -> Application:
    """Decide as of four days ago, and release the decision; `about` is its reason and record."""
    reviewer = stage.staff["reviewer"]
    decision = services.decide_application(
        application, verdict=verdict, by=reviewer, at=stage.moment(-4), words=words, **about
    )
    services.release_renewal_decision(decision, at=decision.effective_at)
    application.refresh_from_db()
    return application


def lapse_renewal(stage: Stage, trainer: Trainer, cycle: Cycle) -> None:
    application = submit_renewal(stage, trainer, cycle, -12)
    services.lapse_application(application, at=stage.moment(-4))


def withdraw_renewal(stage: Stage, trainer: Trainer, cycle: Cycle) -> None:
    application = submit_renewal(stage, trainer, cycle, -6)
    services.withdraw_application(application, by=trainer, at=stage.moment(-5))


def pay_too_late(stage: Stage, trainer: Trainer, cycle: Cycle) -> None:
    """Pay through a slow bank, which confirms two days after the last day to pay."""
    application = submit_renewal(stage, trainer, cycle, -14)
    page = stage.bank.pay_through_slow_bank(
        _owed(application), at=stage.moment(-8), answers_at=stage.moment(-5)
    )
    stage.bank.ask(_owed(application), at=stage.moment(-6))
    services.lapse_application(application, at=stage.moment(-6, AN_HOUR))
    stage.bank.answer(page, yes=True, at=stage.moment(-5))
    stage.bank.return_money(_owed(application), at=stage.moment(-5, AN_HOUR))


def suspend_after_complaint(stage: Stage, trainer: Trainer, cycle: Cycle) -> None:
    _suspend(stage, cycle.credential, -9, "A complaint is being looked into.")


def revoke_after_complaint(stage: Stage, trainer: Trainer, cycle: Cycle) -> None:
    suspend_after_complaint(stage, trainer, cycle)
    reason = "The complaint was found to be true."
    proposal = propose_revocation(
        cycle.credential, by=stage.staff["lead"], at=stage.moment(-2), on=stage.day(-2), reason=reason
    )
    agree_to_revocation(proposal, by=stage.staff["admin"], at=stage.moment(-2, AN_HOUR))


def renew_at(stage: Stage, trainer: Trainer, cycle: Cycle, days_before: int) -> None:
    """Renew a past cycle `days_before` days before its expiration date."""
    day = (cycle.expires_on - timedelta(days=days_before) - stage.today).days
    application = pay_renewal(stage, submit_renewal(stage, trainer, cycle, day), day)
    if (
        application.state == Application.State.IN_REVIEW
        and not stage.policy.version_on(stage.day(day)).auto_approve
    ):
        at = stage.moment(day + 1)
        decision = services.decide_application(
            application, verdict="approve", by=stage.staff["reviewer"], at=at
        )
        services.release_renewal_decision(decision, at=max(at, decision.effective_at))


def pay_while_suspended(stage: Stage, trainer: Trainer, cycle: Cycle) -> Application:
    """Pay while the credential is suspended, so that staff must review the renewal."""
    application = submit_renewal(stage, trainer, cycle, -10)
    _suspend(stage, cycle.credential, -9, DOUBT)
    return pay_renewal(stage, application, -8)


def submit_renewal(stage: Stage, trainer: Trainer, cycle: Cycle, day: int) -> Application:
    version = attestation_for(cycle.policy.version_on(stage.day(day))).version
    return services.submit_application(cycle, by=trainer, at=stage.moment(day), attestation_version=version)


def pay_renewal(stage: Stage, application: Application, day: int) -> Application:
    at = stage.moment(day, AN_HOUR)
    stage.bank.pay(_owed(application), at=at)
    return services.advance_application(application, at=at)


def _owed(application: Application) -> Charge:
    assert application.charge  # noqa: S101 - it was submitted
    return application.charge


def _suspend(stage: Stage, credential: Credential, day: int, reason: str) -> None:
    suspend_credential(
        credential, by=stage.staff["lead"], at=stage.moment(day), on=stage.day(day), reason=reason
    )


def reinstate_after_suspension(stage: Stage, credential: Credential) -> None:
    reason = "They have shown us who they are."
    reinstate_credential(
        credential, by=stage.staff["lead"], at=stage.moment(-3), on=stage.day(-3), reason=reason
    )
