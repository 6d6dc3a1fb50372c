"""The organisation that runs the portal: how leads say what it is called and how it looks."""
