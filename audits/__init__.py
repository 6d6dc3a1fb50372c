"""The random check of documents (S12, S13). Its room: below renewals, above ceus, beside petitions."""
