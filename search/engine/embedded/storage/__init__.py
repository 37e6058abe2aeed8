"""The file that holds the indexes: documents, and segments of terms and values that find them."""
