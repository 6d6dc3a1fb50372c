"""The content of this app's pages: rows and standings in, words out. Nothing is changed here."""
