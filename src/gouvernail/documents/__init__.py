"""The documents of a plan: written once as blocks, delivered as PDF, ODT, DOCX and workbooks."""
