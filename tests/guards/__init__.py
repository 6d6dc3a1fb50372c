"""Tests of everything that refuses illegal changes or bad input: the database, the forms, the pages
and the URLs.
"""
