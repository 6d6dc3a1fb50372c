"""Lookups of files that this person may see (I12)."""

from django.http import Http404

from documents.models import Document
from trainers.models import Trainer


def document_for(person: Trainer, pk: int) -> Document:
    """Return the file for its owner, or for staff who may view documents.

    Raises the same Http404 for another person's file and for one that does not exist.
    """
    documents = Document.objects.select_related("owner")
    if not (person.is_staff and person.has_perm("documents.view_document")):
        documents = documents.filter(owner=person)
    try:
        return documents.get(pk=pk)
    except Document.DoesNotExist:
        raise Http404 from None
