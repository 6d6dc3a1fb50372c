"""Two people who edit one row: the later one reads what the other has changed, and cannot overwrite
it unseen.
"""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.forms.models import model_to_dict

from core.forms import NOT_WHOLE, PlainTextForm, hidden_number
from core.models import HistoryEntry
from staff.history import history_of

SAVED_FIRST = (
    "{who} saved this while you had the page open, so nothing of yours was saved yet. What you typed is kept. "
    "Read what is new, then save again."
)
THEIRS = "{who} changed this from “{was}” to “{now}”. You had not changed it, so it shows theirs."
YOURS = "{who} changed this from “{was}” to “{now}”. Save again to put yours in its place."


class SeenModelForm(PlainTextForm, forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """A form for a stored row. `seen` is the newest row of its history when the page was opened.

    Every change of such a row writes history in its transaction: each changed field before and
    after, in the words of `words_of`.
    """

    seen = hidden_number(smallest=0, largest=2**62, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        row = options.get("instance")
        if row is not None and row.pk and not args:
            # The history first: whoever saves between the two reads is then noticed, not overwritten.
            newest = history_of(row).values_list("pk", flat=True).first()
            row.refresh_from_db()
            options["initial"] = {**(options.get("initial") or {}), "seen": newest or 0}
        super().__init__(*args, **options)

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        if self.instance.pk:
            self._check_seen()
        return answers

    def changes(self) -> dict[str, list[str]]:
        """Return the fields that this person has changed, before and after in words, as history
        keeps them.
        """
        return {
            name: [
                words_of(self.fields[name], one) for one in (self.initial.get(name), self.cleaned_data[name])
            ]
            for name in self.changed_data
            if name != "seen"
        }

    def _check_seen(self) -> None:
        """Add errors when somebody saved the row since the page was opened. The row stays locked."""
        rows = type(self.instance)._default_manager
        stored = rows.select_for_update(no_key=True).get(pk=self.instance.pk)
        seen = self.cleaned_data.get("seen")
        if seen is None:
            self.add_error(None, ValidationError(NOT_WHOLE, code="not_whole"))
            return
        entries = list(history_of(stored).filter(pk__gt=seen).order_by("pk"))
        if entries:
            self._tell(stored, entries)

    def _tell(self, stored: Model, entries: list[HistoryEntry]) -> None:
        """Add errors that say what others changed, show the new values in the fields where nothing
        was typed, and set `seen` to the newest row of history.
        """
        data = self.data.copy()  # type: ignore[attr-defined] # a QueryDict
        data["seen"] = str(entries[-1].pk)
        who = entries[-1].by.name if entries[-1].by else "The system"
        now_stored = model_to_dict(stored)
        for name, (was, now) in _changed_fields(entries).items():
            if name not in self.fields or was == now:
                continue
            typed = (
                words_of(self.fields[name], self.cleaned_data[name]) if name in self.cleaned_data else None
            )
            if typed == was and name in now_stored:
                data.setlist(name, _as_posted(self.fields[name], now_stored[name]))
            sentence = THEIRS if typed == was else YOURS
            self.add_error(name, ValidationError(sentence.format(who=who, was=was, now=now), code="newer"))
        self.add_error(None, ValidationError(SAVED_FIRST.format(who=who), code="newer"))
        self.data = data


def words_of(field: forms.Field, value: object) -> str:
    """Return a form's value, initial or cleaned, in the words that history keeps."""
    if isinstance(value, list | QuerySet):
        return ", ".join(str(one) for one in value)
    if value is None or value == "":
        return ""
    if isinstance(field, forms.ModelChoiceField) and field.queryset is not None:
        return str(value if isinstance(value, Model) else field.queryset.get(pk=value))
    if isinstance(field, forms.ChoiceField) and not callable(field.choices):
        return str(dict(field.choices).get(value, value))
    return str(field.prepare_value(value))


def _changed_fields(entries: Iterable[HistoryEntry]) -> dict[str, tuple[str, str]]:
    """Return each changed field with its value before the first and after the last entry."""
    found: dict[str, tuple[str, str]] = {}
    for entry in entries:
        for name, (was, now) in entry.detail.items():
            found[name] = (found.get(name, (was,))[0], now)
    return found


def _as_posted(field: forms.Field, value: object) -> list[str]:
    """Return a stored value as the browser would post it."""
    if isinstance(value, list):
        return [str(one.pk) for one in value]
    prepared = field.prepare_value(value)
    return ["" if prepared is None else str(prepared)]
