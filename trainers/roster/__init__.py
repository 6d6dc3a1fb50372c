"""Import of a registrar's export of trainers and credentials: read row by row into temporary
tables, judged as a whole, merged in one transaction.
"""

from trainers.roster.importing import RosterResult, import_roster
from trainers.roster.reading import Unreadable

__all__ = ["RosterResult", "Unreadable", "import_roster"]
