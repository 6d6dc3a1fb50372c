"""What the field and error-summary includes ask of a bound field."""

from django import template
from django.forms import BoundField

register = template.Library()


@register.filter
def first_control(field: BoundField) -> str:
    """The id of the first thing in `field` that can be focused: groups number their controls from 0."""
    return field.id_for_label or f"{field.auto_id}_0"
