"""Word lists of general knowledge that the rules draw on, as plain Python so that they load with the code."""
