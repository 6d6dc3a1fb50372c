"""The content of employers' pages: they turn rows into words, and change nothing."""
