"""The policy as staff read it: every figure with its clause, two versions side by side, and a simulator."""
