"""The engine of Gouvernail: pure functions over typed facts.

No Django, no clock, no network, no environment; the only files read are those of
`gouvernail_core.knowledge`. The order of the folders is the order of the data's way: each step
imports only those before it (checked by the import contracts in ``.importlinter``).
"""
