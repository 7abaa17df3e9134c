"""Templates: the packaged one and how it is built, and those of the secretariat."""
