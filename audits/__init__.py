"""The random check of documents (S12, S13)."""
