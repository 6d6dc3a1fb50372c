"""Which rows of history staff cannot read as a sentence."""

from core.models import HistoryEntry
from staff.sentences import sentence_of


def unworded_history() -> list[str]:
    """Each kind of row and verb in the database that has no sentence in `staff/sentences/`."""
    told = HistoryEntry.objects.order_by().values_list("subject", "verb")
    kinds = {(subject.partition(":")[0], verb) for subject, verb in told}
    return sorted(f"{verb} of {subject}" for subject, verb in kinds if sentence_of(subject, verb) is None)
