"""How Django writes days and moments by itself, by language."""
