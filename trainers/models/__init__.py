"""The person, the credential and its cycles, and the invitations of colleagues."""

from trainers.models.colleague import FactorReset, Invitation
from trainers.models.credential import Credential, Cycle
from trainers.models.data_file import DataFile
from trainers.models.email_change import EmailChange
from trainers.models.fact import CredentialFact
from trainers.models.person import Trainer
from trainers.models.roster import Roster, RosterLine
from trainers.models.words import SearchWord

__all__ = [
    "Credential",
    "CredentialFact",
    "Cycle",
    "DataFile",
    "EmailChange",
    "FactorReset",
    "Invitation",
    "Roster",
    "RosterLine",
    "SearchWord",
    "Trainer",
]
