"""Held-out corpus: invented administrative texts with planted personal data and gold spans."""
