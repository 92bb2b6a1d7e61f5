"""From the words in the search box to a question that an engine understands, and the shape of its answer."""
