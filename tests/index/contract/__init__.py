"""What every engine does, asked of each in turn: the oracle in memory and the embedded one."""
