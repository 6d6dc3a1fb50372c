"""The search field of the staff side: reading what was typed, finding the results, and their page."""
