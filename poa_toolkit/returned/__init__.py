"""What comes back in a Word file: matched with the plan, and told as proposals."""
