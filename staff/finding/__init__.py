"""The search field of the staff side: the parsed question, the results, and their page."""
