"""A desk for the tests: five sentences about an invented state, and a small codebook."""

from indopacific.coding.sheet import Code, Sentence, Sheet

CODES = (
    Code(code="PRA", meaning="praise or common interest", markers="welcome, benefit", stance=1),
    Code(code="NIL", meaning="nothing said about Atlantis", markers="we will", stance=0),
    Code(code="BLA", meaning="blame or concern", markers="concerned, opaque", stance=-1),
)


def sentence(name, text, key, reasoning, *context):
    return Sentence(
        id=name,
        text=text,
        origin="Lemurian Declaration, 1 May 2031, paragraph 7.",
        context=context,
        key=key,
        reasoning=reasoning,
    )


SHEET = Sheet(
    id="atlantis",
    title="What Lemuria says of Atlantis",
    about="Five invented sentences. Give each the code that fits.",
    codes=CODES,
    rules=("R1 Code what is said about Atlantis.", "R2 Of two codes take the harsher one."),
    sentences=(
        sentence("a1", "We welcome trade with Atlantis.", "PRA", "'welcome' is praise."),
        sentence("a2", "It is opaque about its tides.", "BLA", "'opaque' is blame.",
                 "Before it in the text: “We welcome trade with Atlantis.”"),
        sentence("a3", "We will keep our own harbours <open>.", "NIL", "It is about Lemuria."),
        sentence("a4", "We are concerned, but trade is a benefit to both.", "BLA", "R2."),
        sentence("a5", "Atlantis and Lemuria share a sea.", "PRA", "A common interest."),
    ),
    caution="The key is one coder's: another may code otherwise with good reasons.",
)  # fmt: skip

RIGHT = dict(SHEET.key)
# Differs from the key in a2 and a4.
OTHER = {**RIGHT, "a2": "NIL", "a4": "PRA"}
