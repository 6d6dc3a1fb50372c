"""How requests for another name use documents."""

from documents.uses import EvidenceUse
from names.models import NameRequest

USES = [EvidenceUse("proof", in_open_case=lambda: NameRequest.objects.open())]
