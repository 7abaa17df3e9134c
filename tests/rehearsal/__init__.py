"""Both days of a conference, played by scripts: many hands on one text, each step held against an oracle."""
