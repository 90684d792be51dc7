"""Grading: reading exercises, repairing submissions, checking one's own work.

Used by commands and by nbgrader, never by a lesson.
"""
