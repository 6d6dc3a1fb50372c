"""The code of each kind of message that a trainer gets about a petition: services queue by it,
`notices.py` words it.
"""

RECEIVED = "petitions.received"
QUESTION = "petitions.question"
QUESTION_ENDS = "petitions.question_ends"
APPROVED = "petitions.approved"
DENIED = "petitions.denied"
CLOSED = "petitions.closed"
LONGER = "petitions.longer"
UNDECIDED = "petitions.undecided"
