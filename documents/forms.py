"""A file field that keeps a good file when another field fails, without JavaScript.

Use: `class LogCourseForm(EvidenceForm, PlainForm)` with `certificate = EvidenceField(label="Certificate")`; make it
with `LogCourseForm(request.POST, request.FILES, owner=request.user)` and pass `cleaned_data["certificate"]` to
`documents.services.store_document`.
"""

from base64 import b64encode
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict, flatatt
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from core import clock
from documents.errors import SENTENCES, BadFile, FileGone
from documents.sandbox import form_deadline, parse_in_sandbox
from documents.services import read_thumbnail, receive_counted
from documents.waiting import WaitingFile, from_token, token_of
from trainers.models import Trainer

ACCEPTED = "application/pdf,image/jpeg,image/png,image/webp,image/heic,image/heif,.heic,.heif"


class EvidenceInput(forms.FileInput):
    """A file input; beside it a hidden field with the signed name of a file that is stored
    already.
    """

    kept: WaitingFile | None = None
    what, error = "", ""  # the label of its field, and a sentence where no form shows it

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        super().__init__({"accept": ACCEPTED, **(attrs or {})})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        kept = "" if f"{name}-remove" in data else data.get(f"{name}-kept")
        return files.get(name) or kept or None

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in files and f"{name}-kept" not in data

    def use_required_attribute(self, initial: object) -> bool:
        return super().use_required_attribute(initial) and self.kept is None

    def get_context(self, name: str, value: object, attrs: dict[str, object] | None) -> dict[str, object]:
        context = super().get_context(name, value, attrs)
        context["widget"]["flat_attrs"] = flatatt(context["widget"]["attrs"])
        context["id"] = context["widget"]["attrs"].get("id", f"id_{name}")
        context |= {"what": self.what, "error": self.error, "sends": _sends_at_once(name, self.what)}
        if self.kept:
            context["photo"] = self.kept.sent_type.startswith("image/")
            context["kept"] = self.kept
            context["token"] = token_of(self.kept)
            context["thumbnail"] = _thumbnail_of(self.kept)
        return context

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        return render_to_string("documents/evidence_input.html", self.get_context(name, value, attrs))


class EvidenceField(forms.FileField):
    """A file field whose clean value is a Waiting or None: parsed, harmless and in storage. Needs
    an EvidenceForm around it.
    """

    widget = EvidenceInput
    owner: Trainer
    until: float

    def __init__(self, *, label: str, required: bool = True, **options: Any) -> None:
        options.setdefault("error_messages", {"required": SENTENCES["missing"]})
        super().__init__(label=label, required=required, **options)

    def clean(self, data: Any, initial: Any = None) -> WaitingFile | None:
        if not data:
            forms.Field.clean(self, None)
            return None
        try:
            if isinstance(data, str):
                return from_token(data, owner=self.owner, at=clock.now())
            parse = partial(parse_in_sandbox, until=self.until)
            return receive_counted(data, owner=self.owner, at=clock.now(), make_safe=parse)
        except BadFile as refused:
            raise ValidationError(str(refused), code=refused.code) from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(data)


class EvidenceForm(forms.Form):
    """A form with files that belong to `owner`. When the form is shown again, a good file stays
    with it.
    """

    unfinished = False  # it is shown again before it is sent

    def __init__(self, *args: Any, owner: Trainer, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.evidence_fields.values():
            field.owner = owner
            field.widget.what = str(field.label)

    @property
    def evidence_fields(self) -> dict[str, EvidenceField]:
        return {name: field for name, field in self.fields.items() if isinstance(field, EvidenceField)}

    def full_clean(self) -> None:
        until = form_deadline()  # for all files together: the web server's time limit is for the whole form
        for field in self.evidence_fields.values():
            field.until = until
        super().full_clean()

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # a form without a model has it too
        for name, field in self.evidence_fields.items():
            field.widget.kept = self.cleaned_data.get(name) or self._kept_before(name, field)

    def keep_unfinished(self, *checked: str) -> None:
        """Read a form that is not finished: store its files, which stay with it, and keep only the
        errors of the files and of the fields named in `checked`.
        """
        self.unfinished = True
        self.full_clean()
        told = {*checked, *self.evidence_fields}
        self._errors = ErrorDict({name: found for name, found in self.errors.items() if name in told})

    def _kept_before(self, name: str, field: EvidenceField) -> WaitingFile | None:
        """Return the file that the form had before, so that a bad replacement does not lose it."""
        if f"{self.add_prefix(name)}-remove" in self.data:
            return None
        try:
            token = self.data.get(f"{self.add_prefix(name)}-kept", "")
            return from_token(token, owner=field.owner, at=clock.now())
        except BadFile:
            return None


class OneFileForm(EvidenceForm):
    """The form for one file that is uploaded before the rest of its page is sent. `name` is the name
    of its field on that page."""

    def __init__(self, *args: object, name: str, label: str, owner: Trainer, **options: object) -> None:
        super().__init__(*args, owner=owner, **options)
        field = self.fields[name] = EvidenceField(label=label, required=False)
        field.owner, field.widget.what = owner, label


def _sends_at_once(name: str, what: str) -> SafeString:
    """Return the attributes by which an input uploads its file alone, and is replaced by the box
    that the server answers with.
    """
    address = f"{reverse('documents:keep')}?{urlencode({'field': name, 'what': what})}"
    box = f"#proof-{name}"
    attributes = {"hx-post": address, "hx-encoding": "multipart/form-data", "hx-target": box}
    names = ",".join((name, f"{name}-kept", f"{name}-remove", "csrfmiddlewaretoken"))
    return flatatt(attributes | {"hx-swap": "outerHTML", "hx-indicator": box, "hx-params": names})


def _thumbnail_of(kept: WaitingFile) -> str:
    """Return the small picture of a file without a row as a data URL; empty without one."""
    try:
        return f"data:image/webp;base64,{b64encode(read_thumbnail(kept.stored_as)).decode()}"
    except FileGone:
        return ""
