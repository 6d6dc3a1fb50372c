"""Approved versions of the rules, added to the policies of this process.

The database has only figures and first days; the policy's file has everything else. Each process
reads again at most once in REREAD_SECONDS, and a version is approved or withdrawn SOON or more before
its first day begins: every process knows it before it counts.
"""

import logging
import time
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.db import DatabaseError

from cases.models import PolicyDraft
from cases.policy_text import draft_text, first_days
from rules.policy.load import add_later_versions, load_policy_file, policy_path
from rules.policy.model import Policy
from rules.policy.parse import PolicyError

log = logging.getLogger(__name__)
REREAD_SECONDS = 60
SOON = timedelta(minutes=15)
NO_FILE = "The policy has no file any more."


class _Known:
    """What this process read last: when, the drafts by their keys, and the folder with their files. The
    folder before it stays for threads that have just looked up a file in it.
    """

    read_at: float | None = None
    drafts: tuple[int, ...] = ()
    folder: TemporaryDirectory[str] | None = None
    spent: TemporaryDirectory[str] | None = None


def refresh_policies(*, quietly: bool = False) -> None:
    """Read the approved drafts again, unless this process did so a moment ago. Whatever goes wrong, the
    policies stay as they are: the portal goes on with what it knew last. `quietly`, a database that
    does not answer is not logged.
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
        level = logging.DEBUG if quietly else logging.WARNING
        log.log(level, "the approved versions of the rules were not read: the database does not answer")
    except Exception:
        log.exception("the approved versions of the rules were not read")


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
    if _Known.spent:
        _Known.spent.cleanup()
    _Known.drafts, _Known.folder, _Known.spent = keys, folder, _Known.folder


def texts_with(drafts: Sequence[PolicyDraft]) -> Mapping[str, str]:
    """Return the text of each policy's file with these versions added, by the policy's code.

    A draft whose first day the file itself has is left out: the file has taken its place. A draft
    that no longer fits its file is left out too, and logged.
    """
    texts: dict[str, str] = {}
    for draft in sorted(drafts, key=lambda one: (one.policy_code, one.first_day)):
        try:
            before = texts.get(draft.policy_code) or file_text(draft.policy_code)
            if draft.first_day not in first_days(before):
                texts[draft.policy_code] = text_with(draft, before)
        except (PolicyError, OSError, ValueError) as error:
            log.error("draft %s of %s does not count: %s", draft.pk, draft.policy_code, error)
        except Exception:
            log.exception("draft %s of %s does not count", draft.pk, draft.policy_code)
    return texts


def file_text(code: str) -> str:
    """Return the text of a policy's own file; raises PolicyError when there is none."""
    path = policy_path(code)
    if path is None:
        raise PolicyError(code, [NO_FILE])
    return path.read_text(encoding="utf-8")


def text_before(draft: PolicyDraft) -> str:
    """Return the text of the draft's policy with the versions that were approved before this draft's
    first day. Raises PolicyError when the policy has no file.
    """
    earlier = PolicyDraft.objects.approved().filter(
        policy_code=draft.policy_code, first_day__lt=draft.first_day
    )
    return texts_with(list(earlier)).get(draft.policy_code) or file_text(draft.policy_code)


def text_with(draft: PolicyDraft, before: str) -> str:
    """Return the text `before` with the draft's version; raises PolicyError when that is no policy."""
    after = draft_text(before, first_day=draft.first_day, changes=draft.figures())
    policy_in(after, draft.policy_code)
    return after


def policy_in(text: str, code: str) -> Policy:
    """Return the policy in a text, as if it were the file of the policy `code`; raises PolicyError. The
    numbers in its texts are for the two people who propose and approve a version.
    """
    own = policy_path(code)
    with TemporaryDirectory() as folder:
        path = Path(folder, f"{code}.toml")
        path.write_text(text, encoding="utf-8")
        return load_policy_file(path, own.parent if own else None, texts=False)
