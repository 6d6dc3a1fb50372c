"""The functions that racing processes call on a petition."""

from datetime import UTC, datetime, timedelta
from itertools import count

from petitions import services
from petitions.models import Decision, Petition
from tests.petitions.scenes import VERSION
from trainers.models import Trainer

AT = datetime(2027, 2, 1, 19, 0, tzinfo=UTC)
_turns = count()


def send(pk: str) -> str:
    petition = Petition.objects.get(pk=pk)
    return services.send_petition(petition, by=petition.trainer, at=AT, attestation_version=VERSION).state


def complete(pk: str) -> str:
    return services.submit_paid_petition(Petition.objects.get(pk=pk), at=AT).state


def decide(pk: str, *emails: str) -> str:
    turn = next(_turns) % 2
    by = Trainer.objects.get(email=emails[turn])
    verdict = ("approve", "deny")[turn]
    words = {"reason_code": "other", "words": "No."} if verdict == "deny" else {}
    return services.decide_petition(
        Petition.objects.get(pk=pk), verdict=verdict, by=by, at=AT, **words
    ).verdict


def release(pk: str) -> str:
    return services.release_petition_decision(
        Decision.objects.get(pk=pk), at=AT + timedelta(minutes=10)
    ).state


def release_or_withdraw(pk: str) -> str:
    decision = Decision.objects.select_related("petition__trainer").get(pk=pk)
    if next(_turns) % 2:
        return services.release_petition_decision(decision, at=AT + timedelta(minutes=10)).state
    petition = decision.petition
    return services.withdraw_petition(petition, by=petition.trainer, at=AT + timedelta(minutes=10)).state


def take_back_or_release(pk: str) -> str:
    decision = Decision.objects.select_related("by").get(pk=pk)
    if next(_turns) % 2:
        return services.release_petition_decision(decision, at=AT + timedelta(minutes=10)).state
    return services.take_back_decision(decision, by=decision.by, at=AT + timedelta(minutes=9)).state
