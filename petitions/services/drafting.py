"""A petition before it is paid: start it, change it, withdraw it."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from django.db import transaction

from cases.decisions import drop_pending_decision
from cases.locking import day_of, lock_case, lock_credential
from cases.reviewers import require_owner
from ceus.models import Topic
from core.deadlines import latest_today
from core.errors import Refusal
from core.history import record_history
from core.policy_words import fill_policy_words, first_category
from core.references import new_reference
from core.transitions import check_step
from documents.services import store_document
from documents.waiting import WaitingFile
from payments.services.charges import void_charge
from petitions.models import Petition, PetitionDocument
from petitions.services.moving import move_petition
from rules.days import day_in_words
from trainers.models import Credential, Trainer

WITHDRAWN_REASON = "The petition was withdrawn."
State = Petition.State


@dataclass(frozen=True, slots=True)
class CourseFacts:
    """A trainer's description of a course. A draft needs only title and provider; without a
    category the course gets the first one for courses.
    """

    title: str
    provider_name: str
    provider_link: str = ""
    began_on: date | None = None
    completed_on: date | None = None
    asked_hundredths: int | None = None
    category: str = ""
    topic: Topic | None = None
    format: str = ""
    learned: str = ""
    instructor: str = ""


def start_petition(
    credential: Credential, *, facts: CourseFacts, files: Mapping[str, WaitingFile], by: Trainer, at: datetime
) -> Petition:
    """Create a draft; when the trainer has a draft for this course and day, change that one, so
    that a form sent twice makes one petition.

    Where `facts` are empty the existing draft keeps its values. Raises Refusal for impossible days.
    """
    with transaction.atomic():
        credential = lock_credential(credential.pk)
        drafts = Petition.objects.filter(credential=credential, state=State.DRAFT, title=facts.title)
        petition = drafts.filter(provider_name=facts.provider_name, completed_on=facts.completed_on).first()
        if petition is None:
            reference = new_reference("P")
            petition = Petition(
                reference=reference,
                trainer=credential.trainer,
                credential=credential,
                category=first_category(credential.policy),
                started_at=at,
                title=facts.title,
                provider_name=facts.provider_name,
            )
            require_owner(petition, by)
            petition.save()
            record_history(
                petition, "started", trainer=petition.trainer, by=by, at=at, change=("", State.DRAFT)
            )
        facts = _with_drafted_values(facts, petition)
        return change_draft(petition, facts=facts, files=files, by=by, at=at)


def change_draft(
    petition: Petition,
    *,
    facts: CourseFacts,
    files: Mapping[str, WaitingFile],
    by: Trainer,
    at: datetime,
    without: Iterable[str] = (),
) -> Petition:
    """Write the details of a draft, replace its `files` by part, and remove the files of the parts
    in `without`.

    Raises Refusal for a petition that is no draft any more, and for impossible days.
    """
    with transaction.atomic():
        petition = lock_case(petition)
        require_owner(petition, by)
        if petition.state != State.DRAFT:
            raise Refusal("You have sent this petition, so it cannot change.", code="sent")
        _check_days(petition, facts, at)
        for name, value in _values(facts).items():
            setattr(petition, name, value)
        petition.save()
        for part, waiting in files.items():
            put_file(petition, part=part, waiting=waiting, by=by, at=at)
        for part in set(without) - set(files):
            take_file_away(petition, part=part, by=by, at=at)
        return petition


def withdraw_petition(petition: Petition, *, by: Trainer, at: datetime) -> Petition:
    """Withdraw a petition for its trainer; a paid fee is not returned (S10). Idempotent.

    Raises Refusal while its payment is being settled.
    """
    with transaction.atomic():
        petition = lock_case(petition)
        require_owner(petition, by)
        if petition.state == State.WITHDRAWN:
            return petition
        check_step(petition, State.WITHDRAWN, "withdrawn")
        if petition.state == State.UNPAID and petition.charge:
            try:
                void_charge(petition.charge, by=by, at=at, reason=WITHDRAWN_REASON)
            except Refusal:
                sentence = (
                    "Your payment has arrived, and your petition is on its way to us. Try again in a minute."
                )
                raise Refusal(sentence, code="paid") from None
        _drop_what_is_open(petition, by=by, at=at)
        return move_petition(petition, State.WITHDRAWN, "withdrawn", by=by, at=at)


def put_file(petition: Petition, *, part: str, waiting: WaitingFile, by: Trainer, at: datetime) -> None:
    """Add a file to a locked petition. A file that it replaces stays, with the moment at which it
    was replaced.
    """
    before = petition.evidence.current().filter(part=part)
    if before.filter(document__sent_sha256=waiting.sent_sha256).exists():
        return  # the same form sent twice
    document = store_document(waiting, owner=petition.trainer, by=by, at=at)
    replaced = 0 if part == PetitionDocument.Part.ANSWER else before.update(replaced_at=at)
    PetitionDocument.objects.create(petition=petition, document=document, part=part)
    detail = {"part": part, "document": document.pk}
    verb = "file replaced" if replaced else "file added"
    record_history(petition, verb, trainer=petition.trainer, by=by, at=at, detail=detail)


def take_file_away(petition: Petition, *, part: str, by: Trainer, at: datetime) -> None:
    """Remove the current file of a part from a petition: it stays stored, with the moment of its
    removal. Idempotent. The caller has locked the petition.
    """
    if petition.evidence.current().filter(part=part).update(replaced_at=at):
        record_history(
            petition, "file removed", trainer=petition.trainer, by=by, at=at, detail={"part": part}
        )


def _with_drafted_values(facts: CourseFacts, petition: Petition) -> CourseFacts:
    """Return `facts` with each empty value replaced by the petition's."""
    left_out = [name for name in CourseFacts.__slots__ if getattr(facts, name) in (None, "")]
    return replace(facts, **{name: getattr(petition, name) for name in left_out})


def _values(facts: CourseFacts) -> dict[str, object]:
    """Return the values by column. A missing category is left out, so that the petition keeps the
    one that it has.
    """
    values = {**asdict(facts), "topic": facts.topic}
    return values if facts.category else {name: one for name, one in values.items() if name != "category"}


def _check_days(petition: Petition, facts: CourseFacts, at: datetime) -> None:
    """Raise Refusal for a future day, a day before the award, and a first day after the last."""
    if facts.completed_on is None:
        return
    own_zone = petition.trainer.time_zone
    if facts.completed_on > latest_today(day_of(at, petition), at=at, own_zone=own_zone):
        raise Refusal("The day you finished cannot be in the future.", code="future", field="completed_on")
    if facts.completed_on < petition.credential.awarded_on:
        awarded_on = day_in_words(petition.credential.awarded_on)
        sentence = f"You were first certified on {awarded_on}. Enter that day or a later one."
        raise Refusal(sentence, code="before_award", field="completed_on")
    if facts.began_on and facts.began_on > facts.completed_on:
        sentence = "The first day is after the day you finished. Check both dates."
        raise Refusal(sentence, code="order", field="began_on")


def _drop_what_is_open(petition: Petition, *, by: Trainer, at: datetime) -> None:
    """Close the open question and take back the pending decision."""
    petition.questions.open().update(closed_at=at)
    drop_pending_decision(
        petition, by=by, at=at, reason=fill_policy_words("The {holder} withdrew the petition.")
    )
