"""Editions of the course: web pages to read, and the bundle that students get.

Everything is built from lessons/, exercises/, data/ and the package. What lessons and exercises
there are, and what an object that a lesson shows looks like on a page, is found and asked, never
listed: an object that has `_repr_page_` is shown as that says.
"""
