"""Take what somebody else signed about a trainer's courses: a provider's badge counts as its
report, another body's credit becomes a petition that is filled in (docs/badges.md).
"""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from badges.reading import Claims, check_proof, credentials_in, issuer_of
from ceus.models import Provider
from core.deadlines import latest_today
from core.errors import Refusal, require_self
from petitions.models import Petition
from petitions.services.drafting import CourseFacts
from petitions.services.importing import draft_from_file
from providers import judging
from providers.models import Batch, Completion, IssuerKey
from providers.rows import read_row
from providers.services.reporting import report_completions
from renewals.credits import hundredths_of
from rules.names import answers_to, clean_name
from trainers.models import Credential, Trainer

UNKNOWN_ISSUER = (
    "We do not know who signed it, so we cannot check it. Petitions can be written by hand as well."
)
OF_ANOTHER = "It is about somebody else: it names neither you, nor your number, nor your email address."
TAKEN_BACK = "{provider} corrected this report, or took it back. Look at your courses; if that is wrong, ask {provider}."
NO_TITLE = "It does not name a course."
NO_DAY = "It does not say when the course was completed."
NOT_APPROVED = (
    "The course was not approved on the day of completion, so it does not count by itself. You can "
    "petition for it."
)
FOR_TRAINERS = {  # the answers that a provider gets, and what the trainer reads instead
    judging.NO_COURSE: "The catalogue has no course of {provider} with this code. Ask {provider}, or petition for it.",
    judging.NOT_APPROVED: NOT_APPROVED,
    judging.FUTURE: "It says that you completed it in the future. Bring it again from that day on.",
    judging.NO_DAY: "You completed it before your certification was granted.",
    judging.CARD: "Your card is added on its own page, with both sides.",
    judging.TOO_MANY: "It gives more than the course did on that day. Ask {provider} to correct it.",
    judging.BEFORE: "{provider} has reported this already.",
    judging.PETITIONED: "It counts for you already.",
    judging.CORRECTED: "Our staff corrected your record of this. If that is wrong, write to us.",
}


@dataclass(frozen=True, slots=True)
class TakenCredential:
    """What became of one credential of a file: it counts, it is a draft of a petition, or neither,
    with the reason.
    """

    title: str
    sentence: str = ""
    counted: Completion | None = None
    petition: Petition | None = None

    @property
    def is_taken(self) -> bool:
        return bool(self.counted or self.petition)


def take_signed_file(
    credential: Credential, *, content: bytes, by: Trainer, at: datetime, today: date
) -> list[TakenCredential]:
    """Take each credential of a file that fits its signature and is about this trainer. Idempotent:
    the same file gives the same report and the same drafts.

    Raises Refusal for a file that cannot be read, and when nothing in it could be taken.
    """
    require_self(by, credential.trainer_id)
    taken = [_take(one, credential, by, at, today) for one in credentials_in(content)]
    if not any(one.is_taken for one in taken):
        sentences = dict.fromkeys(
            f"{one.title}: {one.sentence}" if one.title else one.sentence for one in taken
        )
        raise Refusal(" ".join(list(sentences)[:3]), code="nothing_taken", field="file")
    return taken


def _take(
    document: dict[str, object], credential: Credential, by: Trainer, at: datetime, today: date
) -> TakenCredential:
    """Return what became of one credential; a refusal of any service is its sentence."""
    title = ""
    try:
        key, claims = _verified(document, at)
        title = clean_name(claims.title)
        _require_about(claims, by, credential)
        if not title:
            raise Refusal(NO_TITLE, code="title")
        if claims.completed_on is None:
            raise Refusal(NO_DAY, code="day")
        if key.provider:
            return _report_completion(key, claims, credential, by, at, today)
        return _draft_petition(key, claims, credential, by, at)
    except Refusal as refusal:
        return TakenCredential(title, str(refusal))


def _verified(document: dict[str, object], at: datetime) -> tuple[IssuerKey, Claims]:
    did = issuer_of(document)
    keys = {one.public_key: one for one in IssuerKey.objects.believed(did)} if len(did) <= 200 else {}
    if not keys:
        raise Refusal(UNKNOWN_ISSUER, code="issuer")
    multibase, claims = check_proof(document, did=did, public_keys=keys, at=at)
    return keys[multibase], claims


def _require_about(claims: Claims, by: Trainer, credential: Credential) -> None:
    """Raise Refusal unless the credential names the trainer, their number or their address."""
    numbers = {"".join(one.split()) for one in claims.numbers}
    named = any(answers_to(by.name, name) for name in claims.names if name)
    if not (named or credential.number in numbers or claims.is_about_email(by.email)):
        raise Refusal(OF_ANOTHER, code="subject")


def _report_completion(
    key: IssuerKey, claims: Claims, credential: Credential, by: Trainer, at: datetime, today: date
) -> TakenCredential:
    """Report the completion in the name of the provider that signed it."""
    provider = key.provider
    assert provider is not None  # noqa: S101 - asked for keys of providers alone
    said = f"badge:{credential.number}:{sha256(claims.id.encode()).hexdigest()}"
    sent = Completion.objects.as_sent().filter(
        batch__provider=provider, batch__idempotency_key__startswith=said
    )
    completion = sent.exclude(state=Completion.State.REFUSED).order_by("-pk").first()
    if completion is None:
        again = f":{sent.count()}" if sent else ""  # refusals of earlier releases were kept
        completion = _report_row(
            provider, claims, credential, by=by, at=at, today=today, idempotency_key=said + again
        )
    if completion.state in Completion.STANDING:
        return TakenCredential(clean_name(claims.title), counted=completion)
    raise Refusal(TAKEN_BACK.format(provider=provider.name), code="taken_back")


def _report_row(
    provider: Provider,
    claims: Claims,
    credential: Credential,
    *,
    by: Trainer,
    at: datetime,
    today: date,
    idempotency_key: str,
) -> Completion:
    """Report the completion, once it can be taken; a refusal is not kept. Raises Refusal with the reason."""
    row = read_row(
        1,
        number=credential.number,
        name=None,
        course=claims.code,
        completed_on=str(claims.completed_on),
        ceus="",
        unit=credential.policy.unit,
    )
    latest = latest_today(today, at=at, own_zone=by.time_zone)
    (judged,) = judging.judge_rows(provider, [row], latest_day=latest)
    if not judged.is_taken:
        raise Refusal(trainer_words(judged.words, provider.name), code=judged.outcome)
    batch = report_completions(
        provider,
        rows=[row],
        source=Batch.Source.BADGE,
        idempotency_key=idempotency_key,
        by=by,
        at=at,
        latest_day=latest,
    )
    completion = batch.completions.as_sent().get()
    if completion.state == Completion.State.REFUSED:  # somebody changed something at this moment
        raise Refusal(trainer_words(completion.words, provider.name), code=completion.outcome)
    return completion


def trainer_words(words: str, provider: str) -> str:
    """Return what a refused report says, in words for the trainer who brought the file: the answers
    of `providers.judging` are for the provider.
    """
    for ours, theirs in FOR_TRAINERS.items():
        if words.startswith(ours.partition("{")[0] or ours):
            return theirs.format(provider=provider)
    return words


def _draft_petition(
    key: IssuerKey, claims: Claims, credential: Credential, by: Trainer, at: datetime
) -> TakenCredential:
    """Fill in a petition with what the other body says."""
    facts = CourseFacts(
        title=clean_name(claims.title)[:160],
        provider_name=(clean_name(claims.provider) or key.owner_name)[:120],
        completed_on=claims.completed_on,
        asked_hundredths=hundredths_of(claims, credential.policy),
    )
    petition = draft_from_file(
        credential, facts=facts, issuer=key.owner_name, source=clean_name(claims.id)[:300], by=by, at=at
    )
    return TakenCredential(petition.title, petition=petition)
