"""The room for the catalogue and CEU records."""
