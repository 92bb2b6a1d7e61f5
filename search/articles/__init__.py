"""Files in, articles out: everything that is read from an archive, without Flask and without Whoosh."""
