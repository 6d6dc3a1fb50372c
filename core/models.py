"""History: who changed what, and why. Append-only, written in the transaction of the change."""

from django.conf import settings
from django.db import models

from core.constraints import at_most

LONGEST_REASON = 4000  # characters: the longest words that a person may write about a decision


class HistoryEntry(models.Model):
    """One change. `subject` is "app.model:id", `trainer` the person whose history it belongs to,
    `by` who did it (None: the system).
    """

    subject = models.CharField(max_length=80, db_index=True)
    trainer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="history", null=True)
    verb = models.CharField(max_length=40)
    from_state = models.CharField(max_length=20, blank=True)
    to_state = models.CharField(max_length=20, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField(db_index=True)
    reason = models.TextField(blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        ordering = ("-at", "-pk")
        verbose_name_plural = "history"
        constraints = (at_most("reason", LONGEST_REASON),)
        indexes = (models.Index(fields=["trainer", "-at"], name="core_history_of"),)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.subject}"
