"""The effect of a released decision: record, catalogue entry and mail, in one transaction."""

import secrets
from datetime import datetime

from django.utils.text import slugify

from cases.decisions import release_decision
from ceus.models import CeuRecord, Course, Provider
from ceus.services import grant_record, save_courses
from core.constraints import certain
from core.history import subject_of
from outbox.notices import queue_notice
from petitions.fees import check_fee_kept
from petitions.models import Decision, Petition, PetitionDocument
from petitions.notice_codes import APPROVED, DENIED
from petitions.services.moving import move_petition

State = Petition.State


def release_petition_decision(decision: Decision, *, at: datetime) -> Decision:
    """Release a pending decision with its record, catalogue entry and mail. Idempotent.

    Raises Refusal before it is due, when the completion already counts, and when the fee was
    returned.
    """
    return release_decision(decision, lambda petition, one: _take_effect(petition, one, at=at), at=at)


def _take_effect(petition: Petition, decision: Decision, *, at: datetime) -> None:
    approves = decision.verdict == Decision.Verdict.APPROVE
    detail = {"decision": decision.pk, "hundredths": decision.hundredths, "reason_code": decision.reason_code}
    if approves:
        check_fee_kept(petition)
        _list_course(petition, decision)
        petition.record = _record(petition, decision, at=at)
    state, verb = (State.APPROVED, "approved") if approves else (State.DENIED, "denied")
    move_petition(petition, state, verb, by=decision.by, at=at, reason=decision.words, detail=detail)
    queue_notice(
        APPROVED if approves else DENIED,
        subject=subject_of(petition),
        event=f"decision:{decision.pk}",
        trainer=petition.trainer,
        send_at=at,
        payload={"decision": decision.pk},
    )


def _list_course(petition: Petition, decision: Decision) -> None:
    if decision.lists_course:
        decision.course = _precedent(petition, decision)
        decision.save(update_fields=["course"])


def _record(petition: Petition, decision: Decision, *, at: datetime) -> CeuRecord:
    certificate = petition.evidence.current().get(part=PetitionDocument.Part.CERTIFICATE).document
    return grant_record(
        petition.credential,
        title=petition.title,
        category=petition.category,
        completed_on=petition.agreement.completed_on,
        hundredths=certain(decision.hundredths),
        course=decision.course,
        certificate=certificate,
        by=decision.by,
        at=at,
    )


def _precedent(petition: Petition, decision: Decision) -> Course | None:
    """Return the catalogue's course, created when missing and approved from the day of completion.

    None when another number of CEUs, or an approval that has ended, is listed from that day.
    """
    day, hundredths = petition.agreement.completed_on, certain(decision.hundredths)
    provider = Provider.objects.filter(name__iexact=petition.provider_name).first()
    if provider is None:
        slug = _free_slug(Provider, petition.provider_name, 120)
        provider = Provider.objects.create(
            name=petition.provider_name, slug=slug, approved_from=day, link=petition.provider_link
        )
    known = Course.objects.filter(provider=provider, title__iexact=petition.title, hundredths=hundredths)
    course = known.approved_on(day).first()
    if course:
        return course
    if Course.objects.filter(provider=provider, title=petition.title, approved_from=day).exists():
        return None  # the catalogue lists it once from a day; the record stands without it
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
