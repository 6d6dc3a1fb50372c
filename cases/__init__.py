"""The kernel of petitions, audits, renewals and refunds: lock, pending decision, reviewers, timeline."""
