"""The demo: a catalogue, staff, and trainers in every state on the day on which it is loaded, made by the portal's own services."""

from recert.demo.load import load_demo

__all__ = ["load_demo"]
