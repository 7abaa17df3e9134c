"""From a document to a Word file."""
