"""The plan as a folder of static pages: what there is to read, where each thing stands, how a page looks."""
