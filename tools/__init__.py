"""The parts of `./portal`: standard library only, run by whatever python3 the machine has."""
