"""The forms of a trainer's audit: files, and a reason why a document is missing or more time is
needed.
"""

from typing import Any

from django import forms

from audits.missing import missing_documents
from audits.models import AuditItem
from ceus.forms import UNLESS_BOTH, BothSidesField, use_for_both_sides
from ceus.models import RecordDocument
from ceus.parts import needed_parts
from core.forms import PlainForm
from documents.errors import SENTENCES
from documents.forms import EvidenceField, EvidenceForm
from documents.waiting import WaitingFile

Part = RecordDocument.Part
INSTEAD = "We have one. Choose a file only to put it in its place."


class DocumentForm(EvidenceForm, PlainForm):
    """The form with one file field for each part that proves the record. A part that is stored
    already may be left empty.
    """

    def __init__(self, *args: Any, item: AuditItem, again: bool, **options: Any) -> None:
        # Before `super().__init__`, which copies them: the fields depend on the record.
        self.base_fields = _fields_for(item, again=again)  # type: ignore[misc]  # Django reads it of the class; here it is of the record
        self.needs_back = "both_sides" in self.base_fields
        super().__init__(*args, **options)
        self.again = again

    def clean(self) -> dict[str, object]:
        """Require at least one file, even when every part is stored already."""
        cleaned = use_for_both_sides(
            self,
            super().clean() or self.cleaned_data,
            needed=self.needs_back,
            front=Part.CARD_FRONT,
            back=Part.CARD_BACK,
        )
        if not self.errors and not self.files_given():
            self.add_error(next(iter(self.fields)), SENTENCES["missing"])
        return cleaned

    def files_given(self) -> dict[str, WaitingFile]:
        return {part: file for part, file in self.cleaned_data.items() if file}


class UnavailableForm(PlainForm):
    why = forms.CharField(
        label="Why can you not get it?",
        help_text="For example: the provider has closed. Say whom you asked.",
        error_messages={"required": "Write why you cannot get it."},
        widget=forms.Textarea({"rows": 4}),
    )


class MoreTimeForm(PlainForm):
    why = forms.CharField(
        label="Why do you need more time?",
        help_text="We decide about it, and write to you. Until then the last day stays.",
        error_messages={"required": "Write why you need more time."},
        widget=forms.Textarea({"rows": 4}),
    )


def _fields_for(item: AuditItem, *, again: bool) -> dict[str, forms.Field]:
    needed = needed_parts(item.record)
    missing = needed if again else missing_documents(item)
    fields: dict[str, forms.Field] = {part: _field(part, needed=part in missing) for part in needed}
    if Part.CARD_FRONT in missing and Part.CARD_BACK in missing:  # both sides may come in one file
        back = fields.pop(Part.CARD_BACK)
        back.required, back.help_text = False, UNLESS_BOTH
        fields |= {"both_sides": BothSidesField(), Part.CARD_BACK: back}
    return fields


def _field(part: str, *, needed: bool) -> EvidenceField:
    help_text = "" if needed else INSTEAD
    return EvidenceField(label=Part(part).label, required=needed, help_text=help_text)
