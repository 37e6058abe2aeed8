"""Course runs as course teams write them: drafts first, official once they were reviewed.

An act reads and judges, tells other services with no transaction open, and then writes in one
transaction, in which it judges again: what fails leaves nothing written.

values      what may be told of a run, and which of it is reviewed
refusals    what is refused, each with its name
draft       a draft as it will be
telling     what other services are told
creating, editing, reviewing, deleting      the acts
"""
