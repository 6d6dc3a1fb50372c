"""Where the static files of pages are: every page names a dozen of them, whose addresses stay the same while a process runs."""

from functools import cached_property

from django.contrib.staticfiles.storage import StaticFilesStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage


class _KnownAddresses:
    """A part of a storage that works out the address of each file once."""

    @cached_property
    def _known(self) -> dict[str | None, str]:
        return {}

    def url(self, name: str | None, *more: object, **options: object) -> str:
        if more or options:
            return str(super().url(name, *more, **options))  # type: ignore[misc]  # of the storage beside it
        if name not in self._known:
            self._known[name] = super().url(name)  # type: ignore[misc]  # as above
        return self._known[name]


class PlainFiles(_KnownAddresses, StaticFilesStorage):
    """Files under their own names."""


class HashedFiles(_KnownAddresses, CompressedManifestStaticFilesStorage):
    """Compressed files under names that carry their hash."""
