"""What becomes of petitions when two accounts become one."""

from core.merging import MergedTable

OF_A_PETITION = "petition__trainer"
TABLES = [
    MergedTable("petitions.Petition", "petition", "petitions", moves=("trainer",), told=True),
    MergedTable("petitions.PetitionDocument", path=OF_A_PETITION),
    MergedTable("petitions.Question", path=OF_A_PETITION, stays=("asked_by",)),
    MergedTable("petitions.Decision", path=OF_A_PETITION, stays=("by",)),
]
