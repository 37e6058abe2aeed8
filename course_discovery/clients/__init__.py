"""Typed HTTP clients: the only code of the service that speaks HTTP to others.

A client takes and gives plain values, knows no database, and has one family of errors
(`errors.ClientError`). Every call has time-outs, a bounded number of tries and a bounded answer.

errors          what can go wrong
retry           when and how long to wait before the next try
call            what is asked, and in whose name
reach           where a call may lead whose address others told
body            an answer's body, read piece by piece
failures        the error that stands for a failed exchange
session         one exchange: time-outs, redirects, authorization, content type
oauth           tokens of the platform
run_path        keys of runs in addresses
lms             course list and course modes of an LMS
course_listing  pages of the course list and where they end
course_mode     one course mode, checked
payload         what is sent to change something
pushing         sessions for changes that a person waits for
ecommerce       lists of a shop
ecommerce_listing  pages of such a list and whether they were read whole
ecommerce_publication  what a run is sold as
studio          runs where authors write them
organization    organizations of an LMS
exchange_rate   what currencies are worth
api_access_request  companies of users
feed            JSON Lines documents and images
"""
