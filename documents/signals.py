"""What happens to files and others may want to know."""

from django.dispatch import Signal

# Sent when an upload could not be stored, so that staff see it.
storage_was_away = Signal()
