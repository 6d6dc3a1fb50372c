"""What the audit of a renewal means for the renewal. Changes nothing (S12, Q17–Q20)."""

from datetime import date

from audits.models import Audit
from cases.another_look import last_day_to_ask
from ceus.models import AffectedRecord, CatalogueChange, CeuRecord
from ceus.sharing import is_sharing
from core.history import subject_of, subject_pk, subject_prefix
from core.models import HistoryEntry
from payments.models import Charge
from petitions.models import Petition
from renewals.models import Application
from renewals.notice_codes import DENIED
from renewals.services.moving import figures_for

REMOVED = "You removed a course that this renewal needs."
NOT_COUNTED = "A course that you asked us to count did not give what this renewal needs."
RELISTED = "Our list of courses changed, so a course counts otherwise."
REFUSED = "We could not accept a document in the check of your renewal, so its course does not count."
REMOVED_BY_TRAINER = "removed"  # the verb of the history; a provider's is another one
State = Application.State
DENIED_BY_AUDIT, RETURNED, SUSPENDED = "denied", "returned", "suspended"
NOT_PASSED = (Audit.State.FAILED, Audit.State.EXPIRED)


def latest_audit(application: Application) -> Audit | None:
    """Return the newest audit of this application."""
    return (
        Audit.objects.filter(cycle=application.cycle, renewal=application.reference).order_by("-pk").first()
    )


def audit_not_passed(application: Application) -> Audit | None:
    """Return the failed or expired audit because of which the renewal is denied, or is returned where
    its policy says so; None when there is none, and once it was returned for it (Q19).
    """
    audit = latest_audit(application)
    if audit is None or audit.state not in NOT_PASSED or was_returned_for(application, audit):
        return None
    return audit


def was_returned_for(application: Application, audit: Audit) -> bool:
    """Return whether the renewal was returned for correction because of this audit, as the policy says."""
    if means_of_failing(application) != RETURNED:
        return False
    steps = HistoryEntry.objects.filter(subject=subject_of(application), to_state=State.RETURNED)
    return steps.filter(at__gte=audit.ended_at).exists()


def means_of_failing(application: Application) -> str:
    """Return what an audit that is not passed means by the policy of the day of receipt."""
    terms = figures_for(application).families.audit
    return terms.failing if terms else DENIED_BY_AUDIT


def second_look(application: Application, day: date) -> str:
    """Return the state of a second review of the audit that led to a denial: "open" while another
    person reviews it, "possible" while the trainer can ask for it on `day` (Q26), otherwise "".
    """
    audit = latest_audit(application) if application.state == Application.State.DENIED else None
    if audit is None:
        return ""
    if audit.another_look_at:
        return "open" if audit.is_open else ""
    is_possible = audit.state == Audit.State.FAILED and day <= last_day_to_ask(application, DENIED)
    return "possible" if is_possible else ""


def may_look_again(application: Application, day: date) -> bool:
    """Return whether the trainer can ask on `day` for a second review of the denial."""
    return second_look(application, day) == "possible"


def lost_by_list(application: Application) -> bool:
    """Return whether a claimed record lost CEUs or its approval after the day of receipt, because a
    lead applied a change of the catalogue to it (Q32).
    """
    taken = AffectedRecord.objects.filter(
        record__claimed_for=application.cycle,
        change__records=CatalogueChange.Records.CHANGED,
        change__at__gte=application.submission.received_at,
    )
    return taken.exists()


def has_refused_records(application: Application) -> bool:
    """Return whether a passed audit of this renewal rejected records."""
    audit = latest_audit(application)
    return bool(
        audit and audit.state == Audit.State.PASSED and audit.items.filter(verdict="refused").exists()
    )


def has_removed_records(application: Application) -> bool:
    """Return whether the trainer has removed, after the day of receipt, a record that could count: of this
    certification, or of another one that shares it. What we made of a shared course for a renewal, and
    removed when that renewal ended, is none.
    """
    entries = HistoryEntry.objects.filter(
        trainer=application.trainer_id,
        subject__startswith=subject_prefix(CeuRecord),
        verb=REMOVED_BY_TRAINER,
        at__gte=application.submission.received_at,
    )
    removed = [subject_pk(one) for one in entries.values_list("subject", flat=True)]
    records = CeuRecord.objects.filter(pk__in=removed, shared_from__isnull=True)
    if not is_sharing(application.cycle):
        records = records.filter(credential=application.cycle.credential_id)
    return records.exists()


def why_short(application: Application) -> str:
    """Return the sentence for the trainer on why a renewal that had enough no longer has; "" when a
    person must look at the cause.
    """
    if has_refused_records(application):
        return REFUSED
    if lost_by_list(application):
        return RELISTED
    if has_removed_records(application):
        return REMOVED
    return NOT_COUNTED if _petition_has_ended(application) else ""


def _petition_has_ended(application: Application) -> bool:
    """Return whether a paid petition has ended after the day of receipt. When none has, a person
    must look at why the renewal is short.
    """
    ended = Petition.objects.filter(
        credential=application.cycle.credential, ended_at__gte=application.received_at
    )
    return ended.filter(charge__state=Charge.State.PAID).exists()
