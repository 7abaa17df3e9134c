"""A document, a report or data in; text in one format out. And the one way to write a file."""
