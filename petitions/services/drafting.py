"""A petition before it is paid: begun, changed, taken back."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from django.db import transaction

from ceus.models import Topic
from core.history import record_history
from core.references import new_reference
from documents.services import store_document
from documents.waiting import Waiting
from payments.errors import PaymentRefusal
from payments.services import void_charge
from petitions.errors import PetitionRefusal
from petitions.models import Petition, PetitionDocument
from petitions.services.locking import check_owner, check_step, day_of, hold, move
from rules.days import day_in_words
from trainers.models import Credential, Trainer

WITHDRAWN_REASON = "The petition was withdrawn."
State = Petition.State


@dataclass(frozen=True, slots=True)
class Facts:
    """What a trainer writes about a course; CEUs in hundredths. Only title and provider are needed at first."""

    title: str
    provider_name: str
    provider_link: str = ""
    began_on: date | None = None
    completed_on: date | None = None
    asked_hundredths: int | None = None
    topic: Topic | None = None
    learned: str = ""
    instructor: str = ""


def start_petition(
    credential: Credential, *, facts: Facts, files: Mapping[str, Waiting], by: Trainer, at: datetime
) -> Petition:
    """A new draft. A draft about the same course on the same day is changed instead, so that a form sent twice is one;
    what it holds and `facts` leave out stays.

    Raises PetitionRefusal for days that cannot be.
    """
    with transaction.atomic():
        credential = (
            Credential.objects.select_for_update(of=("self",)).select_related("trainer").get(pk=credential.pk)
        )
        drafts = Petition.objects.filter(credential=credential, state=State.DRAFT, title=facts.title)
        petition = drafts.filter(provider_name=facts.provider_name, completed_on=facts.completed_on).first()
        if petition is None:
            reference = new_reference("P")
            petition = Petition(
                reference=reference,
                trainer=credential.trainer,
                credential=credential,
                started_at=at,
                title=facts.title,
                provider_name=facts.provider_name,
            )
            check_owner(petition, by)
            petition.save()
            record_history(
                petition, "started", trainer=petition.trainer, by=by, at=at, change=("", State.DRAFT)
            )
        facts = _filled_up(facts, petition)
        return change_draft(petition, facts=facts, files=files, by=by, at=at)


def change_draft(
    petition: Petition,
    *,
    facts: Facts,
    files: Mapping[str, Waiting],
    by: Trainer,
    at: datetime,
    without: Iterable[str] = (),
) -> Petition:
    """Write the facts anew, and put `files` (by part) in the place of those on record; take the parts `without` away.

    Raises PetitionRefusal.
    """
    with transaction.atomic():
        petition = hold(petition)
        check_owner(petition, by)
        if petition.state != State.DRAFT:
            raise PetitionRefusal("You have sent this petition, so it cannot change.", code="sent")
        _check_days(petition, facts, at)
        for name, value in _values(facts).items():
            setattr(petition, name, value)
        petition.save()
        for part, waiting in files.items():
            put_file(petition, part, waiting, by=by, at=at)
        for part in set(without) - set(files):
            take_file_away(petition, part, by=by, at=at)
        return petition


def withdraw_petition(petition: Petition, *, by: Trainer, at: datetime) -> Petition:
    """End it by the trainer's own wish; a fee that was paid is not returned (S10). Withdrawn already → unchanged."""
    with transaction.atomic():
        petition = hold(petition)
        check_owner(petition, by)
        if petition.state == State.WITHDRAWN:
            return petition
        check_step(petition, State.WITHDRAWN, "withdrawn")
        if petition.state == State.UNPAID and petition.charge:
            try:
                void_charge(petition.charge, by=by, at=at, reason=WITHDRAWN_REASON)
            except PaymentRefusal:
                sentence = (
                    "Your payment has arrived, and your petition is on its way to us. Try again in a minute."
                )
                raise PetitionRefusal(sentence, code="paid") from None
        _drop_what_is_open(petition, by=by, at=at)
        return move(petition, State.WITHDRAWN, "withdrawn", by=by, at=at)


def put_file(petition: Petition, part: str, waiting: Waiting, *, by: Trainer, at: datetime) -> None:
    """Put a file beside the petition; what stood in its place is kept as replaced. The petition is locked."""
    before = petition.evidence.current().filter(part=part)
    if before.filter(document__sent_sha256=waiting.sent_sha256).exists():
        return  # the same form sent twice
    document = store_document(waiting, owner=petition.trainer, by=by, at=at)
    replaced = 0 if part == PetitionDocument.Part.ANSWER else before.update(replaced_at=at)
    PetitionDocument.objects.create(petition=petition, document=document, part=part)
    detail = {"part": part, "document": document.pk}
    verb = "file replaced" if replaced else "file added"
    record_history(petition, verb, trainer=petition.trainer, by=by, at=at, detail=detail)


def take_file_away(petition: Petition, part: str, *, by: Trainer, at: datetime) -> None:
    """The petition is locked. The file stays on record as replaced; taken away already → unchanged."""
    if petition.evidence.current().filter(part=part).update(replaced_at=at):
        record_history(
            petition, "file removed", trainer=petition.trainer, by=by, at=at, detail={"part": part}
        )


def _filled_up(facts: Facts, petition: Petition) -> Facts:
    """`facts`, and what the petition holds wherever they say nothing."""
    left_out = [name for name in Facts.__slots__ if getattr(facts, name) in (None, "")]
    return replace(facts, **{name: getattr(petition, name) for name in left_out})


def _values(facts: Facts) -> dict[str, object]:
    return {**asdict(facts), "topic": facts.topic}


def _check_days(petition: Petition, facts: Facts, at: datetime) -> None:
    """Not in the future, not before the award, and begun before it was completed."""
    if facts.completed_on is None:
        return
    if facts.completed_on > day_of(at, petition):
        raise PetitionRefusal(
            "The day you finished cannot be in the future.", code="future", field="completed_on"
        )
    if facts.completed_on < petition.credential.awarded_on:
        awarded_on = day_in_words(petition.credential.awarded_on)
        sentence = f"You were first certified on {awarded_on}. Enter that day or a later one."
        raise PetitionRefusal(sentence, code="before_award", field="completed_on")
    if facts.began_on and facts.began_on > facts.completed_on:
        sentence = "The first day is after the day you finished. Check both dates."
        raise PetitionRefusal(sentence, code="order", field="began_on")


def _drop_what_is_open(petition: Petition, *, by: Trainer, at: datetime) -> None:
    """A question that nobody need answer any more, and a decision that was still held."""
    petition.questions.filter(answered_at=None, closed_at=None).update(closed_at=at)
    held = petition.held_decision
    if held:
        held.state, held.ended_at = held.State.TAKEN_BACK, at
        held.save(update_fields=["state", "ended_at"])
        reason = "The trainer withdrew the petition."
        record_history(
            held,
            "taken back",
            trainer=petition.trainer,
            by=by,
            at=at,
            change=("held", "taken_back"),
            reason=reason,
        )
