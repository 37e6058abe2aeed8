"""Mails to people who work on courses.

table        every mail: its subject, to whom it goes, what its templates are told
recipients   who that is, and who wants no mail
composing    one mail of one run, with why it is not sent if it is not
later        sending: each mail is an errand, so it goes after the commit and is tried again
deadlines    which runs end soon
"""
