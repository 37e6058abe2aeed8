"""Changes of learner pathways, each one a function: whole pathways, in one transaction.

learner_pathway         creating, updating and deleting pathways
learner_pathway_step    the steps of a pathway
learner_pathway_node    the nodes of a step, and what they stand for
"""
