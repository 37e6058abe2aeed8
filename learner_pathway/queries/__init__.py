"""What is read of learner pathways.

learner_pathway    which pathways are listed, and which hold some courses or programs
workload           rules: what steps and pathways take, from what their nodes take
estimate           what stored pathways, steps and nodes take
"""
