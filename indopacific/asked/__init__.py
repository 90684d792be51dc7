"""What the exercises ask, one module for each: kinds of answers, small examples, known mistakes.

Learners may read it. What is right stands in solutions/ only.
"""
