"""Where versions of a plan are read from: a folder, a git revision, a frozen baseline."""
