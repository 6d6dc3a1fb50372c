"""The room of what two people do: one proposed it, another confirms it."""
