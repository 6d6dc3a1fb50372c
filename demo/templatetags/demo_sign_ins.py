"""The demo's sign-ins on its own sign-in page. Nothing is shown in production, or where no demo is."""

from django import template

from demo.signins import shown_sign_ins
from demo.stage import PASSWORD

register = template.Library()
AT_FIRST = 6  # trainers that stand above the fold


@register.inclusion_tag("includes/demo_sign_ins.html", takes_context=True)
def demo_sign_ins(context: dict[str, object]) -> dict[str, object]:
    """Show a button for each person of the demo; it posts the sign-in form that people fill in."""
    people = shown_sign_ins()
    trainers = [one for one in people if not (one.is_staff or one.is_provider or one.is_employer)]
    return {
        "first": trainers[:AT_FIRST],
        "more": trainers[AT_FIRST:],
        "providers": [one for one in people if one.is_provider],
        "employers": [one for one in people if one.is_employer],
        "staff": [one for one in people if one.is_staff],
        "password": PASSWORD if people else "",
        "csrf_token": context.get("csrf_token"),
        "redirect_field": context.get("redirect_field", ""),
    }
