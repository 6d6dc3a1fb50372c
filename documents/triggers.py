"""Triggers of documents: rows of what was shown to whom are only ever added."""

from core.triggers import Trigger, append_only

TRIGGERS: list[Trigger] = append_only("documents_viewing")
