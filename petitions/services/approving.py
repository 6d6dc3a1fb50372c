"""The conditions of an approval. They are checked in this module alone: before the review page
offers an approval, when somebody decides, and when the decision takes effect with its record and
its entry in the catalogue.
"""

import secrets
from datetime import datetime

from django.utils.text import slugify

from ceus.models import CeuRecord, Course, Provider, course_ceus_on
from ceus.services.catalogue import save_courses
from ceus.services.granting import check_can_grant, grant_record
from core.constraints import require_value
from core.errors import Refusal
from core.transitions import check_step
from documents.models import Document
from petitions.fees import check_fee_kept, lock_fee
from petitions.models import Decision, Petition, PetitionDocument
from trainers.models import Trainer

NO_CERTIFICATE = "Its certificate is not on file, so it cannot be approved. Ask for it."
LIKE_APPROVAL = (
    "{reference} is for the same event, and its approval is pending. One event counts once: take that approval "
    "back first, or decline this one."
)


def check_approvable(petition: Petition, *, fee_is_kept: bool = False) -> Document:
    """Return the certificate that an approval rests on. Reads only, without a lock.

    Raises Refusal for whatever would prevent an approval now: the petition's state, a fee that is
    not kept in full, a missing certificate, a completion that is counted already. `fee_is_kept`:
    the caller has just checked the fee.
    """
    check_step(petition, Petition.State.APPROVED, "decided")
    if not fee_is_kept:
        check_fee_kept(petition)
    check_can_grant(petition.credential, title=petition.title, completed_on=petition.agreement.completed_on)
    current = [one for one in petition.evidence.all() if one.replaced_at is None]  # prefetched or not
    proof = next((one for one in current if one.part == PetitionDocument.Part.CERTIFICATE), None)
    if proof is None:
        raise Refusal(NO_CERTIFICATE, code="no_certificate")
    return proof.document


def check_no_like_approval(petition: Petition) -> None:
    """Raise Refusal, with its reference, while an approval of another petition for this event is pending.

    One event counts once, so the second of the two could not take effect. Reads only, without a lock;
    a release does not ask, because it is the first of them.
    """
    alike = Decision.objects.pending().filter(
        verdict=Decision.Verdict.APPROVE,
        petition__credential=petition.credential_id,
        petition__folded_title=petition.folded_title,
        petition__completed_on=petition.completed_on,
    )
    first = alike.exclude(petition=petition).select_related("petition").first()
    if first:
        raise Refusal(LIKE_APPROVAL.format(reference=first.petition.reference), code="approved_beside")


def foreseen_approval(petition: Petition, *, by: Trainer, at: datetime) -> Decision:
    """Return, unsaved, the decision that grants what the petition asks for, for whoever may decide
    now.

    Nothing is written. Raises Refusal for whatever would prevent the approval now. The caller has
    checked that the fee is kept.
    """
    check_approvable(petition, fee_is_kept=True)
    check_no_like_approval(petition)
    granted = petition.agreement.asked_hundredths
    return Decision(
        petition=petition, verdict=Decision.Verdict.APPROVE, hundredths=granted, by=by, decided_at=at
    )


def grant_approved(petition: Petition, decision: Decision, *, at: datetime) -> None:
    """Create the record that an approval grants, and the course in the catalogue when the decision
    lists it there. The caller saves the petition.

    Raises Refusal for whatever prevents the approval now.
    """
    lock_fee(petition)
    certificate = check_approvable(petition)
    _list_course(petition, decision)
    petition.record = _grant_petitioned_record(petition, decision, certificate, at=at)


def _list_course(petition: Petition, decision: Decision) -> None:
    if decision.lists_course:
        decision.course = _ensure_listed_course(petition, decision)
        decision.save(update_fields=["course"])


def _grant_petitioned_record(
    petition: Petition, decision: Decision, certificate: Document, *, at: datetime
) -> CeuRecord:
    return grant_record(
        petition.credential,
        title=petition.title,
        category=petition.category,
        completed_on=petition.agreement.completed_on,
        hundredths=require_value(decision.hundredths),
        course=decision.course,
        certificate=certificate,
        by=decision.by,
        at=at,
    )


def _ensure_listed_course(petition: Petition, decision: Decision) -> Course | None:
    """Return the petition's course in the catalogue; when it is missing, create it, approved from
    the day of completion.

    Return None when the catalogue has the course with other CEUs or with an approval that has
    ended, and when the provider was not approved on that day. The record counts all the same.
    """
    day, hundredths = petition.agreement.completed_on, require_value(decision.hundredths)
    provider = Provider.objects.named(petition.provider_name).first()
    if provider is None:
        slug = _free_slug(Provider, petition.provider_name, 120)
        provider = Provider.objects.create(
            name=petition.provider_name, slug=slug, approved_from=day, link=petition.provider_link
        )
    if not provider.is_approved_on(day):
        return None  # a record of that course would not count on this day (Q10)
    alike = Course.objects.filter(provider=provider).titled(petition.title)
    course = next((one for one in alike.approved_on(day) if course_ceus_on(one, day) == hundredths), None)
    if course:
        return course
    if alike.filter(approved_from=day).exists():
        return None  # the catalogue lists a course once from a day; the record counts without the listing
    slug = _free_slug(Course, petition.title, 180)
    course = Course(
        provider=provider,
        title=petition.title,
        slug=slug,
        category=petition.category,
        hundredths=hundredths,
        format=Course.Format.IN_PERSON,
        approved_from=day,
    )
    topics = {slug: [petition.topic]} if petition.topic else {}
    return save_courses([course], topics=topics)[0]


def _free_slug(model: type[Course] | type[Provider], text: str, longest: int) -> str:
    slug = slugify(text)[: longest - 7] or "course"
    return f"{slug}-{secrets.token_hex(3)}" if model.objects.filter(slug=slug).exists() else slug
