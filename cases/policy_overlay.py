"""Approved versions of the rules, added to the policies of this process.

The database has only figures and first days; the policy's file has everything else. Each process
reads again at most once in REREAD_SECONDS: a version begins on a day after its approval, so every
process knows it long before it counts.
"""

import logging
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.db import DatabaseError

from cases.models import PolicyDraft
from cases.policy_text import draft_text, first_days
from rules.policy.load import add_later_versions, load_policy_file, policy_path
from rules.policy.parse import PolicyError

log = logging.getLogger(__name__)
REREAD_SECONDS = 60


class _Known:
    """What this process read last: when, the drafts by their keys, and the folder with their files."""

    read_at: float | None = None
    drafts: tuple[int, ...] = ()
    folder: TemporaryDirectory[str] | None = None


def refresh_policies() -> None:
    """Read the approved drafts again, unless this process did so a moment ago. Without a database
    the policies stay as they are.
    """
    if not getattr(settings, "POLICY_DRAFTS", True):
        return
    now = time.monotonic()
    if _Known.read_at is not None and now - _Known.read_at < REREAD_SECONDS:
        return
    _Known.read_at = now
    try:
        reread_policies()
    except DatabaseError:
        log.warning("the approved versions of the rules were not read: the database does not answer")


def reread_policies() -> None:
    """Read the approved drafts, and add them to the policies of this process when they changed."""
    approved = list(PolicyDraft.objects.approved().order_by("policy_code", "first_day"))
    keys = tuple(one.pk for one in approved)
    if keys == _Known.drafts:
        return
    texts = texts_with(approved)
    folder: TemporaryDirectory[str] | None = TemporaryDirectory(prefix="policies-") if texts else None
    for code, text in texts.items():
        if folder:
            Path(folder.name, f"{code}.toml").write_text(text, encoding="utf-8")
    add_later_versions(Path(folder.name) if folder else None)
    if _Known.folder:
        _Known.folder.cleanup()
    _Known.drafts, _Known.folder = keys, folder


def texts_with(drafts: Sequence[PolicyDraft]) -> Mapping[str, str]:
    """Return the text of each policy's file with these versions added, by the policy's code.

    A draft whose first day the file itself has is left out: the file has taken its place. A draft
    that no longer fits its file is left out too, and logged.
    """
    texts: dict[str, str] = {}
    for draft in sorted(drafts, key=lambda one: (one.policy_code, one.first_day)):
        path = policy_path(draft.policy_code)
        if path is None:
            log.error("draft %s is of a policy without a file: %s", draft.pk, draft.policy_code)
            continue
        before = texts.get(draft.policy_code) or path.read_text(encoding="utf-8")
        if draft.first_day in first_days(before):
            continue
        after = draft_text(before, first_day=draft.first_day, changes=draft.figures())
        if problems := problems_of(after, draft.policy_code):
            log.error("draft %s no longer fits its file: %s", draft.pk, "; ".join(problems))
            continue
        texts[draft.policy_code] = after
    return texts


def problems_of(text: str, code: str) -> tuple[str, ...]:
    """Return what is wrong with a text as the file of the policy `code`; none when it can be used."""
    with TemporaryDirectory() as folder:
        path = Path(folder, f"{code}.toml")
        path.write_text(text, encoding="utf-8")
        try:
            load_policy_file(path)
        except PolicyError as error:
            return tuple(error.problems)
    return ()
