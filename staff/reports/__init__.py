"""The report of every Monday: what happened in a span of days, each figure with a link to its
rows.
"""
