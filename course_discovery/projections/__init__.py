"""What a reader sees of one object: render functions, a batch of rows in, JSON out.

One file for each resource. Each renders a superset of what REST and the search documents need, in
a number of queries that does not depend on the batch. Keys that start with an underscore are facts
for filters and documents, never served. What depends on the request (UTM, host, flags that filter
nested runs) is applied to the JSON by whoever serves it.
"""
