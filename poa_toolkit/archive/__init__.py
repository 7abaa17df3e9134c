"""The zip of parts that office files are: packed to the same bytes each time, and opened with care."""
