"""The door to the disk: files written whole or not at all, several as one, and through no link."""
