"""Benchmarks: what the archive costs in time and room, measured on articles made for it or on anybody's own."""
