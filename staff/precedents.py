"""Earlier decisions about similar cases, for the review pages of a petition, an audit and a renewal."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from audits.models import AuditItem
from ceus.cards import is_card
from ceus.models import CeuRecord
from core.templatetags.words import ceus
from petitions.models import Decision as PetitionDecision
from petitions.models import Petition
from renewals.models import Application
from renewals.models import Decision as RenewalDecision
from rules.answers import Standing

SHOWN = 5
NEWEST = 2000  # rows that are searched at most, so that the query costs the same however many there are
RenewalReason = RenewalDecision.Reason


@dataclass(frozen=True, slots=True)
class Precedent:
    """An earlier decision: its result, what it was about, who made it, when, and with which words."""

    outcome: str
    about: str
    reference: str
    url: str
    who: str
    at: datetime | None
    reason: str = ""
    words: str = ""


def petition_precedents(petition: Petition) -> list[Precedent]:
    """Return the newest decisions about this course, then about this provider. One query."""
    return [
        Precedent(
            f"{ceus(one.hundredths)} approved" if one.hundredths else "Declined",
            "same course" if one.petition.folded_title == petition.folded_title else one.petition.title,
            one.petition.reference,
            reverse("admin:petitions_petition_review", args=[one.petition_id]),
            one.by.name,
            one.decided_at,
            one.get_reason_code_display(),
            one.words,
        )
        for one in PetitionDecision.objects.precedents_for(petition)[:SHOWN]
    ]


def document_precedents(records: Sequence[CeuRecord], *, but: int | None = None) -> list[Precedent]:
    """Return the newest verdicts of audits on documents for these courses or their providers, those
    for the course first; for a record without a course, those with the same title.

    `but` is the primary key of an audit to leave out. One query.
    """
    courses = {one.course_id for one in records if one.course_id}
    providers = {one.course.provider_id for one in records if one.course}
    kinds = Q(pk__in=[])
    for one in records:
        if not one.course_id:
            kinds |= Q(record__course=None, record__category=one.category, record__title=one.title)
    same = Q(record__course__in=courses) | kinds
    judged = AuditItem.objects.exclude(verdict=AuditItem.Verdict.NONE).exclude(audit=but)
    newest = judged.order_by("-pk").values("pk")[:NEWEST]
    found = AuditItem.objects.filter(same | Q(record__course__provider__in=providers), pk__in=newest)
    found = found.annotate(is_same_course=same).select_related("audit", "record", "reviewed_by")
    return [
        _of_document(one, alone=len(records) == 1)
        for one in found.order_by("-is_same_course", "-reviewed_at", "-pk")[:SHOWN]
    ]


def _of_document(item: AuditItem, *, alone: bool) -> Precedent:
    same = alone and item.is_same_course  # type: ignore[attr-defined]  # an annotation of the query
    return Precedent(
        item.get_verdict_display(),
        "same course" if same else item.record.title,
        item.audit.reference,
        f"{reverse('admin:audits_audit_review', args=[item.audit_id])}?item={item.pk}",
        item.reviewed_by.name if item.reviewed_by else "",
        item.reviewed_at,
        words=item.words,
    )


def renewal_precedents(application: Application, standing: Standing) -> list[Precedent]:
    """Return the newest returns and denials for a reason that fits what this renewal lacks; none when it lacks
    nothing. One query.
    """
    codes = list(_fitting_codes(application, standing))
    if not codes:
        return []
    no = (RenewalDecision.Verdict.RETURN, RenewalDecision.Verdict.DENY)
    released = RenewalDecision.objects.filter(state=RenewalDecision.State.RELEASED, verdict__in=no)
    newest = released.exclude(application=application).order_by("-pk").values("pk")[:NEWEST]
    found = RenewalDecision.objects.filter(pk__in=newest, reason_code__in=codes)
    return [
        Precedent(
            one.get_verdict_display(),
            one.get_reason_code_display(),
            one.application.reference,
            reverse("admin:renewals_application_review", args=[one.application_id]),
            one.by.name,
            one.decided_at,
            words=one.words,
        )
        for one in found.select_related("application", "by").order_by("-decided_at", "-pk")[:SHOWN]
    ]


def _fitting_codes(application: Application, standing: Standing) -> Iterable[str]:
    for one in standing.requirements:
        if not one.met and is_card(one.code, application.cycle.credential, standing.received_on):
            yield RenewalReason.CARD
        elif not one.met:
            yield from (RenewalReason.NOT_MET, RenewalReason.DOCUMENTS)
