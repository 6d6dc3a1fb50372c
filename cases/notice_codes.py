"""The code of the notice to a colleague who is named in a note. `staff` has the wording of that notice."""

MENTIONED = "cases.mentioned"
