"""Rules: what a plan must hold to, each a small pure generator with a code for life."""
