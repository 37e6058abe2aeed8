"""Stand-ins of the services that this one tells of changes, on loopback.

platform        one server for all of them: tokens, faults, what broke the contract
checks          what a body may hold
studio          runs where authors write them
shop            what runs are sold as
lms             modes of runs, organizations

They keep what they are told, answer as the services do, and note each call that those would not
take as it is, or that is not what this service has to send.
"""
