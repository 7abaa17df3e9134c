"""Amendments: proposals, decisions, and what explains a change; pure functions on plans."""
