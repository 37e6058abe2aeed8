"""From text to the tokens that the index holds, as Elasticsearch's analyzers cut them."""
