"""More time for a last day (Q34) and fees that need not be paid (Q35), for military service, illness or disaster."""
