"""Pages of plain HTML: one file each, no script, nothing asked for from elsewhere."""
