"""The content of this app's pages: they turn rows into words, and change nothing."""
