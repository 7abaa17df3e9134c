"""A document, a report or data in; text in one format out."""
