"""A local stand-in for the payment provider, for practice and tests: no card, no money, no other
machine.

It proves our code only against our reading of the provider's documents.
"""
