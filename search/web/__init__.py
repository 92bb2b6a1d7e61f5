"""Answers become pages for people and JSON for machines. Thin: no engine is known by name here."""
