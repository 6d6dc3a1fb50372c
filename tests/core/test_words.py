"""References in sentences: never broken across lines, never a way to inject markup."""

import pytest
from django.utils.html import format_html

from core.references import new_reference
from core.templatetags.words import unbroken


@pytest.mark.parametrize("prefix", ["A", "P", "R"])
def test_a_case_reference_is_never_broken_across_lines(prefix):
    reference = new_reference(prefix)
    assert unbroken(f"Your petition {reference}, sent today.") == (
        f'Your petition <span class="nowrap">{reference}</span>, sent today.'
    )


def test_linking_case_references_leaves_a_text_without_one_unchanged():
    assert unbroken("Kettlebell-BIOMECHANICS and P-7K2M9XQ") == "Kettlebell-BIOMECHANICS and P-7K2M9XQ"


def test_markup_typed_beside_a_case_reference_is_escaped():
    assert unbroken("<b>P-7K2M9XQP</b>") == '&lt;b&gt;<span class="nowrap">P-7K2M9XQP</span>&lt;/b&gt;'


def test_safe_markup_is_left_unchanged():
    link = format_html('<a href="/petitions/{}/">Undo</a>', "P-7K2M9XQP")
    assert unbroken(link) == link
