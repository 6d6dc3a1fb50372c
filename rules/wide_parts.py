"""The parts of the answer that only some policies have: what is left over, other credentials, the audit, and acts."""

from dataclasses import dataclass

from rules.acts import act_answers, audit_answer
from rules.carrying import left_over
from rules.conditions import Context, anchor_days
from rules.counting import count_records
from rules.frame import CountedPath, Frame
from rules.more import AlsoAnswer, MoreAnswers
from rules.outcomes import Outcome
from rules.policy.families import Path
from rules.pricing import is_covered_by, renews_other


@dataclass(frozen=True, slots=True)
class MoreParts:
    """One path of a question: what counts on it and what the days decide."""

    frame: Frame
    found: CountedPath
    charging: Context  # with the tier of the day
    path: Path | None
    outcome: Outcome

    @property
    def is_eligible(self) -> bool:
        """Return whether nothing is missing and an application is accepted."""
        return not self.found.context.unmet and self.outcome.window is not None

    def answer(self) -> MoreAnswers:
        """Return the parts of the answer that only some policies have."""
        selling, context, facts = self.frame.selling, self.charging, self.frame.facts
        outcome = self.outcome
        days = {**anchor_days(context), "W": outcome.windows[0].first_on, "L": outcome.windows[-1].last_on}
        audit = selling.families.audit
        own, several = self.frame.policy.code, selling.families.several
        return MoreAnswers(
            path=self.path.code if self.path else None,
            number=context.number,
            lifetime=outcome.lifetime,
            next_status=outcome.next_status,
            next_from=outcome.next_from,
            cards=self.found.cards,
            dues=self.frame.dues,
            left_over=self._left_over(),
            also=tuple(
                AlsoAnswer(
                    one.code,
                    is_covered_by(own, one.code, several) or renews_other(one, several),
                    is_covered_by(own, one.code, several),
                )
                for one in facts.more.also
            ),
            audit=audit_answer(audit, selling.audit_rate, context) if audit else None,
            acts=act_answers(selling.families.acts, context, days),
        )

    def _left_over(self) -> tuple[tuple[str, int], ...] | None:
        """Return what the records that an application claims leave over; the others stay for the new
        cycle as they are.
        """
        carry_over = self.frame.basis.version.families.carry_over
        if carry_over is None:
            return None
        claimed = self.found.context.counted
        every = len(claimed) == len(self.frame.records)
        counts = self.found.counts if every else count_records(claimed, self.found.basis)
        total, cards = self.found.requirements[0], sum(one.counted for one in self.found.cards)
        surplus = max(0, sum(one.counted for one in counts.values()) + cards - total.required)
        carried = {one.id for one in self.frame.facts.more.carried}
        own = [(one, counts[one.id].counted) for one in claimed if one.id not in carried]
        return tuple(left_over(own, surplus, carry_over, self.frame.context.period))
