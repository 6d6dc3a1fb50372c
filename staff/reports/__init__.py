"""Monday's report: what happened in a span of days, each figure with the rows behind it."""
