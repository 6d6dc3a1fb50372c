"""The person, the credential, and its cycles."""

from trainers.models.credential import Credential, Cycle
from trainers.models.data_file import DataFile
from trainers.models.person import Trainer
from trainers.models.words import SearchWord

__all__ = ["Credential", "Cycle", "DataFile", "SearchWord", "Trainer"]
