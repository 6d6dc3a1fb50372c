"""Triggers of documents: what was shown to whom is only ever added."""

from core.triggers import Trigger, append_only

TRIGGERS: list[Trigger] = append_only("documents_viewing")
