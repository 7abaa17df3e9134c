"""Two plans in, one comparison out: what changed, in meaning and word by word."""
