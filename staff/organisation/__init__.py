"""The room for the certifying body: leads set its name, its contact details and its looks."""
