"""Grading: repairing submissions, marking them, checking one's own work; never for a lesson."""
