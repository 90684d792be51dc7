"""Publishing: what is generated from the sources and handed to readers."""
