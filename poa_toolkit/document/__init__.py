"""What a reader sees, free of any format: headings, paragraphs and tables made of runs."""
