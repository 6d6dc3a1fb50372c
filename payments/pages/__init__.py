"""The content of this app's pages: rows in, words out. Nothing is changed here."""
