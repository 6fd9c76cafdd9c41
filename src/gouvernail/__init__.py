"""Gouvernail around its core: files, documents, the command line and the web platform."""

__version__ = "0.1.0"
