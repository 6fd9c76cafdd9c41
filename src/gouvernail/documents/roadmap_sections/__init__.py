"""The sections of the roadmap, one module per group, in the order of the document."""
