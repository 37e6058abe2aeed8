"""Learner pathways: ordered steps of courses, programs and blocks."""
