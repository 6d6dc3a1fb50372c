"""What reviewers write when they decide about a renewal: a reason code, and words that the trainer
reads.
"""

from core.forms import DateField3, PlainForm
from renewals.models import LONGEST_REASON, Decision
from renewals.reasons import TO_DENY, TO_RETURN
from staff.forms import (
    ReasonedForm,
    ReasonForm,
    SeenForm,
    ThroughForm,
    labelled_reasons,
    text_area,
    words_area,
)


class ReturnForm(ReasonedForm):
    reasons = labelled_reasons(TO_RETURN, Decision.Reason)
    words = words_area(LONGEST_REASON)
    field_order = ("seen", "reason_code", "words")


class DenyForm(ReasonedForm):
    reasons = labelled_reasons(TO_DENY, Decision.Reason)
    words = words_area(LONGEST_REASON)
    field_order = ("seen", "reason_code", "words")


class CauseForm(PlainForm):
    cause = text_area(
        "Why", "Only staff read it. Another lead must agree before the audit opens.", "Write why.", rows=3
    )


class ReopenForm(SeenForm, ReasonForm):
    """The form in which a lead says why a denial is taken back."""

    reason = text_area(
        "Reason", "The trainer reads it. It is kept in the history.", "Write the reason.", rows=3
    )


class ReopenAuditForm(ReopenForm, ThroughForm):
    """The form in which a lead says why a denial is taken back, and gives its expired audit a new
    last day.
    """

    through = DateField3(label="New last day for documents", what="the new last day")
    field_order = ("seen", "reason", "through")
