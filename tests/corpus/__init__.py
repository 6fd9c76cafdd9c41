"""Held-out corpus: invented administrative texts with planted personal data and gold spans.

Its author wrote it without reading the patterns of the detector it judges; a template must not be
changed to suit them. What the spans cover:

- PER: each piece of a name as it is written, bare first names and bare surnames included, never
  the title before it; names of streets, of buildings and of firms are not planted, nor logins;
- ADRESSE: from the number to the town, whatever separates them;
- DDN, CAF, FISCAL: the value without its label; SECRET: from its label, when it has one;
- ART9: the word or the expression about somebody, without the article before it;
- SIREN and SIRET: of any firm; EMAIL and TEL: of any service.

The look-alikes named `bad…`, the meters and the long invoices fail their key. The references
(`ref`) and the ISBN do not look after the keys of others, so that one in ten of those of nine or
fourteen digits passes for a SIREN or a SIRET, as in the files of a town hall.
"""
