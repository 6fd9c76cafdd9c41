"""The JSON documents of the command line: their shape, checked here and only here.

The core takes and returns frozen dataclasses; pydantic stays at this edge.
"""
