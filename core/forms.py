"""What every form shares: text that both databases can store and people can read, and the
three-part date.
"""

from calendar import monthrange
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import lru_cache
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms.renderers import BaseRenderer
from django.http import HttpRequest
from django.utils.safestring import SafeString

from core.errors import Refusal
from core.pasted import cannot_be_stored, clean_pasted
from core.unsent import SHOWN_AGAIN, WITH_FILES

LINE = 200  # characters of a one-line answer unless its field says otherwise
TEXT = 2000  # of a longer one
NOT_WHOLE = "Part of this page did not arrive. Check it, then try again."
AGREE_AGAIN = "Part of this page did not arrive. Check it, then agree again."


def plain_text(text: str) -> None:
    """Raise ValidationError for NUL and lone surrogates (F13).

    Other invisible characters are removed before this check, because people paste them without
    knowing.
    """
    if any(map(cannot_be_stored, text)):
        raise ValidationError(
            "Take out the hidden characters: type it again instead of pasting it.", code="hidden"
        )


class PlainTextForm(forms.BaseForm):
    """A mixin for any form: limits and `plain_text` on every text field, and a way to show a
    service's refusal.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        for field in self.fields.values():
            if isinstance(field, forms.CharField) and not isinstance(field, forms.JSONField):
                _make_plain(field)

    def full_clean(self) -> None:
        """Validate the form. One that was restored after signing in again gets an error, so that
        the person reads it before sending it.
        """
        super().full_clean()
        if self.is_bound and SHOWN_AGAIN in self.data:
            files = " Choose your files again." if WITH_FILES in self.data else ""
            sentence = f"You were signed out before this was sent. Read it again, and send it.{files}"
            self.add_error(None, ValidationError(sentence, code="shown_again"))

    def refuse(self, refusal: Refusal) -> None:
        """Show a service's refusal at the field that it names, or at the top."""
        known = refusal.field if refusal.field in self.fields else None
        self.add_error(known, ValidationError(str(refusal), code=refusal.code))

    @contextmanager
    def refusals(self) -> Iterator[None]:
        """Show a service's refusal inside this block in the form; what follows the block then
        answers with the form.
        """
        try:
            yield
        except Refusal as refusal:
            self.refuse(refusal)


@contextmanager
def show_refusals(request: HttpRequest) -> Iterator[None]:
    """Show a service's refusal inside this block as a message on the next page; what follows the
    block then answers.
    """
    try:
        yield
    except Refusal as refusal:
        messages.error(request, str(refusal))


def posted_to(request: HttpRequest) -> tuple[object, object]:
    """Return the data and files that a form is bound to; (None, None) for a request that posts
    nothing.

    A posted form is bound even when it is empty.
    """
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


class PlainForm(PlainTextForm, forms.Form):
    """The class that our forms extend; it adds nothing to `PlainTextForm`."""


class WhyForm(PlainForm):
    """The form in which a trainer says why a decision should be reviewed again."""

    why = forms.CharField(
        label="Why should we look again?",
        error_messages={"required": "Write why we should look again."},
        widget=forms.Textarea({"rows": 5}),
    )


def hidden_number(
    *, smallest: int, largest: int = 2**31 - 1, required: bool = True, missing: str = NOT_WHOLE
) -> forms.IntegerField:
    """Return a hidden field for a whole number that the page itself posts, such as the amount that
    the person saw.
    """
    return forms.IntegerField(
        required=required,
        min_value=smallest,
        max_value=largest,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), missing),
    )


class AgreeForm(PlainForm):
    """The form by which a trainer agrees: it posts the version of the attestation and the amount
    that they saw. Other posted values are ignored.
    """

    attestation_version = forms.CharField(
        max_length=20, widget=forms.HiddenInput, error_messages={"required": AGREE_AGAIN}
    )
    agreed_cents = hidden_number(smallest=0, missing=AGREE_AGAIN)


def _make_plain(field: forms.CharField) -> None:
    if field.max_length is None:
        field.max_length = TEXT if isinstance(field.widget, forms.Textarea) else LINE
        field.widget.attrs.update(field.widget_attrs(field.widget))
    field.validators = [
        *(
            v
            for v in field.validators
            if type(v).__name__ not in ("MaxLengthValidator", "ProhibitNullCharactersValidator")
        ),
        plain_text,
        _at_most(field.max_length),
    ]
    if field.strip:  # a password stays what was typed
        _clean_pasted_text(field)


def _clean_pasted_text(field: forms.CharField) -> None:
    read, one_line = field.to_python, not isinstance(field.widget, forms.Textarea)

    def read_cleaned(value: object) -> str | None:
        text = read(value)
        return (clean_pasted(text, one_line=one_line) or field.empty_value) if text else text

    field.to_python = read_cleaned  # type: ignore[method-assign]  # this one field cleans what was pasted


def _at_most(limit: int) -> Callable[[str], None]:
    def check(text: str) -> None:
        if len(text) > limit:
            raise ValidationError(f"Use {limit} characters or fewer.", code="max_length")

    return check


class DatePartsWidget(forms.MultiWidget):
    """Month, day and year, each in a box with its own label: no calendar to open, no order to guess."""

    template_name = "includes/date_parts.html"
    use_fieldset = True
    parts = ("month", "day", "year")

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        boxes: dict[str, forms.Widget | type[forms.Widget]] = {
            part: forms.TextInput({"inputmode": "numeric", "class": _width(part)}) for part in self.parts
        }
        super().__init__(boxes, attrs)

    def decompress(self, value: date | None) -> list[str]:
        return [str(value.month), str(value.day), str(value.year)] if value else ["", "", ""]


class HiddenDatePartsWidget(DatePartsWidget):
    """The three boxes of a date as hidden fields, for a page that asks to confirm what was
    typed.
    """

    template_name = "django/forms/widgets/multiwidget.html"

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        super().__init__(attrs)
        self.widgets = [forms.HiddenInput() for _ in self.parts]


class CachedSelect(forms.Select):
    """A select field that many pages show with the same choices: rendered once for each selected
    choice.
    """

    def render(
        self,
        name: str,
        value: object,
        attrs: dict[str, object] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        given = tuple(sorted((attrs or {}).items()))
        return _render_select(type(self), name, str(value or ""), tuple(self.choices), given)


@lru_cache(maxsize=512)
def _render_select(
    kind: type[CachedSelect],
    name: str,
    value: str,
    choices: tuple[tuple[str, str], ...],
    attrs: tuple[tuple[str, object], ...],
) -> SafeString:
    return super(CachedSelect, kind(choices=choices)).render(name, value, dict(attrs))


class DateField3(forms.MultiValueField):
    """A date in three boxes. `what` completes the sentence "Enter …", such as "the date you
    finished the course". With `ends_month` the day may be left out: it is then the last day of the
    month.
    """

    widget = DatePartsWidget
    hidden_widget = HiddenDatePartsWidget

    def __init__(self, *, what: str = "the date", ends_month: bool = False, **kwargs: Any) -> None:
        self.what, self.ends_month = what, ends_month
        kwargs.setdefault("help_text", "For example, 3 27 2026")
        kwargs.setdefault("require_all_fields", False)
        super().__init__(fields=[forms.CharField(required=False) for _ in DatePartsWidget.parts], **kwargs)

    def clean(self, value: list[str] | None) -> date | None:
        """Return the date, or None when the field is optional and empty. Raises ValidationError with a
        sentence.
        """
        month, day, year = ((part or "").strip() for part in value or ["", "", ""])
        if not (month or day or year):
            if self.required:
                raise ValidationError(f"Enter {self.what}.", code="required")
            return None
        if self.ends_month and month and year and not day:
            first = self._real_date(month, "1", year)
            return first.replace(day=monthrange(first.year, first.month)[1])
        missing = [
            name for name, part in zip(DatePartsWidget.parts, (month, day, year), strict=True) if not part
        ]
        if missing:
            raise ValidationError(f"Enter the {' and the '.join(missing)} of {self.what}.", code="incomplete")
        return self._real_date(month, day, year)

    def has_changed(self, initial: date | None, data: list[str] | None) -> bool:
        return bool(DatePartsWidget().decompress(initial) != data)

    def _real_date(self, month: str, day: str, year: str) -> date:
        if not all(part.isascii() and part.isdigit() and len(part) <= 4 for part in (month, day, year)):
            raise ValidationError(f"Enter {self.what} in numbers, for example 3 27 2026.", code="not_numbers")
        if len(year) != 4 or not 1900 <= int(year) <= 2199:
            raise ValidationError("Enter the year with 4 digits, for example 2026.", code="year")
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            raise ValidationError(
                f"Enter {self.what} as a real date, for example 3 27 2026.", code="no_such_date"
            ) from None


def _width(part: str) -> str:
    return "width-4" if part == "year" else "width-2"
