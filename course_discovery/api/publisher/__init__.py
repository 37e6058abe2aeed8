"""What only the publisher's front end asks: who works for organizations, and as what."""
