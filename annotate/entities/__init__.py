"""Entities: which mentions name the same thing, within an article and across all of them."""
