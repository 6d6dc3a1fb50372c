"""Import of a registrar's export of trainers and credentials: read row by row into temporary
tables, compared as a whole with the stored rows, and written in one transaction.
"""

from trainers.roster.importing import JudgedRoster, RosterResult, import_roster, judge_roster
from trainers.roster.reading import Unreadable

__all__ = ["JudgedRoster", "RosterResult", "Unreadable", "import_roster", "judge_roster"]
