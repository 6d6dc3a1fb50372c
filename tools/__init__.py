"""The parts of `./portal`: standard library only, run by the python3 of the machine."""
