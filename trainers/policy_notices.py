"""The mail that a credential follows another policy from its next cycle on."""

from datetime import date

from core import clock
from outbox.notices import Batch, NoticeKind, register_kind, subject_pks
from rules.policy.load import load_policy
from rules.units import number_in_words
from trainers.models import Credential
from trainers.notice_codes import POLICY


def _policy_contexts(batch: Batch) -> dict[int, dict[str, object]]:
    wanted = subject_pks(batch)
    rows = Credential.objects.in_bulk(set(wanted.values()))
    return {notice.pk: policy_context(rows[wanted[notice.pk]], **notice.payload) for notice in batch}


def policy_context(credential: Credential, *, policy: str, on: str, reason: str) -> dict[str, object]:
    """Return the context of the mail that a credential follows another policy from its next cycle on.
    `on` is that cycle's first day, "" while that depends on its renewal: then what the policy says today
    is named.
    """
    rules = load_policy(policy)
    day = date.fromisoformat(on) if on else None
    version = rules.version_on(day or clock.today(rules.time_zone))
    count, unit = version.cycle
    return {
        "number": credential.display_number,
        "rules_title": rules.title,
        "from_day": day,
        "reason": reason,
        "needs": rules.unit.words(version.total),
        "length": f"{number_in_words(count)} {unit}",
        "stays": policy == credential.policy_code,
        "link": "/how-renewal-works/",
        "link_label": "How renewal works",
    }


register_kind(
    NoticeKind(
        kind=POLICY,
        label="Other rules from the next cycle on",
        template="credential_policy",
        contexts=_policy_contexts,
    )
)
