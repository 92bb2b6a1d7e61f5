"""What wire copy writes in a dateline: the names of agencies and places, and dates in all their forms."""
