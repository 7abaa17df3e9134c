"""The use cases: what each command does, without its words on a screen.

The one floor that joins the rest: a module a command, or a step of some, so that a command imports no
more than it needs. Nothing here prints or exits; what cannot be done is a PoaError.
"""
