"""Check a whole project, and mend what can be mended without losing a byte."""
