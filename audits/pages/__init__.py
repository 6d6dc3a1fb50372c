"""The content of this app's pages: they turn rows and standings into words, and change nothing."""
