"""The entries of the directory: what each trainer chose to show, and nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass

from employers.models import Listing
from trainers.models import Cycle


@dataclass(frozen=True, slots=True)
class DirectoryEntry:
    """A certification in force of a trainer who listed themselves."""

    name: str
    city: str
    title: str
    topics: tuple[str, ...]


def entries_of(cycles: Iterable[Cycle]) -> list[DirectoryEntry]:
    """Return the entry of each cycle. The number of queries does not grow with them."""
    shown = list(cycles)
    people = [one.credential.trainer_id for one in shown]
    listings = Listing.objects.listed().filter(trainer__in=people).prefetch_related("topics")
    by_person = {one.trainer_id: one for one in listings}
    return [
        DirectoryEntry(
            one.credential.trainer.name,
            listing.city,
            one.credential.policy.title,
            tuple(topic.name for topic in listing.topics.all()),
        )
        for one in shown
        if (listing := by_person.get(one.credential.trainer_id))  # they may have left since
    ]
