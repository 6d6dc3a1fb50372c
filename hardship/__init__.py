"""Relief for military service, illness or disaster: a later last day (Q34), or a fee that need not
be paid (Q35).
"""
