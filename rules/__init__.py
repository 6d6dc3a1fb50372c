"""The rules as pure functions: they take frozen facts and a day, and return a frozen answer with
its clauses. Standard library only.
"""
