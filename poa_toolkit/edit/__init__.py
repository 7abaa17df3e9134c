"""Edits of files as their editors see them: stretches of text replaced, every other byte kept."""
