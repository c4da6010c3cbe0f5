"""Loads the starting content from its files. The format is described in pages/content/README.md."""
