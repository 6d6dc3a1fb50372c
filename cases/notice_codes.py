"""The code of the notice to a colleague who is named in a note; its words are the staff side's."""

MENTIONED = "cases.mentioned"
