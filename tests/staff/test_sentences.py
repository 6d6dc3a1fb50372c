"""Every row of history has a plain sentence: what was decided, the values before and after, by
whom, and why.
"""

import ast
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.utils.html import strip_tags

from audits.services.reviewing import VERDICT_WORDS
from core.history import record_history
from core.models import HistoryEntry
from payments.models import CheckoutSession, Dispute, ProviderEvent
from staff.history import history_line
from staff.sentences import MentionedRow, all_sentences, sentence_of, word_history
from staff.sentences.places import PLACES, places_of
from tests.tree import ROOT

NOON = datetime(2026, 11, 29, 19, tzinfo=UTC)
PACKAGES = "trainers names documents ceus cases payments petitions providers audits renewals outbox staff core".split()
ASKS_ONLY = ("check_step", "take_step", "word_history", "sentence_of", "check_nothing_new")


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Every module of the product, with its package."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.parts:
                yield package, ast.parse(path.read_text())


def writers() -> dict[str, int]:
    """Functions that pass a verb on to history, and where among their arguments it is."""
    found = {}
    for _, module in modules():
        for node in ast.walk(module):
            if isinstance(node, ast.FunctionDef) and node.name not in ASKS_ONLY:
                names = [one.arg for one in node.args.args]
                if "verb" in names:
                    found[node.name] = names.index("verb")
    return found


def literals(node: ast.expr | None, module: ast.Module) -> Iterator[str]:
    """Yield the texts that an expression can have: a literal, either branch of a condition, or the
    value of a name.
    """
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from literals(node.body, module)
        yield from literals(node.orelse, module)
    elif isinstance(node, ast.Name):
        for one in ast.walk(module):
            if isinstance(one, ast.Assign) and any(
                isinstance(to, ast.Name) and to.id == node.id for to in ast.walk(one)
            ):
                yield from literals(one.value, module) if not isinstance(one.value, ast.Name) else ()


def written_verbs() -> set[tuple[str, str]]:
    """Every verb that the code writes to history as a text, with the package that writes it."""
    known, found = writers(), set()
    for package, module in modules():
        for call in (node for node in ast.walk(module) if isinstance(node, ast.Call)):
            name = getattr(call.func, "attr", getattr(call.func, "id", ""))
            given = next((one.value for one in call.keywords if one.arg == "verb"), None)
            place = known.get(name)
            if given is None and place is not None and len(call.args) > place:
                given = call.args[place]
            wraps = name in known and (package != "staff" or name in ("record_history", "move"))
            if wraps or name == "HistoryEntry":
                found |= {(package, verb) for verb in literals(given, module)}
    return found


def test_every_history_verb_in_the_code_has_a_sentence():
    written = written_verbs()
    assert len(written) > 90  # the search still finds them
    worded = {(subject.partition(".")[0], verb) for subject, verb in all_sentences()}
    everywhere = {verb for _, verb in worded}
    unworded = {
        (package, verb)
        for package, verb in written
        if not {(package, verb), ("core", verb), ("trainers", verb)}
        & worded  # a service may write about a floor below
        if package not in ("cases", "staff", "core", "trainers") or verb not in everywhere
    }
    assert unworded == set(), "word them in staff/sentences/"


@pytest.mark.parametrize(
    ("subject", "verbs"),
    [
        ("payments.checkoutsession", CheckoutSession.State.values),
        ("payments.dispute", Dispute.State.values),
        ("payments.providerevent", ProviderEvent.Answer.values),
        ("payments.refund", ["returned", "failed"]),
        ("audits.audit", [f"document {words}" for words in VERDICT_WORDS.values()]),
    ],
)
def test_every_history_verb_computed_from_a_state_has_a_sentence(subject, verbs):
    assert [verb for verb in verbs if sentence_of(subject, verb) is None] == []


def test_history_sentences_use_only_known_placeholders_and_no_model_names():
    for (subject, verb), sentence in all_sentences().items():
        assert places_of(sentence.text) <= PLACES.keys(), (subject, verb)
        assert sentence.text.endswith("."), (subject, verb)
        for name in ("application", "credential", "record ", "session", "notice"):
            assert name not in sentence.text.lower().replace("the record", ""), (subject, verb)


def test_registering_a_second_sentence_for_a_history_verb_is_refused():
    with pytest.raises(ValueError, match="two sentences for joined of trainers.trainer"):
        word_history("trainers.trainer", {"joined": "Again."}, kind="Account", noun="the account")


@pytest.fixture
def told(db):
    """Return a function: `told(row, verb, …)` returns the sentence about a new row of history."""

    def tell(row, verb: str, *, trainer, by, things=None, **more) -> str:
        with transaction.atomic():
            entry = record_history(row, verb, trainer=trainer, by=by, at=NOON, **more)
        return strip_tags(history_line(HistoryEntry.objects.get(pk=entry.pk), things).sentence)

    return tell


def test_the_history_sentence_of_a_change_says_who_made_it_and_both_values(told, jordan, registrar):
    detail = {"email": ["old@example.org", "new@example.org"]}
    by_us = told(jordan, "email_changed", trainer=jordan, by=registrar, detail=detail)
    assert by_us == "Rae Registrar changed the email address: old@example.org → new@example.org."
    by_them = told(jordan, "email_changed", trainer=jordan, by=jordan, detail=detail)
    assert by_them.startswith("Jordan changed the email address:")


def test_the_history_sentence_of_several_changes_omits_unchanged_values(told, jordan):
    before = {"completed_on": "2026-06-26", "valid_through": "None", "hundredths": "40"}
    detail = {"before": before, "after": {**before, "completed_on": "2026-06-28", "hundredths": "50"}}
    shown = told(jordan, "renamed", trainer=jordan, by=None, detail=detail)
    assert "The portal changed the name on the certificate: " in shown
    assert "day: June 26, 2026 → June 28, 2026" in shown
    assert "CEUs: 0.4 CEUs → 0.5 CEUs" in shown
    assert "valid" not in shown


def test_typed_text_is_escaped_in_history_sentences(jordan, registrar, db):
    detail = {"name": ["<b>", "<script>alert(1)</script>"]}
    with transaction.atomic():
        entry = record_history(
            jordan, "renamed", trainer=jordan, by=registrar, at=NOON, detail=detail, reason="{who} <i>"
        )
    line = history_line(entry)
    assert "<script>" not in line.sentence
    assert "&lt;script&gt;" in line.sentence
    assert line.reason == "{who} <i>"


def test_a_history_sentence_links_a_known_row_and_names_an_unknown_one_by_its_kind(told, jordan):
    credential = jordan.credentials.get()
    assert told(credential, "granted", trainer=jordan, by=None) == "The certification was granted."
    things = {f"trainers.credential:{credential.pk}": MentionedRow("certification 1193 4482", "/x/")}
    assert told(credential, "granted", trainer=jordan, by=None, things=things) == (
        "Certification 1193 4482 was granted."
    )


def test_a_history_entry_whose_verb_has_no_sentence_says_only_who_changed_this(told, jordan):
    assert told(jordan, "frobnicated", trainer=jordan, by=jordan) == "Jordan changed this."
