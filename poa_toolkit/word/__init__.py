"""Everything OOXML; python-docx, docxtpl and lxml stand behind this door alone."""
