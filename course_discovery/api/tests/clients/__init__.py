"""What known clients call, and what they read of the answers: one module for each of them."""
