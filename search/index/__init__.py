"""Articles become searchable here: documents, building and updating, and the engines that answer questions."""
