"""The starting content of this app, and what loads it."""
