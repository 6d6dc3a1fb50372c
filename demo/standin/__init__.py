"""A local stand-in for the payment provider, for practice and tests, without cards, money or
another machine.

It proves only that our code fits our reading of the provider's documents.
"""
