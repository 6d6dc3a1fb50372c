"""Fields that several apps' forms share: an amount of the policy's unit, and a web address."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from core.policy_words import amount_in_words, in_policy_words, portal_unit
from rules.units import LARGEST_OF_COURSE, BadCeus

BAD_ADDRESS = "Enter a web address such as www.example.org, or leave it empty."


class CeusField(forms.CharField):
    """A field for an amount of the policy's unit as people write it, such as "0.4"; its clean value is
    a whole number of the unit's smallest part.
    """

    def __init__(self, **options: Any) -> None:
        options.setdefault(
            "error_messages", {"required": in_policy_words("Write the {units}, for example {usual}.")}
        )
        super().__init__(max_length=10, **options)

    def prepare_value(self, value: object) -> object:
        return portal_unit().format(value) if isinstance(value, int) else value

    def clean(self, value: object) -> int:
        text = super().clean(value)
        try:
            hundredths = portal_unit().parse(text)
        except BadCeus as error:
            raise ValidationError(str(error), code="ceus") from None
        if hundredths > LARGEST_OF_COURSE:
            raise ValidationError(f"Write at most {amount_in_words(LARGEST_OF_COURSE)}.", code="too_many")
        return hundredths

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class WebAddressField(forms.URLField):
    """A field for the address of a web page, http or https; https where none is typed."""

    def __init__(self, *, bad: str = BAD_ADDRESS, **options: Any) -> None:
        options = {"max_length": 300, "assume_scheme": "https", **options}
        super().__init__(**options, error_messages={"invalid": bad})
        self.validators = [one for one in self.validators if not isinstance(one, URLValidator)]
        self.validators.append(URLValidator(schemes=["http", "https"], message=bad))
