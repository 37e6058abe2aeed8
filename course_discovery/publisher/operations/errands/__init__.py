"""Work that is owed after a commit: images for Studio, modes for the LMS, mails.

Whoever changes something calls for an errand in the same transaction (`calling.call_for`). A
thread of each process that serves runs those that are due, one at a time, with no transaction
open; what fails is tried again with growing waits, a bounded number of times. An errand is run at
least once for each change that called for it: a process may die after the work and before it is
noted. So what an errand does must be harmless to do twice.

kinds        what each kind of errand does
calling      calling for errands, and again for those that failed
running      running what is due
background   the thread, and how it hears that something is due
"""
