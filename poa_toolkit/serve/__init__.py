"""The site while its plan is edited, and the table for the room, in a browser of this machine."""
