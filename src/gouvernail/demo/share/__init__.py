"""The files of the example authority: a small share, all of it invented."""
