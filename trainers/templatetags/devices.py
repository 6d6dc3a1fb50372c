"""The device that a browser reports, in words that its user knows."""

from django import template

register = template.Library()

# The first name that is found counts: each browser also claims to be those below it.
BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS": "a Mac",
    "Linux": "Linux",
}


@register.filter
def device(user_agent: str) -> str:
    """Return a browser and its system, such as "Chrome on Linux"."""
    return (
        f"{_first(BROWSERS, user_agent) or 'A browser'} on {_first(SYSTEMS, user_agent) or 'another system'}"
    )


def _first(names: dict[str, str], user_agent: str) -> str:
    return next((name for mark, name in names.items() if mark in user_agent), "")
