"""Prose with provenance: plain sentences whose figures and quotations say where they come from.

What a reader reads is plain markdown, complete before anything runs. Behind a figure stands, in an
HTML comment that no reader sees, what it comes from. There are four such comments:

``<!--= EXPRESSION:FORMAT -->``
    Behind one figure. `EXPRESSION` is Python, evaluated in the notebook's own names at that place;
    `FORMAT` is Python's, or ``words`` (three) or ``times`` (once, twice), and may be left out::

        They agreed on 38%<!--= rates["Japan", "USA"]:.0% --> of roll calls.

``<!--@ EXPRESSION -->``
    Behind quotations, dates and other figures that stand in a row as they are. It vouches for all
    of them from the last such comment, or the beginning of the paragraph. Each must occur in the
    row that `EXPRESSION` gives; ``row(table, column=value)`` finds one::

        Article 9 of 2001 asks the two to consult.<!--@ row("duties", parties="China; Russia",
        article="9") -->

``<!--~ REASON -->``
    Behind figures that state no finding: the terms of a question, an invented example. It reaches
    as far back as ``@`` does; at the end of a task, in a paragraph of its own, over the whole cell.
``<!--[ EXPRESSION -->`` ... ``<!--]-->``
    Around a passage that is made, such as the links to the neighbouring lessons.

`indopacific prose` compares all of them with their sources, and ``--update`` writes the figures
and passages anew. A figure, a full date or a quotation without a comment is a fault.
"""
