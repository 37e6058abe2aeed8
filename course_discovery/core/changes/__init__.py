"""The change log: what changed in a way a reader can see, once per transaction, in one order.

- `registry` the owner table: which object a changed row belongs to, and what shows that object
- `logged` base classes whose every write leaves an entry in its own transaction
- `recording` writing entries; who changed something and through which door
- `models` the entries, their sequence, the consumers' positions
- `drain` numbering entries after commit and handing them to consumers
- `background` a thread that drains in every process that writes
"""
