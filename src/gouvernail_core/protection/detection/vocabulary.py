"""Words that reveal what articles 9 and 10 GDPR protect, when they are said of a person.

Written for administrative French. A word here is never a finding by itself: `engine` counts it only
beside a person. Generic words (« maladie », « politique », « syndical ») are left out on purpose:
they fill deliberations that speak of nobody. Accents and case are free, except for the acronyms of
`ACRONYMS`, which are ordinary words in lower case.
"""

from __future__ import annotations

import re

HEALTH = """
affection de longue durée; alcoolique; alcoolisme; alcoolodépendant; allergie; allergique;
alzheimer; amputé; anorexie; antidépresseur; antidépresseurs; arrêt maladie; arrêt de travail;
asthmatique; asthme; autisme; autiste; boulimie; bipolaire; burn-out; burn out; cancer;
cardiopathie; cécité; chimiothérapie; cirrhose; congé de longue maladie; congé longue maladie;
congé de longue durée; congé maternité pathologique; déficience intellectuelle; déficient visuel;
déficience visuelle; démence; dépendance à l'alcool; dépressif; dépression; diabète; diabétique;
drépanocytose; dyslexique; enceinte; épilepsie; épileptique; état dépressif; fausse couche;
fauteuil roulant; grossesse pathologique; grossesse à risque; grossesse; handicap moteur; handicap
mental; handicap psychique; hémiplégie; hémophile; hépatite; hospitalisé; hospitalisée;
hospitalisation; hypertension; inapte; inaptitude; insuffisance cardiaque; insuffisance rénale;
insuline; intolérance au gluten; invalidité; leucémie; malentendant; maladie chronique; maladie
cœliaque; maladie de Crohn; maladie de Parkinson; maladie professionnelle; mélanome; méningite;
mucoviscidose; obésité; opéré; paraplégique; parkinson; phobie; psychiatrique; psychose;
psychothérapie; ralentissement cognitif; schizophrène; schizophrénie; sclérose en plaques;
séropositif; séropositive; séropositivité; sida; sous traitement; sourd; suivi psychiatrique; suivi
psychologique; surdité; syndrome de Down; temps partiel thérapeutique; tentative de suicide;
toxicomane; toxicomanie; traitement médical; travailleur handicapé; trisomie; trisomique; trouble
anxieux; troubles anxieux; troubles bipolaires; troubles psychiques; tuberculose; tumeur; ulcère;
 migraine chronique; lombalgie chronique; pathologie cardiaque; pathologie; projet d'accueil
individualisé; sclérose; sevrage; hypothyroïdie; eczéma; arachide; dialyse; chimio; radiothérapie;
lymphome; cure de désintoxication; addiction; addictologie; psychiatrie; psychiatre;
antipsychotique; anxiolytique; dyspraxie; dyspraxique; dyslexie; dysphasie; dyscalculie; prothèse
de hanche; prothèse de genou; lombosciatique; sciatique; hernie discale; tendinite; traumatisme
crânien; entorse; fracture; commotion; paraplégie; tétraplégie; tétraplégique; hémiplégique;
malvoyant; malvoyante; aveugle; bégaiement; maladie orpheline; maladie respiratoire; maladie rare;
maladie génétique; maladie mentale; maladie des; maladie du; sous oxygène; insuffisance
respiratoire; bronchite chronique; insulinodépendant; ventoline; ritaline; méthadone; subutex;
opération du; opération de la; opération des; opération à; prématuré; prématurée; PMA; fécondation
in vitro; ménopause; fruits à coque; intolérance au lactose; allergie aux; lésion; accident
vasculaire; infarctus; pacemaker; sous morphine; soins palliatifs; en phase terminale; psychotique;
hallucinations; troubles du comportement; trouble du comportement; retard mental; incontinence;
stérilité; stérilisation;  handicapé; handicapée; en arrêt pour; suivi par un psychologue
"""
RELIGION = """
adventiste; anglican; athée; bouddhiste; catholique; catholique pratiquant; chrétien évangélique;
confession musulmane; confession juive; confession catholique; confession protestante; converti;
évangélique; hindouiste; israélite; juif; juive; musulman; musulmane; orthodoxe; pratiquant;
pratiquante; protestant; protestante; ramadan; sans porc; halal; casher; kasher; témoin de Jéhovah;
régime sans porc; port du voile; jours de shabbat; shabbat
"""
UNION = """
adhérent syndical; adhérente syndicale; affilié au syndicat; appartenance syndicale;
décharge syndicale; délégué syndical; déléguée syndicale; encarté; membre du syndicat;
militant syndical; militante syndicale; représentant syndical; représentante syndicale;
secrétaire de section; syndicaliste; syndiqué; syndiquée; gréviste; mandat syndical;
adhérent à la; adhérente à la; cotisation syndicale;
adhérent de la CGT; adhérent FO; adhérente FO; syndiqué FO; délégué FO; permanent syndical;
permanente syndicale; heures de délégation
"""
POLITICS = """
adhérent du parti; adhérente du parti; encarté au; militant politique; militante politique;
militant communiste; militant écologiste; militant socialiste; opinions politiques;
opinion politique; sympathisant; sympathisante; tracte pour; vote pour le parti; membre du parti;
engagement politique; colistier; colistière;
adhérent du RN; adhérente du RN; adhérent du PS; adhérente du PS; adhérent de LFI; encartée au;
adhérente de LFI; adhérent des Républicains; adhérente des Républicains; adhérent du PCF;
adhérente du PCF; militant du; militante du; militant de LFI; opposant politique
"""
SEXUALITY = """
bisexuel; bisexuelle; conjoint de même sexe; gay; homosexualité; homosexuel; homosexuelle;
lesbienne; orientation sexuelle; transgenre; transidentité; transition de genre; vie sexuelle;
en couple avec une femme; en couple avec un homme
"""
ORIGIN = """
d'origine algérienne; d'origine africaine; d'origine maghrébine; d'origine marocaine;
d'origine malienne; d'origine portugaise; d'origine rom; d'origine sénégalaise;
d'origine tunisienne; d'origine turque; d'origine comorienne; d'origine congolaise; gens du voyage;
origine ethnique; communauté rom; demandeur d'asile; demandeuse d'asile; d'origine kurde;
d'origine tchétchène; d'origine vietnamienne; famille rom; sans papiers; réfugié politique;
origine algérienne; origine marocaine; origine africaine; origine tunisienne; origine turque;
origines algériennes; origines marocaines; origines africaines; origines tunisiennes;
origines maghrébines; origines étrangères; couleur de peau
"""
OFFENCE = """
bracelet électronique; casier judiciaire; condamnation; condamné; condamnée; contrôle judiciaire;
détention; détenu; détenue; garde à vue; incarcération; incarcéré; incarcérée; interpellé;
interpellée; main courante contre; mis en examen; mise en examen; mise en cause; mis en cause;
peine de prison; récidive; sursis probatoire; sursis; travail d'intérêt général; conduite en état;
violences conjugales; ivresse publique; mandat de dépôt; plainte contre; stupéfiants;
vol aggravé; agression sexuelle; prison;
reconnu coupable; reconnue coupable; coupable de; escroquerie; connu pour vols; connue pour vols;
connu des services de police; connue des services de police; cambriolage; recel; harcèlement sexuel;
harcèlement moral; au tribunal pour; trafic de stupéfiants; outrage à agent; délit de fuite
"""
SOCIAL = """
aide sociale à l'enfance; allocation adulte handicapé; assistance éducative; bénéficiaire du RSA;
curatelle; curatelle renforcée; enfant placé; enfants placés; information préoccupante;
mesure de protection; placement de l'enfant; placement judiciaire; signalement au procureur;
sous curatelle; sous tutelle; surendettement; dossier de surendettement; expulsion locative;
maltraitance; mineur isolé; placé en foyer; en foyer d'accueil; perçoit le RSA; touche le RSA
"""
#: Case counts: « sud » is a direction, « fo » is nothing; all of them are of health, unions or aid.
ACRONYMS = (
    "RQTH", "MDPH", "AAH", "AEEH", "ALD", "IVG", "VIH", "TDAH", "CGT", "CFDT", "CFTC", "UNSA",
    "FSU",
    "CFE-CGC", "SUD-CT", "Solidaires", "IPP", "CLM", "CLD", "ASE", "AEMO", "OQTF",
    "HANDICAP", "SEP",
)  # fmt: skip

_GROUPS = (HEALTH, RELIGION, UNION, POLITICS, SEXUALITY, ORIGIN, OFFENCE, SOCIAL)
_FREE = {
    "é": ("é", "e", "É"), "è": ("è", "e", "È"), "ê": ("ê", "e"), "ë": ("ë", "e"), "à": ("à", "a"),
    "â": ("â", "a"), "î": ("î", "i"), "ï": ("ï", "i"), "ô": ("ô", "o"), "ç": ("ç", "c"),
    "œ": ("œ", "oe"), "'": ("'", "’"), " ": (" ", r"\n"), "-": ("-", " "),
}  # fmt: skip


def terms() -> tuple[str, ...]:
    """Return every term of the vocabulary, in lower case, acronyms apart."""
    found = {
        " ".join(term.split()) for group in _GROUPS for term in group.split(";") if term.strip()
    }
    return tuple(sorted(found))


def expression(term: str) -> bytes:
    r"""Return the regular expression of a term, over UTF-8: accents free, plural and feminine.

    A boundary is asked only beside an ASCII letter: `é` is two bytes, neither of them a letter.

    >>> expression("sida")
    b'\\bsida(?:s|e|es)?\\b'
    """
    body = "".join(_alternatives(character) for character in term[:-1])
    # « condamné » is a person, « condamne » a verb: the last accent is never free.
    body += "(?:é|É)" if term[-1] == "é" else _alternatives(term[-1])
    before = r"\b" if term[0].isascii() else ""
    after = r"(?:s|e|es)?\b" if term[-1].isascii() else r"(?:(?:s|e|es)\b)?"
    return f"{before}{body}{after}".encode()


def _alternatives(character: str) -> str:
    """Return how a character may be written; a class of letters of several bytes is a choice."""
    free = _FREE.get(character)
    if free is None:
        return re.escape(character)
    return "(?:" + "|".join(free) + ")"
