"""What an index knows of its fields, and how a document becomes values and terms."""
