"""The code of the notice to a colleague who is named in a note. `staff` words that notice."""

MENTIONED = "cases.mentioned"
