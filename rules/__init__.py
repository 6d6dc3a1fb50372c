"""The rules, pure: frozen facts and a day in, a frozen answer with its clauses out. Standard
library only.
"""
