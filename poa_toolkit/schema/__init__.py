"""JSON Schemas: of every kind of file, and those that know the ids of one plan."""
