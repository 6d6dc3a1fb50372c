"""What the pages of this app show: rows and standings in, words out. Nothing is changed here."""
