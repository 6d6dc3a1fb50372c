"""The room for the policy, read-only: every figure with its clause, two versions side by side, and
a simulator.
"""
