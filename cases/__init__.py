"""The kernel of petition, audit, renewal and refund: lock, pending decision, who may decide,
timeline.
"""
