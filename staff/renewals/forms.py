"""What reviewers write when they decide about a renewal: a reason code, and words that the trainer
reads.
"""

from collections.abc import Sequence
from typing import ClassVar, cast

from django import forms

from ceus.models import CeuRecord
from core.forms import DateField3, PlainForm
from core.policy_words import in_policy_words
from core.templatetags.words import day
from renewals.models import LONGEST_REASON, Application, Decision
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
    claimed: ClassVar[Sequence[CeuRecord]] = ()
    record = forms.TypedChoiceField(
        label="Which one it is about",
        help_text=in_policy_words("Its {holder} finds it on the page of the renewal, ready to be corrected."),
        required=False,
        empty_value=None,
        error_messages={"invalid_choice": "Choose a course or card of this renewal."},
    )
    field_order = ("seen", "reason_code", "record", "words")

    def __init__(self, data: object = None, **options: object) -> None:
        super().__init__(data, **options)
        by_pk = {str(one.pk): one for one in self.claimed}
        field = cast(forms.TypedChoiceField, self.fields["record"])
        field.choices = [("", "Not about one of them"), *((pk, _named(one)) for pk, one in by_pk.items())]
        field.coerce = by_pk.__getitem__


def return_form(application: Application) -> type[ReturnForm]:
    """Return the form to return this renewal, with what it claims as choices."""
    claimed = list(application.cycle.claimed_records.filter(granted=False).select_related("course"))
    return type("ReturnForm", (ReturnForm,), {"claimed": claimed})


def _named(record: CeuRecord) -> str:
    return f"{record.title}, {day(record.completed_on)}"


class DenyForm(ReasonedForm):
    reasons = labelled_reasons(TO_DENY, Decision.Reason)
    words = words_area(LONGEST_REASON)
    field_order = ("seen", "reason_code", "words")


class CauseForm(PlainForm):
    cause = text_area(
        "Why", "Only staff read it. Another lead must agree before the audit opens.", "Write why.", rows=3
    )


class ReopenForm(SeenForm, ReasonForm):
    """The form in which a lead says why a denial is reversed."""

    reason = text_area(
        "Reason",
        in_policy_words("The {holder} reads it. It is kept in the history."),
        "Write the reason.",
        rows=3,
    )


class ReopenAuditForm(ReopenForm, ThroughForm):
    """The form in which a lead says why a denial is reversed, and gives its expired audit a new last day."""

    through = DateField3(label="New last day for documents", what="the new last day")
    field_order = ("seen", "reason", "through")
