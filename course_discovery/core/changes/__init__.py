"""The change log: what changed in a way a reader can see, once per transaction, in one order.

What it promises. Every write of a registered model runs in one transaction with its entries:

- An object's change is an entry of that object alone. What shows it is found by readers, who
  follow `shown_by` of the owner table (`expansion`).
- A part's change (a seat, a translation, a many-to-many row) is an `update` of its owner.
- A row that moves from one object to another is also an `update` of the object that it left.
- A deletion is a `delete` of every object that it takes along, and an `update` of what showed one
  of them or owned a part that went: nobody could find those afterwards.
- One transaction writes one entry for an object (`kind`, `uuid`, `draft`): the first operation,
  but a deletion outweighs it, and what is made again after its deletion is an `update`.

An entry may tell of a write that changed no value. Not recorded are writes past Django's models
(raw SQL, migrations), and a row's `uuid` and `draft` are taken never to change.

- `registry` the owner table: which object a changed row belongs to, and what shows that object
- `logged`, `translated` base classes whose every write leaves an entry in its own transaction
- `owners`, `deletion`, `receivers` finding who hears of a write
- `recording` writing entries; who changed something and through which door
- `settling` who makes follow what must follow from a change, in its transaction
- `markers` who marks stored answers as out of date, in the transaction of the change itself
- `models` the entries, their sequence, the consumers' positions
- `expansion` from entries to everything whose rendering may have changed
- `sequence`, `lease`, `drain` numbering entries after commit and handing them to consumers
- `background` a thread that drains in every process that writes
- `pruning` forgetting what every consumer has been handed
"""
