"""From the paragraphs of an old draft to the shape of a plan: title, sections, actions, points, notes."""
