"""The room for audits."""
