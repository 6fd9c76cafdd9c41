"""What is kept elsewhere: backups of an installation, exports of one authority, and their return.

It is no application: it stands above them all, reads their tables by their models, and is called
by the command line and by the pages of administration.
"""
