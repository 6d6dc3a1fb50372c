"""The room for rosters: a file is uploaded, checked row by row, applied as it was checked, and
reported.
"""
