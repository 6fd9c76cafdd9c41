"""Further texts of a town hall: other kinds of documents, other layouts, and many look-alikes."""

from corpus.templates import Template

FURTHER = (
    Template(
        "bulletin de paie",
        "raw",
        """\
COMMUNE DE VALBRUNE                          BULLETIN DE PAIE  {{?:janvier|avril|juillet}} {{year}}
SIRET : {{siret}}      APE : 8411Z      URSSAF : {{ref}}

Matricule      : {{num}}            {{title1}} {{per1.fL}}
N° Séc. Soc.   : {{nir1}}
Emploi         : {{?:Agent d'entretien|Rédactrice|Puéricultrice}}
Indice         : {{num}} / {{num}}
Entrée le      : {{date.slash}}            {{addr.lines}}

Traitement de base                {{num}}            {{amount}}
Indemnité de résidence            {{n}} %            {{price}}
Cotisation {{?:CNRACL|IRCANTEC}}                                {{price}}
NET À PAYER                                          {{amount}}
Virement {{iban}}
""",
    ),
    Template(
        "attestation employeur",
        "prose",
        """\
Je soussigné{{e1}}, {{per1.fL}}, {{?:directrice des ressources humaines|secrétaire général}}, \
atteste que {{title2}} {{per2.fL}}, {{?:né(e) le|dont la date de naissance est le}} {{ddn2}}, \
{{?:immatriculé(e) à la sécurité sociale sous le numéro|n° SS :|assuré(e) sous le n°}} {{nir2}}, \
demeurant {{addr}}, est employé{{e2}} par la commune (SIRET {{siret}}) depuis le {{date}}.

Attestation délivrée pour servir et valoir ce que de droit.

À {{town}}, le {{date}}
{{per1.iL}}
""",
    ),
    Template(
        "sms d'astreinte",
        "noisy",
        """\
slt c {{per1.f}}, jsui en retard, jai laissé les clés à {{per2.low}}
mon nouveau num {{tel}} stp
tu peux rappeler {{title3}} {{per3.l}} au {{tel}} ? {{il3}} est {{ART9:en dialyse|à l'hosto|\
sous methadone|en rehab}} dc le matin seulement
code alarme {{num}} et {{pw:mdp wifi : |mdp }}
""",
    ),
    Template(
        "carte de visite vcf",
        "raw",
        """\
BEGIN:VCARD
VERSION:3.0
FN:{{per1.fl}}
ORG:Ville de Valbrune;Direction de l'éducation
TEL;TYPE=WORK,VOICE:{{tel}}
TEL;TYPE=CELL:{{tel}}
EMAIL;TYPE=INTERNET:{{email1.work}}
BDAY:{{ddn1.iso}}
NOTE:{{ART9:végétarien pour raisons religieuses|allergique au latex|déléguée CFDT}}
REV:{{iso}}T08:00:00Z
END:VCARD
""",
    ),
    Template(
        "agenda ics",
        "raw",
        """\
BEGIN:VEVENT
DTSTART:20260312T0{{?:8|9}}3000Z
UID:{{hash}}@valbrune.example
SUMMARY:Point {{per1.fl}} / {{per2.fl}}
ORGANIZER;CN={{per1.fl}}:mailto:{{email1.work}}
ATTENDEE;CN={{per2.fl}}:mailto:{{email2.work}}
LOCATION:{{venue}}
DESCRIPTION:Retour de {{per3.fl}} ({{ART9:burn-out|mi-temps thérapeutique|cancer}}). Tél {{tel}}.
END:VEVENT
""",
    ),
    Template(
        "fil de courriels",
        "prose",
        """\
De : {{per1.fl}} <{{email1.work}}>
À : {{per2.fl}} <{{email2.work}}> ; {{service}}
Cc : {{per3.fl}} <{{email3}}>
Objet : RE: TR: {{?:Relance|Urgent|Votre demande}} dossier {{ref}}

{{per2.f}},
Peux-tu confirmer le RIB de {{firm}} ? J'ai {{?:le RIB suivant :|le compte RIB}} {{rib}}, \
alors que la facture {{longinvoice}} en porte un autre, {{badrib}}.
{{per1.f}}

> Le {{date}} à {{time}}, {{per2.fl}} a écrit :
> Bonjour {{per1.f}},
> {{title3}} {{per3.l}} est passé{{e3}}. Nouvelle adresse : {{addr}}. Port. {{tel}}.
> Sa plaque : {{plate}}.
>
>> -----Message d'origine-----
>> De : {{per3.fl}}
>> Mon numero d'allocataire est le {{caf}}, ma carte bancaire {{card}}.
""",
    ),
    Template(
        "ticket d'assistance",
        "prose",
        """\
### Ticket #{{num}} – {{?:Connexion impossible|Imprimante|Réinitialisation}}
**Demandeur** : {{per1}} ({{email1.work}}, poste {{num}}, {{tel}})
**Machine** : PC-{{num}}, IP {{ip}}, version {{version}}

{{time}} – {{per2.f}} : réinitialisé, {{pw:nouveau mot de passe : |mot de passe temporaire : |\
MDP provisoire : }}
{{time}} – {{per1.f}} : ça marche, merci. Le mot de passe : toujours à changer tous les {{n}} \
jours ?
{{time}} – {{per2.f}} : oui. Pour le VPN, {{key:token : |clé API = |secret = }}
Statut : résolu le {{date.slash}}.
""",
    ),
    Template(
        "page html",
        "raw",
        """\
<!DOCTYPE html><html lang="fr"><head><title>Intranet {{version}}</title></head><body>
<h1>Bienvenue à {{per1.fl}}</h1>
<p>Arrivé{{e1}} le {{date}}, {{per1.f}} remplace <strong>{{per2.fl}}</strong>.</p>
<ul>
<li>T&eacute;l. : <a href="#">{{tel}}</a></li>
<li>Mail : <a href="mailto:{{email1.work}}">{{email1.work}}</a></li>
</ul>
<table><tr><th>Fournisseur</th><th>SIREN</th><th>IBAN</th></tr>
{{#2-4}}
<tr><td>{{firm}}</td><td>{{siren}}</td><td>{{iban}}</td></tr>
{{/}}
</table></body></html>
""",
    ),
    Template(
        "journal json",
        "raw",
        """\
{{#3-5}}
{"ts":"{{iso}}T10:02:11.{{num}}Z","lvl":"info","ip":"{{ip}}","user":"{{email1}}",\
"msg":"dossier {{ref}} ouvert","nir":"{{nir1.compact}}","trace":"{{hash}}"}
{{/}}
{"ts":"{{iso}}T10:09:58.001Z","lvl":"warn","ip":"{{ip}}","msg":"auth {{key:api_key=|token=}} \
refused"}
""",
    ),
    Template(
        "configuration ini",
        "raw",
        """\
; paramètres du connecteur, {{date.slash}}
[smtp]
host = {{ip}}
user = {{service}}
{{pw:password = |passwd = |pass = }}
[base]
url = {{dsn}}
password = ${DB_PASSWORD}
[stockage]
{{key:secret_key = |access_token = }}
; mot de passe : voir le coffre
""",
    ),
    Template(
        "procès-verbal du conseil",
        "prose",
        """\
PROCÈS-VERBAL DE LA SÉANCE DU {{date.long}}

L'an {{year}}, le conseil municipal s'est réuni en {{venue}} sous la présidence de \
{{title1}} {{per1.fL}}.
Présents : MM. {{per2.L}}, {{per3.L}}, Mmes {{per4.L}}, {{per5.L}}. Secrétaire : {{per6.fL}}.

{{title4}} {{per4.L}} demande si les travaux de {{street.la}} commenceront avant l'été. M. le \
Maire \
répond que le marché {{market}}, attribué à {{firm}}, a été notifié le {{date}} pour {{amount}}.
{{title5}} {{per5.L}} s'étonne du retard. {{title2}} {{per2.L}} rappelle que la politique de la \
ville et la santé publique relèvent de l'agglomération.
Adopté par {{n}} voix, {{per3.fl}} s'abstenant. Séance levée à {{time}}.
""",
    ),
    Template(
        "liste d'émargement",
        "raw",
        """\
FEUILLE DE PRÉSENCE – {{venue}} – {{date.slash}} {{time}}
NOM                  PRÉNOM            SERVICE           SIGNATURE
{{#5-8}}
{{per1.L}}           {{per1.f}}        {{?:Voirie|RH|CCAS|DSI}}
{{/}}
Formateur : {{per1.fl}} ({{firm}}, SIRET {{siret}})
""",
    ),
    Template(
        "convocation disciplinaire",
        "prose",
        """\
LETTRE RECOMMANDÉE AVEC AVIS DE RÉCEPTION n° 1A {{ref}}

{{title1}} {{per1.fL}}
{{addr.lines}}

{{?:Monsieur, Madame|Madame, Monsieur}},
Vous êtes convoqué{{e1}} le {{date.long}} à {{time}}, {{venue}}. Il vous est reproché d'avoir \
{{?:quitté votre poste|insulté un collègue}} le {{date}}. Vous pouvez vous faire assister de \
{{per2.fl}}, {{ART9:représentante CGT|délégué syndical FO|secrétaire du syndicat Sud}}, ou de tout \
défenseur de votre choix.
Le directeur, {{per3.iL}} – {{tel}}
""",
    ),
    Template(
        "curriculum vitae",
        "prose",
        """\
{{per1.fL}}
{{addr.lines}}
{{tel}} | {{email1}} | permis B | {{?:Née le|Né le|Date de naissance :}} {{ddn1}}

EXPÉRIENCE
{{year}}-{{year}} : assistant{{e1}} de gestion, {{firm}}, {{town}}
{{year}} : stage, {{venue}} (tuteur : {{per2.fl}}, {{tel}})
ENGAGEMENTS : {{ART9:militante Europe Écologie|bénévole à la paroisse|trésorier de la section PS|\
membre de l'UNEF}}
DIVERS : {{ART9:RQTH|travailleur handicapé (RQTH)|malentendant appareillé}}
RÉFÉRENCES : {{per3.fl}}, {{email3}}
""",
    ),
    Template(
        "lettre de motivation",
        "prose",
        """\
{{per1.fl}}
{{addr.lines}}
Tél : {{tel}}
{{email1}}
                                        À l'attention de {{title2}} {{per2.l}}
                                        {{town}}, le {{date.long}}

Objet : candidature au poste n° {{num}}

{{?:Madame, Monsieur|Madame|Monsieur}},
Titulaire d'un BTS depuis {{year}}, j'ai travaillé pour {{firm}} puis {{venue.au}}. {{per3.fl}}, \
ma \
responsable, pourra vous en parler. Je dispose d'une {{ART9:reconnaissance de travailleur \
handicapé|RQTH|pension d'invalidité}} qui n'a pas d'incidence sur le poste.
{{per1.fl}}
""",
    ),
    Template(
        "planning hebdomadaire",
        "raw",
        """\
| Semaine {{n}} | Matin | Après-midi | Remarque |
|---|---|---|---|
{{#4-6}}
| {{?:lundi|mardi|jeudi}} | {{per1.f}} | {{per2.iL}} | {{?:clé n° 12|RAS|ouverture 7h30}} |
{{/}}
| samedi | {{venue}} | fermé | gardien : {{per1.fl}} {{tel}} |
""",
    ),
    Template(
        "devis de fournisseur",
        "prose",
        """\
{{firm}}
{{addr}}
Tél. {{tel}} – {{?:SIRET|n° SIRET|SIRET n°}} {{siret}}

DEVIS {{invoice}} du {{date}} – chantier {{venue}}, {{street}}
Réf. {{num}}   Pierre de taille, {{n}} m²       {{amount}}
Réf. {{num}}   Volets bois, {{n}} unités        {{amount}}
TOTAL TTC                                       {{amount}}
Règlement : IBAN {{iban}} – {{?:Dossier suivi par|Votre contact :}} {{per1.fl}}
""",
    ),
    Template(
        "facture avec rib",
        "raw",
        """\
FACTURE N° {{longinvoice}}                              Date : {{date.slash}}
Client : Commune de Valbrune, service {{num}}, engagement {{ref}}
Émetteur : {{firm}} - RCS {{town}} {{siren}} - SIRET {{siret}}

Désignation            Quantité      PU        Montant
Gravier 0/31,5            {{n}}      {{price}}   {{amount}}
Transport                 {{n}}      {{price}}   {{amount}}

Bon de livraison {{badsiret}} ; palette {{badcard}} ; colis {{meter}}
Coordonnées bancaires
Banque   Guichet   N° compte     Clé
{{rib.tab}}
""",
    ),
    Template(
        "ordonnance transmise",
        "ocr",
        """\
Docteur {{per1.L}} {{per1.f}}
{{addr}}
Tél. {{tel}}   Le {{date.slash}}

{{title2}} {{per2.fL}}   né{{e2}} le {{ddn2.slash}}   {{nir2.ocr}}
{{ART9:Metformine 850|Sertraline 50|Insuline|Lévothyrox 75|Xanax 0,25|Méthadone}} 1 matin et soir, \
{{n}} jours
{{ART9:suivi diabétologique|consultation addictologie|IRM cérébrale|sevrage tabagique}} à prévoir
""",
    ),
    Template(
        "signalement enfance",
        "prose",
        """\
RECUEIL D'INFORMATION PRÉOCCUPANTE – transmis à la CRIP le {{date}}
Enfant : {{per7.Lf}}, né{{e7}} le {{ddn7}}, scolarisé{{e7}} à l'{{?:école Jules-Ferry|école du \
Bourg}}.
Parents : {{per1.Lf}} et {{per2.Lf}}, {{addr}}, {{tel}}.
Éléments : {{per7.f}} dit que son père {{ART9:boit tous les soirs|frappe sa mère|fume du cannabis|\
sort de prison}} ; la mère serait {{ART9:dépressive|bipolaire|suivie en CMP|sous neuroleptiques}}.
Informations recueillies par {{per3}}, {{?:assistante sociale|infirmière scolaire}}.
""",
    ),
    Template(
        "contrat d'engagement rsa",
        "prose",
        """\
CONTRAT D'ENGAGEMENTS RÉCIPROQUES
Entre le Département et {{title1}} {{per1.Lf}}, {{?:né(e) le :|date de naissance :}} {{ddn1}}
Matricule
{{?:N° allocataire|N° d'allocataire CAF|Numéro CAF}} : {{caf}}
Sécurité sociale : {{nir1}}
Situation : {{ART9:bénéficiaire du RSA depuis trois ans|perçoit l'AAH|aide \
alimentaire|touche l'ASS}}.
Freins relevés : {{ART9:dyslexie|lombalgie chronique|addiction au jeu|troubles anxieux}}.
Référent : {{per2.fl}}, {{email2.work}}, {{tel}}
Signatures : {{per1.i}} ; {{per2.i}}
""",
    ),
    Template(
        "demande de carte mobilité",
        "prose",
        """\
FORMULAIRE – CARTE MOBILITÉ INCLUSION
Nom
{{per1.L}}
Prénom
{{per1.f}}
Date de naissance
{{ddn1.slash}}
N° de sécurité sociale
{{nir1}}
Adresse
{{addr.lines}}
Téléphone
{{tel}}
Courriel
{{email1}}
Nature du handicap
{{ART9:hémiplégie|cécité|surdité profonde|myopathie|amputation du bras droit}}
N° d'allocataire
{{caf}}
""",
    ),
    Template(
        "bibliothèque relances",
        "raw",
        """\
Lecteur;Carte;Né(e) le;Courriel;Document;ISBN;Retard
{{#4-6}}
{{per1.l}}, {{per1.f}};{{ref}};{{ddn1.slash}};{{email1}};{{?:Le Petit Nicolas|Madame Bovary|\
Germinal|Père Goriot}};{{isbn}};{{n}} j
{{/}}
""",
    ),
    Template(
        "covoiturage des agents",
        "prose",
        """\
Bonjour, voici les équipages de covoiturage :
{{#3-4}}
• {{per1.fl}} ({{plate}}) prend {{per2.f}} et {{title3}} {{per3.l}} à {{time}}, {{street}} ; {{tel}}
{{/}}
Les places de {{street.la}} sont neutralisées. Attention, la RD-817-A est coupée, salle B-204-C \
pour attendre. La plaque EN-124 des regards n'est pas une immatriculation.
""",
    ),
    Template(
        "jury de recrutement",
        "prose",
        """\
AVIS DU JURY – poste {{num}} – {{date}}
Jury : {{per1.iL}}, {{per2.iL}}, {{per3.iL}}
1) {{per4}} : bon niveau, {{ART9:porte le voile|est enceinte|a deux mandats à la CGT|\
est candidat du RN}}. 2) {{per5}} : {{?:disponible en mai|trop junior}}. 3) {{per6}}, {{tel}}, \
{{email6}} : retenu{{e6}}.
Observation : ne rien écrire qui touche à la santé, à la religion ou au syndicat.
""",
    ),
    Template(
        "élus et mandats",
        "raw",
        """\
ÉLU;LISTE;NUANCE;TÉL;MAIL;COMMISSION
{{#4-6}}
{{per1.Lf}};{{?:Ensemble pour Valbrune|Valbrune \
demain}};{{ART9:LFI|RN|PS|EELV|LR|PCF|Renaissance}};\
{{tel}};{{email1.work}};{{?:Finances|Urbanisme}}
{{/}}
""",
    ),
    Template(
        "aumônerie hôpital",
        "prose",
        """\
Repas confessionnels – EHPAD – semaine {{n}}
{{#4-6}}
Ch. {{num}} : {{title1}} {{per1.l}}, {{ART9:musulmane|israélite|catholique pratiquant|protestant|\
bouddhiste|orthodoxe}}, {{ART9:Parkinson|diabète|dénutrition|Alzheimer débutant}}
{{/}}
Référente : {{per1.fl}}, {{tel}}
""",
    ),
    Template(
        "naturalisation avis",
        "prose",
        """\
Enquête pour naturalisation – préfecture – dossier {{year}}X{{num}}
Postulant : {{per1.fL}}, {{?:né(e) le|date et lieu de naissance :}} {{ddn1.long}}, {{place}}
{{ART9:D'origine kurde|D'origine malienne|De confession alévie|D'ethnie peule}}, {{per1.f}} réside \
{{addr}}. Casier : {{ART9:condamnation pour conduite en état d'ivresse|amende pour recel|\
rappel à la loi pour vol à l'étalage}}. Employeur : {{firm}} ({{siren}}). Références : \
{{per2.fl}}, \
{{per3.fl}}. Numéro fiscal {{spi}}.
""",
    ),
    Template(
        "avis d'imposition copie",
        "ocr",
        """\
AVIS D'IMPÔT {{year}} SUR LES REVENUS
Vos références
Numéro fiscal du déclarant 1 : {{spi}}
Numéro fiscal du déclarant 2 : {{spi}}
Référence de l'avis : {{badspi}}
Numéro FIP : {{n}} {{num}} {{num}}
{{per1.LF}} ET {{per2.LF}}
{{addr}}
Revenu fiscal de référence : {{amount}}   Parts : {{?:1|2,5|3}}
""",
    ),
    Template(
        "prélèvement cantine famille",
        "prose",
        """\
Portail famille – vos moyens de paiement
Famille {{per1.l}} – {{?:allocataire CAF|réf. CAF|n° CAF}} {{caf}}
Carte enregistrée : {{card}} (exp. {{?:09/27|12/28}})
{{?:Compte prélevé|IBAN|Votre IBAN}} : {{iban}}
{{?:Compte de secours|2e IBAN}} : {{iban}}
Enfants : {{per7.f}}, {{per8.f}}. Facture {{longinvoice}} : {{amount}}.
Une question ? {{service}}
""",
    ),
    Template(
        "contrôle des véhicules",
        "upper",
        """\
Relevé de stationnement du {{date.slash}} - {{street}}
{{#5-8}}
{{time}} - {{plate}} - {{?:ticket absent|disque périmé|zone bleue}} - agent {{per1.iL}}
{{/}}
Zone {{cadastre}} - terminal {{ref}} - version {{version}}
""",
    ),
    Template(
        "résumé de permanence",
        "noisy",
        """\
perm du {{date}}
- {{per1.low}}, {{tel}}, expulsion prevue, {{ART9:enceinte|touche le RSA|depressive|diabetique}}
- Mme {{per2.l}} née {{per4.L}} : EDF {{price}} eur, allocataire {{caf}}
- M {{per3.l}} {{ART9:au RSA|sort de detention|alcool|tres depressif}} a revoir
- dossier {{ref}} classe, mdp oublie du logiciel, voir {{per4.f}}
""",
    ),
    Template(
        "journal municipal",
        "prose",
        """\
VIE ASSOCIATIVE
Le club de {{?:pétanque|judo|lecture}} a fêté ses {{n}} ans {{venue.au}}. {{per1.fl}}, \
présidente depuis {{year}}, a remercié {{per2.fl}} et les bénévoles. Rendez-vous {{street}} le \
{{date}}.
La boulangerie {{firm}} rouvre. Les roses de la place, la pierre du lavoir et le petit pont du \
Moulin seront éclairés. Octobre rose : le dépistage du cancer est gratuit.
ÉTAT CIVIL – Naissances : {{per7.fl}}, {{per8.fl}}. Décès : {{per3.fL}}, {{per4.fL}}.
""",
    ),
    Template(
        "table de correspondance nir",
        "raw",
        """\
NIR	CLE OK	NOM	NAISSANCE	ANCIENNE REFERENCE
{{#5-7}}
{{nir1}}	oui	{{per1.L}} {{per1.f}}	{{ddn1.slash}}	{{badnir}}
{{/}}
""",
    ),
    Template(
        "main levée huissier",
        "prose",
        """\
SCP {{per1.L}} – commissaires de justice – {{addr}}
SAISIE ADMINISTRATIVE À TIERS DÉTENTEUR – acte {{ref}}
Débiteur : {{title2}} {{per2.fL}}, {{?:né(e) le|DDN :|naissance :}} {{ddn2}}, salarié de la commune
Créancier : trésorerie, compte RIB {{rib}}, somme {{amount}}
N° fiscal du débiteur {{spi}} ; {{?:matricule INSEE|NIR}} {{nir2}}
Reçu par {{per3.i}} le {{date}}, véhicule saisi {{plate}}.
""",
    ),
    Template(
        "budget sans personne",
        "prose",
        """\
RAPPORT DE PRÉSENTATION – BUDGET {{year}}
Chapitre 65, ligne RSA : {{amount}} ; subvention au syndicat mixte : {{amount}} ; {{budget}}.
La politique de la ville ({{amount}}) et la santé publique ({{amount}}) progressent de {{n}} %.
Accessibilité : mise aux normes handicap {{venue.du}}, marché {{market}}, {{firm}} attributaire.
Emprunt {{ref}}, facture {{longinvoice}}, dossier {{badsiren}}, ticket {{badcard}}.
Parcelle {{cadastre}}, {{gps}}. Serveur {{ip}}, version {{version}}.
""",
    ),
    Template(
        "inventaire sans personne",
        "raw",
        """\
code;designation;lieu;mise_en_service;valeur;numero_serie
{{#6-9}}
{{num}};{{?:Tondeuse|Chaise Martin|Lampe Marguerite|Table \
Louis}};{{venue}};{{date.slash}};{{price}};\
{{badsiret}}
{{/}}
total;;;;{{amount}};{{badsiren}}
""",
    ),
    Template(
        "guide de saisie sans personne",
        "prose",
        """\
AIDE À LA SAISIE
Nom : en capitales. Prénom : un seul. Date de naissance : jj/mm/aaaa. NIR : 15 chiffres.
IBAN : commence par FR76 ; exemple refusé {{badiban}}. RIB refusé {{badrib}}. SIRET refusé \
{{badsiret}}. NIR refusé {{badnir}}. Numéro fiscal refusé {{badspi}}. Carte refusée {{badcard}}.
Mot de passe : ******** (jamais écrit). password: <à renseigner>. API_KEY=${API_KEY}
Téléphone : dix chiffres. Courriel : contient une arobase. Adresse : numéro, voie, ville.
""",
    ),
    Template(
        "registre des fournisseurs",
        "raw",
        """\
RÉFÉRENTIEL TIERS    édition du {{date.slash}}
TIERS  RAISON SOCIALE                   SIREN            SIRET                  GÉRANT
{{#6-9}}
{{num}}   {{firm}}      {{siren}}      {{siret}}      {{per1.Lf}}
{{/}}
Fiches en doublon : {{badsiren}} ; {{badsiret}}
""",
    ),
    Template(
        "ordres de paiement",
        "raw",
        """\
Lot {{ref}};émis le {{iso}};total {{price}}
{{#6-9}}
{{num}};{{iban}};{{per1.LF}};{{price}};{{?:SALAIRE|REMBT CANTINE|AIDE CCAS|FRAIS \
MISSION}};{{invoice}}
{{/}}
rejet;{{badiban}};;0,00;CLE INVALIDE;
""",
    ),
    Template(
        "enquête de recouvrement",
        "prose",
        """\
Renseignements demandés à l'administration fiscale
{{#4-6}}
{{n}}. {{title1}} {{per1.fL}}, {{?:né(e) le|date de naissance|DDN}} {{ddn1}}, \
{{?:numéro fiscal|n° fiscal|identifiant fiscal (SPI)|SPI n°}} {{spi}}, \
{{?:employeur SIREN|salaire versé par l'entreprise n° SIREN|SIREN de l'employeur :}} {{siren}} ; \
dette {{amount}}, titre {{invoice}}.
{{/}}
""",
    ),
    Template(
        "kbis résumé",
        "upper",
        """\
Extrait du registre du commerce - {{town}}
Dénomination : {{firm}}
Immatriculation au RCS, numéro : {{siren}} R.C.S. {{town}}
Siège : {{addr}}
Établissement secondaire, SIRET : {{siret}}
Gérant : {{per1.LF}}, né(e) le {{ddn1.long}} à {{place}}
Associé : SIREN {{siren}}
Greffe : dépôt {{ref}} du {{date}}
""",
    ),
    Template(
        "questionnaire médical agent",
        "prose",
        """\
QUESTIONNAIRE AVANT VISITE – {{per1.fL}} – {{num}}
Antécédents : {{ART9:infarctus|hernie discale|endométriose|maladie de Crohn|VIH}} ; \
{{ART9:migraines|apnées du sommeil|psoriasis|anorexie}}
Traitement : {{ART9:anticoagulants|antidépresseurs|trithérapie|bêtabloquants}}
Grossesse : {{ART9:enceinte de quatre mois|FIV en cours|fausse couche en mai}}
Vie privée : {{ART9:vit avec son compagnon, gay|bisexuel|en transition|lesbienne}} (à effacer)
Médecin : Dr {{per2.l}}, {{tel}} – imprimé réf. {{ref}}
""",
    ),
)
