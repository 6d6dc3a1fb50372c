"""What staff type when they edit the catalogue."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError

from ceus.models import Course, Provider, Topic
from core import clock
from core.forms import Plain
from rules.policy.load import load_policy
from rules.units import BadCeus, format_hundredths, parse_ceus

MOST = 10_000  # hundredths
ENDS_FIRST = "Choose a last day that is not before the first one."
NAMED = {"name": {"required": "Write the name."}}
APPROVED = {"approved_from": {"required": "Choose the first approved day."}}


class CeusField(forms.CharField):
    """CEUs as people write them, such as "0.4"; cleaned to hundredths."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("error_messages", {"required": "Write the CEUs, for example 0.4."})
        super().__init__(max_length=10, **options)

    def prepare_value(self, value: Any) -> Any:
        return format_hundredths(value) if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            hundredths = parse_ceus(text)
        except BadCeus as error:
            raise ValidationError(str(error), code="ceus") from None
        if hundredths > MOST:
            raise ValidationError(f"Write at most {format_hundredths(MOST)} CEUs.", code="too_many")
        return hundredths

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class ApprovalForm(Plain, forms.ModelForm):  # type: ignore[type-arg]
    """The days on which a provider or course is approved, both ends included."""

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        first, last = answers.get("approved_from"), answers.get("approved_through")
        if first and last and last < first:
            self.add_error("approved_through", ValidationError(ENDS_FIRST, code="order"))
        return answers


class ProviderForm(ApprovalForm):
    class Meta:
        model = Provider
        fields = ("name", "approved_from", "approved_through", "about", "link")
        error_messages = NAMED | APPROVED


class TopicForm(Plain, forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Topic
        fields = ("name",)
        error_messages = NAMED


class CourseForm(ApprovalForm):
    hundredths = CeusField(label="CEUs", help_text="As it is printed, for example 0.4")
    category = forms.ChoiceField()

    class Meta:
        model = Course
        fields = (
            "title",
            "provider",
            "category",
            "hundredths",
            "format",
            "topics",
            "approved_from",
            "approved_through",
            "about",
            "link",
        )
        error_messages = APPROVED | {
            "title": {"required": "Write the title."},
            "provider": {"required": "Choose the provider."},
            "format": {"required": "Choose the format."},
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        policy = load_policy()
        categories = policy.version_on(clock.today(policy.time_zone)).categories
        category = cast(forms.ChoiceField, self.fields["category"])
        category.choices = [(one.code, one.label) for one in categories]
