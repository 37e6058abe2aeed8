"""Changes of what the core keeps."""
