"""Pure functions on strings: citations, brackets, words, characters. No I/O, no model."""
