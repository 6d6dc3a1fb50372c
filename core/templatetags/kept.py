"""Parts of pages that few values decide: each is rendered once for them, and kept."""

from functools import lru_cache

from django import template
from django.conf import settings
from django.template import Context
from django.template.defaulttags import CsrfTokenNode
from django.template.loader import render_to_string
from django.urls import get_script_prefix
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

OWN_NAME, CSRF = mark_safe("<!--own name-->"), mark_safe("<!--csrf-->")


@register.simple_tag(takes_context=True)
def kept(context: Context, name: str, *, own_name: str = "", **values: object) -> SafeString:
    """Render the template `name` with these values alone, which must be hashable, once for the same values.

    Two things of each visitor stand in it all the same: `{{ own_name }}`, and `{{ own_token }}`, the
    field against forged requests. They are filled in after.
    """
    render = _rendered.__wrapped__ if settings.DEBUG else _rendered
    html = render(name, get_script_prefix(), tuple(values.items()))
    if CSRF in html:
        html = html.replace(CSRF, CsrfTokenNode().render(context))
    return mark_safe(html.replace(OWN_NAME, conditional_escape(own_name)))  # noqa: S308 - rendered by a template


@lru_cache(maxsize=4096)
def _rendered(name: str, prefix: str, values: tuple[tuple[str, object], ...]) -> str:
    """Return the template rendered with its marks. Links in it begin with `prefix`."""
    return render_to_string(name, {**dict(values), "own_name": OWN_NAME, "own_token": CSRF})
