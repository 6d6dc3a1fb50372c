"""The room for colleagues: inviting them, giving them a role, resetting a lost second factor,
ending their work.
"""
