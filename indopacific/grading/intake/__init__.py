"""How a submission comes in: folders, archives and notebooks of strangers, read and never trusted.

Files are opened without following links and read within limits; what is refused is told in one
plain sentence, and the class goes on. What was handed in is never changed.
"""

from .notebook import Saved, mend, read_notebook
from .taking import take_in

__all__ = ["Saved", "mend", "read_notebook", "take_in"]
