"""What the templates of fields and error summaries ask about a bound field."""

from django import template
from django.forms import BoundField

register = template.Library()


@register.filter
def first_control(field: BoundField) -> str:
    """Return the id of the first control in `field` that can have the focus. A group numbers its
    controls from 0.
    """
    return field.id_for_label or f"{field.auto_id}_0"
