"""Django's own formats of dates and moments, by language."""
