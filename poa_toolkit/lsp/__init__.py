"""The plan in an editor: a language server. Another way in beside `cli`, to the same commands of `api`."""
