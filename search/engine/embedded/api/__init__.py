"""The requests that the embedded engine answers, in the shapes of Elasticsearch's REST API."""
