"""Read what one version of a policy states about single records: what other units are worth, and whether
the same course may count again.
"""

from rules.caps import IN_WORDS
from rules.policy.amounts import DOWN, NEAREST, UP, Conversion, Repeats
from rules.policy.building_blocks import Rule
from rules.policy.read_amounts import rule_of, words_of
from rules.policy.read_families import NeedsReader
from rules.policy.table import Table
from rules.units import parse_number

CONVERSION_DIGITS = 4
ONCE, NEVER, ALWAYS = REPEAT_KINDS = ("once", "never", "always")
REPEATS_PER = ("cycle", "year", "calendar_year")


class RecordsReader(NeedsReader):
    """A reader of what one version states about single records."""

    def conversions(self) -> tuple[Conversion, ...]:
        """Return what other units are worth."""
        return tuple(map(self._conversion, self.rows("conversions")))

    def _conversion(self, table: Table) -> Conversion:
        code = table.code()
        label = table.text("label", default=words_of(code))
        text, worth = self._number(table, "worth")
        many, of = self._number(table, "of") if table.has("of") else ("1", 0)
        words = f"{text} {self.unit.plural}" if many == "1" else f"{text} {self.unit.plural} for {many}"
        figure = self.state(table, f"conversion_{code}", words, label)
        categories = tuple(table.codes("categories"))
        for one in categories:
            if one not in self.lists["categories"]:
                table.problem("categories", f"there is no category {one}.")
        rounds = self.choice(table, "rounds", (DOWN, UP, NEAREST))
        table.close()
        return Conversion(
            code, label, rule_of(figure), worth or 1, categories, rounds, of or 10**CONVERSION_DIGITS
        )

    def _number(self, table: Table, key: str) -> tuple[str, int]:
        text = table.text(key)
        number = parse_number(text, CONVERSION_DIGITS)
        if text and not number:
            table.problem(
                key, f'must be a number in quotes such as "15", with at most 4 decimals, not {text!r}.'
            )
        return text, number or 0

    def repeats(self) -> Repeats | None:
        """Return whether the same course may count again; None when the version does not say."""
        if not self.table.has("repeats"):
            return None
        table = self.table.table("repeats")
        kind = table.choice("count", REPEAT_KINDS)
        per = self.choice(table, "per", REPEATS_PER)
        apart = self.over(table, "except") if table.has("except") else None
        if per != REPEATS_PER[0] and kind != ONCE:
            table.problem("per", 'is for count = "once".')
        if apart and kind == ALWAYS:
            table.problem("except", 'is for count = "once" or "never".')
        rule = self.rule_at(table, "repeats", f"{kind}{IN_WORDS.get(per, '')}")
        table.close()
        return Repeats(kind, rule, per, apart)

    def rule_at(self, table: Table, key: str, words: str) -> Rule:
        """Return where the section `key` is stated; `words` are its figure on the rules page."""
        return rule_of(self.state(table, key, words, table.text("label", default=words_of(key))))
