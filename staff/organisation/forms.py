"""The form of what leads may set for the certifying body."""

from typing import Any

from django import forms

from core.errors import Refusal
from core.form_fields import WebAddressField
from core.organisation import (
    LARGEST_PICTURE,
    PICTURES,
    TEXTS,
    OrganisationFacts,
    check_colours,
    set_by_environment,
)
from documents.errors import BadFile
from staff.forms import SeenForm
from staff.organisation.pictures import ACCEPTED, picture_from_token, receive_picture, token_for_picture
from trainers.models import Trainer

NO_ADDRESS = "Write a web address such as https://www.example.org/conduct."
FROM_OPERATOR = "Set by whoever operates the portal ({name} in its environment). Change it there."
VARIABLES = {
    "support_email": "CONTACT_EMAIL",
    "postal_address": "ORGANISATION_ADDRESS",
    "signer_name": "ORGANISATION_SIGNER",
}
LONGEST_TOKEN = 2 * LARGEST_PICTURE


def _picture_field(label: str, help_text: str) -> forms.FileField:
    return forms.FileField(
        label=label, help_text=help_text, required=False, widget=forms.FileInput({"accept": ACCEPTED})
    )


def _kept_field() -> forms.CharField:
    return forms.CharField(required=False, max_length=LONGEST_TOKEN, widget=forms.HiddenInput)


def _web_address(label: str, help_text: str) -> WebAddressField:
    return WebAddressField(label=label, help_text=help_text, required=False, bad=NO_ADDRESS)


def _colour_field(label: str, help_text: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=7,
        widget=forms.TextInput({"class": "width-7"}),
    )


class OrganisationForm(SeenForm):
    """The form of the certifying body. Every field may be empty. An uploaded picture stays with the
    form as a token that we signed.
    """

    name = forms.CharField(
        label="Name", help_text="On certificates, receipts and mails.", required=False, max_length=80
    )
    short_name = forms.CharField(
        label="Short name",
        help_text="At the top of every page. Empty: the name.",
        required=False,
        max_length=30,
    )
    accent = _colour_field("Accent colour", "Such as #0b5d66. It must be readable on light pages.")
    accent_dark = _colour_field("Accent colour on dark pages", "Empty: a lighter shade of the accent colour.")
    logo = _picture_field("Logo", "PNG, JPEG or WebP. It stands on white, at most 480 by 160 pixels.")
    logo_kept = _kept_field()
    logo_gone = forms.BooleanField(label="Show no logo", required=False)
    postal_address = forms.CharField(
        label="Postal address", required=False, max_length=300, widget=forms.Textarea({"rows": 3})
    )
    support_email = forms.EmailField(
        label="Support address",
        help_text="Where pages and mails send people who need a person.",
        required=False,
        max_length=254,
        error_messages={"invalid": "Write an email address such as help@example.org."},
    )
    signer_name = forms.CharField(label="Who signs certificates", required=False, max_length=80)
    signer_title = forms.CharField(
        label="Their title", help_text="Such as Director of Certification.", required=False, max_length=80
    )
    signature = _picture_field(
        "Signature", "A picture of it, dark on white. It is printed on every certificate."
    )
    signature_kept = _kept_field()
    signature_gone = forms.BooleanField(label="Print no signature", required=False)
    conduct_url = _web_address("Code of conduct", "Its web address, for the foot of every page.")
    privacy_url = _web_address("Privacy notice", "The organisation’s own, beside the portal’s privacy page.")

    def __init__(self, *args: Any, by: Trainer, now: OrganisationFacts, **options: Any) -> None:
        super().__init__(*args, **options)
        self.by = by
        self.pictures: dict[str, bytes] = {}
        for name, text in set_by_environment().items():
            self.fields[name].disabled = True
            self.fields[name].initial = self.initial[name] = text
            variable = VARIABLES.get(name, f"ORGANISATION_{name.upper()}")
            self.fields[name].help_text = FROM_OPERATOR.format(name=variable)
        for kind in PICTURES:
            if not getattr(now, kind):
                del self.fields[f"{kind}_gone"]

    def clean_accent(self) -> str:
        return str(self.cleaned_data["accent"]).lower()

    def clean_accent_dark(self) -> str:
        return str(self.cleaned_data["accent_dark"]).lower()

    def clean_postal_address(self) -> str:
        return "\n".join(self.cleaned_data["postal_address"].splitlines())  # browsers send CR LF

    def clean(self) -> dict[str, object]:
        answers = super().clean() or self.cleaned_data
        for kind in PICTURES:
            self._keep_picture(kind, answers)
        with self.refusals():
            check_colours(answers)
        return answers

    def values(self) -> dict[str, str | bytes]:
        """Return the values for `save_organisation`, without what the environment sets and without
        unchanged pictures.
        """
        fixed = set_by_environment()
        texts = {name: self.cleaned_data[name] for name in TEXTS if name not in fixed}
        gone = {kind: b"" for kind in PICTURES if self.cleaned_data.get(f"{kind}_gone")}
        return {**texts, **self.pictures, **gone}

    def _keep_picture(self, kind: str, answers: dict[str, Any]) -> None:
        picture = picture_from_token(answers.get(f"{kind}_kept") or "")
        if answers.get(kind):
            try:
                picture = receive_picture(answers[kind], kind=kind, by=self.by)
            except BadFile as refused:
                self.refuse(Refusal(str(refused), code=refused.code, field=kind))
        data = self.data.copy()  # type: ignore[attr-defined] # a QueryDict
        data[f"{kind}_kept"] = token_for_picture(picture) if picture else ""
        self.data = data
        if picture:
            self.pictures[kind] = picture
