"""References in sentences: never broken across lines, never a way to inject markup; and what those who are certified are
called."""

import pytest
from django.utils.html import format_html

from core.policy_words import fill_policy_words
from core.references import new_reference
from core.templatetags.words import unbroken

BODY = 'total = { value = "2.0" }\nfees = [{ code = "renewal", amount = "99.00" }]\n'


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


@pytest.mark.parametrize(
    ("holder", "sentence"),
    [
        ("trainer", "A trainer asked: trainers wait."),
        ("instructor", "An instructor asked: instructors wait."),
    ],
)
def test_a_sentence_calls_those_who_are_certified_as_the_policy_does(follow_body, holder, sentence):
    follow_body(BODY, head=f'holder = {{ singular = "{holder}", plural = "{holder}s" }}\n')
    assert fill_policy_words("{a_holder} asked: {holders} wait.") == sentence


def test_whoever_is_certified_by_a_policy_without_a_word_for_them_is_called_a_person(follow_body):
    follow_body(BODY)
    assert fill_policy_words("{a_holder} asked: {holders} wait.") == "A person asked: people wait."
