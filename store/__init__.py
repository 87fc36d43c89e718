"""What lasts: the project folder, its files and their formats."""
