"""Three versions to one: values, words, and what a merge has dropped."""
