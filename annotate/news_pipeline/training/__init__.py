"""Builds the pipeline's weights: reads the corpus, varies it, trains; nothing here runs where articles are read."""
