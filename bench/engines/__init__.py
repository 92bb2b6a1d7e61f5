"""The engines, by name."""
