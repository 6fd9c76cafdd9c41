"""What an export says of itself, to whoever opens it in ten years."""

FR = """Export de {name}, {at}

Tout ce que Gouvernail tient pour cette collectivité, en formats ouverts. Aucun mot de passe, aucune
clé, aucun secret ne s’y trouve. Ce fichier contient des données personnelles : gardez-le comme tel.

LISEZ-MOI.txt, README.txt   ce texte, en français et en anglais
manifest.json               date, version, sceau du journal ; taille et SHA-256 de chaque fichier
facts/<feuille>.json        les faits, une liste de lignes par feuille, colonnes du classeur
facts/workbook.ods          les mêmes faits, dans le classeur à ouvrir avec LibreOffice
people.json                 les personnes qui ont accès : nom, compte, profils
journal.jsonl               le journal, une entrée JSON par ligne, dans l’ordre où il a été écrit ;
                            « previous » et « digest » enchaînent les entrées
tables/*.jsonl              chaque table, une ligne JSON par enregistrement : c’est d’elles que la
                            collectivité renaît ailleurs ; « id » est le numéro d’origine, et une
                            personne ou un réseau est désigné par son « uid »
tables/steering.Result.jsonl      les plans calculés, leurs cas en bref ; « law », ce que disent les
                            règles quel que soit le cas ; le plan entier est dans ses documents
tables/steering.CaseResult.jsonl  ce que les deux derniers plans disent de chaque cas, en entier
documents/<plan>/…          les documents de chaque plan, tels qu’ils ont été écrits
files/<uid>.<suffixe>       les pièces jointes ; leur nom est dans tables/files.StoredFile.jsonl

Textes en UTF-8, dates au format ISO 8601. Pour faire entrer cette collectivité dans une autre
installation : gouvernail restore-authority FICHIER.zip
"""

EN = """Export of {name}, {at}

Everything Gouvernail keeps for this authority, in open formats. There is no password, key or secret
in it. This file holds personal data: keep it accordingly.

LISEZ-MOI.txt, README.txt   this text, in French and in English
manifest.json               date, version, seal of the journal; size and SHA-256 of each file
facts/<sheet>.json          the facts, one list of rows for each sheet, columns of the workbook
facts/workbook.ods          the same facts, in the workbook to open with LibreOffice
people.json                 the people who have access: name, account, profiles
journal.jsonl               the journal, one JSON entry a line, from the oldest to the latest;
                            “previous” and “digest” chain the entries
tables/*.jsonl              each table, one JSON row a line: from these the authority comes to life
                            elsewhere; “id” is the number it had, and a person or a network is
                            named by its “uid”
tables/steering.Result.jsonl      the plans computed, their cases in short; “law”, what the rules
                            say whatever the case; the whole plan is among its documents
tables/steering.CaseResult.jsonl  what the latest two plans say of each case, whole
documents/<plan>/…          the documents of each plan, as they were written
files/<uid>.<suffix>        the attached files; their names are in tables/files.StoredFile.jsonl

Texts in UTF-8, dates in ISO 8601. To bring this authority into another installation:
gouvernail restore-authority FILE.zip
"""
