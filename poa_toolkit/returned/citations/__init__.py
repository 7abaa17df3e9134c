"""Citations of instruments in the words of a note, as provisions of the registry."""
