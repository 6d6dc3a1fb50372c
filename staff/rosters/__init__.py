"""Rosters in the browser: a file is sent, checked row by row, applied as it was checked, and reported."""
