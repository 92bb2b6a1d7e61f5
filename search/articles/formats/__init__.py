"""How bytes become text and text becomes an article's parts: encodings, records, markup, paragraphs, layout."""
