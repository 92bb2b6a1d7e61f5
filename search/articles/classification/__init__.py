"""How `topics` files an article: the topics file, its words found in a text, and their weights."""
