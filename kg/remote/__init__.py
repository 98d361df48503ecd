"""Triple stores that run elsewhere: asked, filled and read, over SPARQL 1.1 Protocol, Update and Graph Store Protocol.

``target`` knows the products, ``connection`` speaks HTTP, ``pack`` holds what
is to be there, ``state`` what the store says it has, ``plan`` finds what
differs, ``push`` and ``pull`` move it, ``asking`` asks. Prints nothing.
Imports nothing here, so that a command that speaks to no store starts fast.
"""
