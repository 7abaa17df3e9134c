"""The one reader of Word files that come from people: a package becomes paragraphs, remarks and a record."""
