"""Texts of a town hall, written by hand with slots; `generate` says what each slot stands for."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Template:
    """A text with slots; the form says how it may be retyped: prose, raw, upper, noisy or ocr."""

    kind: str
    form: str
    text: str


TEMPLATES = (
    Template(
        "courriel avec signature",
        "prose",
        """\
De : {{per1.fl}} <{{email1.work}}>
À : {{service}}
Objet : changement de situation {{?:de Mme|famille|dossier}} {{per2.L}}
Date : {{date}}

Bonjour,

Je fais suite à notre échange téléphonique de ce matin. {{title2}} {{per2}}, qui habite désormais \
{{addr}}, nous a transmis son nouvel IBAN : {{iban}}. {{?:Son numéro d'allocataire|Son n° alloc.|\
Le matricule CAF}} reste le {{caf}}. Peux-tu vérifier que {{?:le n° de sécu|son NIR|le numéro de \
sécurité sociale}} ({{nir2}}) est bien celui du dossier ?

La facture {{invoice}} de {{amount}} est en attente depuis le {{date}}.

Bien cordialement,

{{per1}}
Responsable du service Solidarités
Tél. : {{tel}} – Port. : {{tel}}
{{email1.work}}
Ville de Valbrune – {{addr}}
""",
    ),
    Template(
        "entretien social",
        "prose",
        """\
COMPTE RENDU D'ENTRETIEN SOCIAL
Permanence du {{date}} – référent : {{per1}}

{{title2}} {{per2}}, né{{e2}} le {{ddn2}} à {{place}}, se présente sans rendez-vous. \
Allocataire CAF n° {{caf}}. {{?:Immatriculation|N° SS|Sécurité sociale}} : {{nir2}}.

Situation : {{per2.f}} vit au {{addr}} avec ses deux enfants, {{per7.f}} ({{n}} mois de suivi) et \
{{per8.f}}. {{per2.f}} dit souffrir {{ART9:d'une dépression sévère|d'une sclérose en plaques|\
de crises d'épilepsie|d'une addiction à l'alcool}} depuis {{year}}. Son conjoint, {{per3}}, est \
{{ART9:incarcéré pour violences conjugales|sous contrôle judiciaire|suivi en psychiatrie}}.

Ressources : {{amount}} ; loyer : {{amount}} ; dette d'énergie : {{amount}} (PDL {{meter}}).

Suite à donner : demande de FSL, rappeler au {{tel}} avant le {{date}}. Numéro fiscal : {{spi}}.
""",
    ),
    Template(
        "arrêté individuel",
        "prose",
        """\
ARRÊTÉ N° {{year}}-{{num}}
portant placement de {{title1}} {{per1.fL}} en congé de longue maladie

Le Maire de la commune de Valbrune,
Vu le code général de la fonction publique, notamment ses articles L. 822-6 et suivants ;
Vu le décret n° 87-602 du 30 juillet 1987 ;
Vu l'avis du conseil médical en date du {{date}} constatant que {{title1}} {{per1.fL}} est \
atteint{{e1}} {{ART9:d'un cancer du côlon|d'une polyarthrite rhumatoïde|de la maladie de \
Parkinson|d'un syndrome anxio-dépressif}} ;

ARRÊTE

Article 1er : {{title1}} {{per1.fL}}, né{{e1}} le {{ddn1}}, {{?:adjoint technique|rédacteur|\
ATSEM principal}}, numéro de sécurité sociale {{nir1}}, domicilié{{e1}} {{addr}}, est placé{{e1}} \
en congé de longue maladie à compter du {{date}}.
Article 2 : La dépense sera imputée au {{budget}}.
Article 3 : Le présent arrêté peut être contesté devant le tribunal administratif de Pau.

Fait à Valbrune, le {{date}}
Le Maire, {{per2.fL}}
""",
    ),
    Template(
        "délibération",
        "prose",
        """\
EXTRAIT DU REGISTRE DES DÉLIBÉRATIONS
Séance du {{date}} – Délibération n° {{num}}

Présents : {{per1}}, {{per2}}, {{per3}}, {{per4}}.
Absent excusé : {{per5}}, qui a donné pouvoir à {{per1.l}}.

Vu le code général des collectivités territoriales, notamment son article L. 2121-29 ;
Vu la délibération n° {{num}} du {{date}} ;
Considérant que la société Les Toits du Gave, {{?:SIREN|RCS Pau|immatriculée sous le n° SIREN}} \
{{siren}}, {{?:SIRET du siège|n° SIRET}} {{siret}}, a présenté l'offre la mieux-disante pour le \
marché {{market}} ;
Considérant l'acquisition de la parcelle cadastrée {{cadastre}} appartenant aux consorts \
{{per6.l}}, pour {{amount}} ;

Le conseil municipal, après en avoir délibéré, à {{n}} voix pour :
- ATTRIBUE le marché pour un montant de {{amount}} ;
- AUTORISE {{per2}}, adjoint au maire, à signer l'acte ;
- DIT que les crédits sont inscrits au {{budget}}.
""",
    ),
    Template(
        "export paie csv",
        "raw",
        """\
nom;prénom;date de naissance;NIR;IBAN;brut
{{#4-7}}
{{per1.L}};{{per1.f}};{{ddn1.slash}};{{nir1.compact}};{{iban.compact}};{{price}}
{{/}}
""",
    ),
    Template(
        "export agents csv",
        "raw",
        """\
matricule,nom_complet,courriel,tel_pro,siret_employeur,insee,ddn
{{#3-5}}
{{num}},"{{per1.Lf}}",{{email1.work}},{{tel}},{{siret.compact}},{{insee}},{{ddn1.iso}}
{{/}}
""",
    ),
    Template(
        "dump sql",
        "raw",
        """\
-- Export base ccas, version {{version}}
DROP TABLE IF EXISTS usagers;
INSERT INTO usagers (id, nom, prenom, ddn, nir, num_caf, adresse) VALUES
{{#3-5}}
({{num}}, '{{per1.L}}', '{{per1.f}}', '{{ddn1.iso}}', '{{nir1.compact}}', '{{caf}}', \
'{{addr.json}}'),
{{/}}
(9999, NULL, NULL, NULL, NULL, NULL, NULL);
-- checksum {{hash}}
""",
    ),
    Template(
        "dump sql fiscal",
        "raw",
        """\
BEGIN;
INSERT INTO foyers(contribuable, numero_fiscal, rfr, telephone, mail) VALUES
{{#3-5}}
('{{per1.lf}}', '{{spi.compact}}', {{num}}, '{{tel}}', '{{email1}}'),
{{/}}
('', '', 0, '', '');
COMMIT;
""",
    ),
    Template(
        "export json",
        "raw",
        """\
{ "version": "{{version}}", "demandes": [
{{#2-4}}
  { "id": {{num}}, "demandeur": { "nom": "{{per1.L}}", "prenom": "{{per1.f}}",
      "dateNaissance": "{{ddn1.iso}}", "numeroFiscal": "{{spi.compact}}", "mel": "{{email1}}" },
    "foyer": { "allocataire": "{{caf}}", "adresse": "{{addr.json}}" },
    "paiement": { "iban": "{{iban.compact}}", "montant": {{num}} } },
{{/}}
  {} ] }
""",
    ),
    Template(
        "formulaire RH",
        "prose",
        """\
FICHE DE RENSEIGNEMENTS – NOUVEL AGENT

Nom de naissance : {{per1.L}}
{{?:Nom d'usage|Nom marital}} : {{per2.L}}
Prénom(s) : {{per1.f}}
{{?:Né(e) le|Date de naissance|Date naiss.|Naissance le}} : {{ddn1}}
Lieu de naissance : {{place}}
{{?:N° de sécurité sociale|N° SS|N.I.R.|Immatriculation SS|Numéro INSEE (15 chiffres)}} : {{nir1}}
Adresse : {{addr}}
{{?:Tél.|Téléphone personnel|Portable|Port.}} : {{tel}}
{{?:Courriel|E-mail|Mél|Adresse électronique}} : {{email1}}
{{?:IBAN (à joindre)|IBAN|Coordonnées bancaires (IBAN)}} : {{iban}}
{{?:Personne à prévenir|En cas d'urgence}} : {{per3}}, {{tel}}
{{?:RQTH|Situation de handicap}} : oui, {{ART9:surdité|travailleur handicapé 50 %|\
reconnaissance RQTH|diabète}}
{{?:Véhicule|Immatriculation du véhicule}} : {{plate}}
""",
    ),
    Template(
        "formulaire RH majuscules",
        "upper",
        """\
Fiche individuelle agent

Nom : {{per1.L}}
Prénom : {{per1.F}}
Né(e) le : {{ddn1}}     à : {{place}}
N° sécurité sociale : {{nir1}}
Adresse : {{addr}}
Téléphone : {{tel}}
Conjoint : {{per2.LF}}
RIB : {{rib}}
Numéro fiscal : {{spi}}
Date d'entrée : {{date}}
Échelon : {{n}}     Indice majoré : {{num}}
""",
    ),
    Template(
        "réunion",
        "prose",
        """\
COMPTE RENDU – Réunion de service du {{date}}, {{time}}
Participants : {{per1}}, {{per2.f}}, {{per3}} (secrétaire de séance). Excusée : {{per4}}.

1. Budget : l'engagement n° {{ref}} est soldé ({{amount}}).
2. Effectifs. {{per2.f}} signale que {{per5}} est {{ART9:en burn-out|en arrêt pour un lymphome|\
enceinte de quatre mois|hospitalisé en psychiatrie}} et sera remplacé par {{per6}}.
3. Dialogue social : {{per3.l}} rappelle que {{per1.fl}} est {{ART9:délégué CGT|adhérente à FO|\
secrétaire de la section CFDT|encarté à SUD}} et doit disposer d'heures de décharge. \
Le droit syndical fait l'objet d'une note à venir.
4. Divers : le code du portail change le {{date}}. {{pw:Mot de passe du wifi : }}

Prochaine réunion : {{date}}. Contact : {{tel}}.
""",
    ),
    Template(
        "inscription scolaire",
        "prose",
        """\
DOSSIER D'INSCRIPTION SCOLAIRE {{year}} – École élémentaire des Tilleuls

ENFANT
Nom : {{per7.L}}    Prénom : {{per7.f}}    Sexe : {{sex7}}
Né(e) le {{ddn7}} à {{place}}

RESPONSABLE LÉGAL 1 : {{per1.Lf}}
Domicile : {{addr}}
Tél. dom. : {{tel}}    Tél. port. : {{tel}}    Mail : {{email1}}
N° allocataire CAF : {{caf}}    Quotient familial : {{num}}

RESPONSABLE LÉGAL 2 : {{per2.Lf}}
Tél. travail : {{tel}}

Santé : {{per7.f}} présente {{ART9:une allergie aux arachides|un asthme sévère|un trouble \
autistique|une dyspraxie}} (PAI n° {{num}}).
Personnes autorisées à venir chercher l'enfant : {{per3}} ; {{per4}}.
""",
    ),
    Template(
        "enfants allergiques",
        "raw",
        """\
Restaurant scolaire – LISTE À AFFICHER EN CUISINE – année {{year}}
Enfant	Classe	Allergie / régime	Tél. parents
{{#5-8}}
{{per7.Lf}}	{{?:CP|CE1|CE2|CM1|CM2|GS}}	{{ART9:arachide|lait de vache|gluten (maladie cœliaque)|\
diabète type 1|œuf|halal|casher|sans porc|fruits à coque|épilepsie}}	{{tel}}
{{/}}
""",
    ),
    Template(
        "impayés cantine",
        "raw",
        """\
RELANCES CANTINE AU {{date.slash}}
Famille;Enfant;Alloc. CAF;Facture;Montant dû;Adresse;CP;Ville
{{#4-7}}
{{per1.l}} {{per1.f}};{{per7.f}};{{caf}};{{invoice}};{{price}};{{addr.csv}}
{{/}}
""",
    ),
    Template(
        "rapport police municipale",
        "prose",
        """\
POLICE MUNICIPALE DE VALBRUNE
RAPPORT D'INFORMATION n° {{year}}/{{num}}

Le {{date}} à {{time}}, nous, brigadier-chef {{per1.L}} et gardien {{per2.L}}, en patrouille \
à hauteur du parking Saint-Vincent, constatons la présence d'un véhicule Clio immatriculé \
{{plate}}, stationné sur un emplacement réservé.
Le conducteur, identifié comme {{per3.Lf}}, né{{e3}} le {{ddn3}} à {{place}}, demeurant {{addr}}, \
déclare être {{ART9:en sursis pour trafic de stupéfiants|sous bracelet électronique|déjà \
condamné pour vol avec effraction}}. Un second véhicule, {{plate}}, quitte les lieux.
Témoin : {{title4}} {{per4}}, joignable au {{tel}}. Avis de paiement FPS n° {{ref}}.
Coordonnées GPS : {{gps}}.

{{per1.iL}}
""",
    ),
    Template(
        "fourrière csv",
        "raw",
        """\
date_enlevement;immat;marque;proprietaire;contact;motif
{{#5-8}}
{{date.slash}};{{plate}};{{?:RENAULT|PEUGEOT|DACIA|TOYOTA}};{{per1.Lf}};{{tel}};\
{{?:art. R417-10|épave|stationnement +7j}}
{{/}}
""",
    ),
    Template(
        "note médicale",
        "prose",
        """\
Service de médecine préventive – CONFIDENTIEL

Je soussigné{{e1}}, Dr {{per1}}, certifie avoir examiné ce jour {{title2}} {{per2}}, \
né{{e2}} le {{ddn2}} (n° d'assuré : {{nir2}}).
{{title2}} {{per2.l}} présente {{ART9:une lombosciatique invalidante|un état dépressif majeur|\
une insuffisance cardiaque|une hépatite C}} et {{ART9:prend du lithium|suit une chimiothérapie|\
porte une prothèse de hanche|a subi une greffe de rein}}.
Restrictions : pas de port de charges de plus de {{n}} kg ; revoir le {{date}}.

Fait à {{town}}, le {{date}}
Dr {{per1.L}} – RPPS {{ref}} – {{tel}}
""",
    ),
    Template(
        "fiche bancaire",
        "raw",
        """\
RELEVÉ D'IDENTITÉ BANCAIRE
Titulaire du compte : {{per1.Lf}}
{{addr.lines}}

Code banque	Code guichet	N° de compte	Clé RIB
{{rib.tab}}

IBAN : {{iban}}
BIC : CMCIFRPPXXX
Domiciliation : {{?:CCM VALBRUNE|CA PYRENEES|BP OUEST}}
""",
    ),
    Template(
        "fiches tiers régie",
        "raw",
        """\
| Tiers | Banque | Guichet | Compte | Clé | Mandat |
|---|---|---|---|---|---|
{{#4-7}}
| {{per1.Lf}} | {{rib.pipe}} | {{num}} |
{{/}}
""",
    ),
    Template(
        "virements",
        "raw",
        """\
BORDEREAU DE VIREMENTS N° {{num}} DU {{date.slash}}
{{#4-6}}
{{?:RIB|R.I.B.|rib :|Compte (RIB)}} {{rib}} {{?:bénéficiaire|au profit de|titulaire}} \
{{per1.Lf}} {{amount}}
{{/}}
Contrôle : lot {{ref}}, rejet du compte {{badrib}} (clé erronée)
""",
    ),
    Template(
        "relevés bancaires csv",
        "raw",
        """\
banque;guichet;compte;cle;nom;prenom
{{#5-8}}
{{rib.csv}};{{per1.L}};{{per1.f}}
{{/}}
""",
    ),
    Template(
        "bon de commande",
        "prose",
        """\
BON DE COMMANDE n° {{year}}-{{num}}   Engagement : {{ref}}
Fournisseur : SARL Menuiserie des Deux Gaves
{{?:SIRET|N° SIRET|Siret :|Identifiant SIRET}} {{siret}}   {{?:SIREN|N° SIREN|Siren}} {{siren}}
{{addr}}
Interlocuteur : {{per1}} – {{tel}} – {{email1.work}}

Désignation                     Qté    PU HT     Total
Porte coupe-feu réf. {{num}}       {{n}}    {{price}}    {{amount}}
Livraison : atelier municipal, compteur n° {{meter}}
Facture à déposer sur Chorus Pro, destinataire SIRET {{siret}}, code service {{num}}.
Imputation : {{budget}}
Visa : {{per2}}
""",
    ),
    Template(
        "fournisseurs tableur",
        "raw",
        """\
Raison sociale	SIREN	SIRET établissement	IBAN	Contact
{{#3-6}}
{{?:Garage du Pont|Imprimerie Rive|Pépinières Larz|Boulangerie Mie Dorée}}	{{siren}}	{{siret}}\
	\
{{iban}}	{{email1}}
{{/}}
""",
    ),
    Template(
        "annonces légales",
        "prose",
        """\
Avis d'attribution – marché {{market}} « fourniture de denrées ».
{{#4-7}}
Lot {{n}} : {{?:Primeurs Océan|Ferme du Causse|Laiterie Bellac|SCOP Atelier Nord}}, \
{{?:SIREN|siren n°|RCS Bayonne B|RCS de Rennes|n° SIREN :}} {{siren}}, montant {{amount}}.
{{/}}
Offre écartée : dossier {{badsiren}}, remis hors délai. ISBN du catalogue : {{isbn}}.
""",
    ),
    Template(
        "acte de naissance",
        "prose",
        """\
EXTRAIT D'ACTE DE NAISSANCE n° {{num}}
Le {{ddn7.words}} à {{time}} est né{{e7}} en notre commune {{per7.f}}, du sexe \
{{?:masculin|féminin}}, de {{per1.fL}}, né{{e1}} à {{place}} le {{ddn1.long}}, \
{{?:maçon|infirmière|cadre}}, et de {{per2.fL}}, né{{e2}} à {{place}} le {{ddn2.long}}, \
domiciliés {{addr}}.
Dressé le {{date.long}} sur la déclaration de {{per1.fL}}, par Nous, {{per3.fL}}, officier \
d'état civil par délégation.
""",
    ),
    Template(
        "mariage",
        "prose",
        """\
PUBLICATION DE MARIAGE
Entre {{per1.fL}}, profession : comptable, né{{e1}} le {{ddn1.words}} à {{place}}, demeurant \
{{addr}}, fils ou fille de {{per2.fL}} et de {{per3.fL}} ;
et {{per4.fL}}, profession : paysagiste, né{{e4}} le {{ddn4.words}} à {{place}}, demeurant {{addr}}.
Témoins : {{per5.fL}}, {{per6.fL}}.
Célébration prévue le {{date.long}} à {{time}}. Contrat reçu par Me {{per8.l}}, notaire.
""",
    ),
    Template(
        "lettre d'habitant",
        "noisy",
        """\
Monsieur le Maire,

je vous ecrit car sa fait 3 fois que je demande un rendez vous pour mon logement. Je \
m'apelle {{per1.fl}} je suis né{{e1}} le {{ddn1}}, j'abite {{addr}} avec mon fils {{per7.f}} qui a \
{{ART9:de l'asthme|une maladie des poumons|l'epilepsie|un handicap mental}} et l'humidité \
n'arrange rien. ma voisine Mme {{per2.l}} peut temoigner. Mon numero de secu c'est {{nir1}} \
et la caf {{caf}}. vous pouvez me joindre au {{tel}} ou {{email1}}, merci de repondre svp

{{per1.fl}}
""",
    ),
    Template(
        "lettre d'habitant dette",
        "noisy",
        """\
Madame, Monsieur

Suite a votre lettre {{invoice}} du {{date}} je conteste. J'ai payé les {{amount}} par carte \
bleu n° {{card}} sur votre site, je vous met aussi mon compte {{iban}} pour le remboursement. \
Mon mari {{per2.fl}} est {{ART9:en invalidité|alcoolique|en prison|en dialyse}} on peut pas \
payer deux fois. Numero fiscal {{spi}}.

Cordialment, {{per1.low}} - {{tel}}
""",
    ),
    Template(
        "numérisation ocr",
        "ocr",
        """\
DEMANDE D'AIDE LÉGALE   -   CADRE RÉSERVÉ AU CCAS

NOM : {{per1.LF}}
NÉ(E) LE : {{ddn1.slash}}
N° S.S. : {{nir1.ocr}}
ADRESSE : {{addr}}
N° ALLOCATAIRE : {{caf}}
N° FISCAL : {{spi}}
TÉL : {{tel}}
MOTIF : {{per1.L}} {{ART9:ATTEINT DE CÉCITÉ|DÉMENCE SÉNILE|TUBERCULOSE}} - dossier {{ref}}
Reçu le {{date}}   Agent : {{per2.iL}}
""",
    ),
    Template(
        "numérisation ocr agents",
        "ocr",
        """\
BORDEREAU DES COTISATIONS    TRIMESTRE {{n}}
SIRET EMPLOYEUR  {{siret}}
{{#4-6}}
{{per1.LF}}   {{nir1.ocr}}   {{date.slash}}   {{price}}
{{/}}
TOTAL   {{amount}}
""",
    ),
    Template(
        "passation informatique",
        "prose",
        """\
Note de passation – DSI – départ de {{per1}} le {{date}}

Serveur de paie (10.12.4.7) : compte admin, {{pw:mot de passe : |mdp : |mdp = |password: }}
Portail famille : {{pw:code d'accès : |passe : |MDP : }} (à ne pas diffuser !)
Messagerie de {{per2.fl}} ({{email2.work}}) : {{pw:Mot de passe : |pwd : }}
Connexion à la base : {{dsn}}
Supervision : {{key:clé API : |API key : |jeton : }}
Le mot de passe de l'ancien NAS est dans le coffre, demander à {{per3.f}} au {{tel}}.
Version du logiciel : {{version}}, empreinte {{hash}}.
""",
    ),
    Template(
        "fichier env",
        "raw",
        """\
# portail citoyen, version {{version}}
APP_ENV=production
APP_PORT=8080
{{key:APP_KEY=|SECRET_KEY=|DJANGO_SECRET_KEY=}}
DATABASE_URL={{dsn}}
{{pw:SMTP_PASSWORD=|MAIL_PASSWORD=|LDAP_BIND_PASSWORD=}}
SMTP_FROM={{service}}
{{key:STRIPE_API_KEY=|OPENDATA_TOKEN=|API_KEY=}}
AWS_ACCESS_KEY_ID={{cloud}}
COMMIT={{hash}}
""",
    ),
    Template(
        "historique shell",
        "raw",
        """\
cd /srv/portail && git pull
git clone https://{{forge}}@forge.valbrune.example/dsi/paie.git
mysql -h bdd01 -u root {{pw:--password=}} etatcivil < dump.sql
curl -H "{{key:X-Api-Key: |Authorization: Bearer |apikey: }}" https://api.valbrune.example/v{{n}}
psql "{{dsn}}" -c 'select count(*) from agents'
export {{pw:PGPASSWORD=|DB_PASS=|SUDO_PASS=}}
tail -n {{n}} /var/log/nginx/access.log
sha256sum sauvegarde.tar.gz  # {{hash}}
""",
    ),
    Template(
        "clé privée",
        "raw",
        """\
Bonjour {{per1.f}}, voici la clé du serveur SFTP de la trésorerie, ne la transfère pas :

{{pem}}
(contenu retiré)

L'autre, pour le dépôt des actes :
{{pem}}
(contenu retiré)
Jeton de la forge : {{forge}}
Bonne journée, {{per2.fl}}
""",
    ),
    Template(
        "annuaire",
        "raw",
        """\
ANNUAIRE INTERNE – mise à jour {{date.slash}}
Service	Nom	Poste	Ligne directe	Mobile	Courriel
{{#3-5}}
{{?:Voirie|État civil|Finances|Petite enfance}}	{{per1}}	{{num}}	{{tel}}	{{tel}}	{{email1.work}}
{{/}}
""",
    ),
    Template(
        "badges",
        "raw",
        """\
BADGE;AGENT;VEHICULE;DATE REMISE;CODE INSEE
{{#4-7}}
{{num}};{{per1.LF}};{{plate}};{{date.slash}};{{insee}}
{{/}}
""",
    ),
    Template(
        "conversation",
        "prose",
        """\
[{{time}}] {{per1.f}} : salut, tu as le n° de secu de {{per2.f}} ?
[{{time}}] {{per3.f}} : oui c'est {{nir2}}
[{{time}}] {{per1.f}} : merci. et son mobile ?
[{{time}}] {{per3.f}} : {{tel}}, mais appelle pas avant 14h, {{ART9:elle sort de chimio|il est \
à l'hôpital de jour|il est en cure de désintox|elle est au tribunal pour escroquerie}}
[{{time}}] {{per1.f}} : ok. au fait le dossier {{ref}} de {{title4}} {{per4.l}} est bloqué
[{{time}}] {{per3.f}} : {{pw:le mdp c'est : |mdp : |nouveau mot de passe : }}
[{{time}}] {{per1.f}} : 👍 j'envoie le tout à {{email3.work}}
""",
    ),
    Template(
        "messagerie usager",
        "noisy",
        """\
[usager] bonjour mon paiement est passé 2 fois !! carte {{card}}
[agent {{per1.f}}] Bonjour, ne communiquez jamais votre numéro. Votre n° allocataire ?
[usager] {{?:alloc|n° alloc.|numero caf|ma caf}} {{caf}} et jai aussi la carte de ma mere \
{{card}} si besoin, elle s'apelle {{per2.low}}
[agent {{per1.f}}] Facture {{invoice}}, montant {{amount}}, dossier {{badcard}}
""",
    ),
    Template(
        "régie paiements carte",
        "raw",
        """\
horodatage;porteur;carte;montant;autorisation
{{#5-8}}
{{date.iso}} {{time}};{{per1.LF}};{{card.compact}};{{price}};{{num}}
{{/}}
""",
    ),
    Template(
        "journal de caisse",
        "raw",
        """\
REGIE PISCINE    JOURNAL DU {{date.slash}}
{{#5-8}}
{{?:CB|VISA|MASTERCARD|carte|Paiement CB n°}} {{card}} {{?:exp.|val.|expire fin}} \
{{?:11/27|04/28|09/29}} {{price}} EUR  {{per1.i}}
{{/}}
Ticket annulé {{badcard}}  terminal {{ref}}
""",
    ),
    Template(
        "réservation par téléphone",
        "prose",
        """\
Réservation de la salle des fêtes pour le {{date}}
Prise par téléphone par {{per1.f}} ({{time}})
Demandeur : {{per2}}, {{tel}}
{{?:Numéro de carte|N° CB|CB pour l'empreinte|Carte bancaire}} : {{card}}
{{?:Numéro de carte|Seconde carte|CB de la trésorière}} : {{card}} au nom de {{per3.FL}}
Caution : {{amount}}, reçu n° {{ref}}
Adresse de facturation : {{addr}}
""",
    ),
    Template(
        "cartes achat",
        "raw",
        """\
CARTES D'ACHAT – porteurs habilités
Porteur	N° de carte	Plafond	Programme
{{#4-6}}
{{per1.Lf}}	{{card}}	{{amount}}	{{budget}}
{{/}}
""",
    ),
    Template(
        "taxe foncière réclamation",
        "prose",
        """\
Objet : réclamation – taxe foncière {{year}}
{{?:Numéro fiscal|N° fiscal|SPI|Identifiant fiscal|Référence SPI}} : {{spi}}
Numéro fiscal du conjoint : {{spi}}
Référence de l'avis : {{ref}}

Monsieur l'inspecteur,
Je soussigné{{e1}} {{per1}}, demeurant {{addr}}, propriétaire de la parcelle {{cadastre}}, \
conteste \
la somme de {{amount}}. Le bien appartient en indivision à {{per2}} et {{per3}}.
Remboursement à verser sur le compte {{iban}}.
Tél. {{tel}}
""",
    ),
    Template(
        "liste fiscale csv",
        "raw",
        """\
nom_prenom;n_fiscal;rfr;parts;qf
{{#6-9}}
{{per1.Lf}};{{spi}};{{price}};{{?:1|1,5|2|2,5|3}};{{num}}
{{/}}
""",
    ),
    Template(
        "aides sociales tableau",
        "raw",
        """\
Bénéficiaire	Né(e) le	N° fiscal	N° CAF	Motif	Montant
{{#4-6}}
{{per1.fl}}	{{ddn1.slash}}	{{spi}}	{{caf}}	{{ART9:cancer|AAH|dépression|sortie de détention|\
surdité|VIH|toxicomanie|handicap moteur}}	{{price}}
{{/}}
""",
    ),
    Template(
        "crèche",
        "prose",
        """\
COMMISSION D'ATTRIBUTION DES PLACES EN CRÈCHE DU {{date}}
{{#3-4}}
- {{per7.Lf}} (né{{e7}} le {{ddn7}}), parents {{per1}} et {{per2.f}} ; \
{{?:n° alloc.|allocataire n°|CAF :|matricule allocataire}} {{caf}} ; {{tel}} ; enfant \
{{ART9:trisomique|prématuré sous oxygène|porteur d'une cardiopathie|malentendant}} : avis favorable.
{{/}}
Dossiers ajournés : {{n}}. Prochaine commission le {{date}}.
""",
    ),
    Template(
        "logement social",
        "prose",
        """\
DEMANDE DE LOGEMENT n° {{ref}}
Candidat : {{per1.Lf}} {{?:né(e) le|– naissance :|, date naiss.}} {{ddn1}}
Conjoint : {{per2.Lf}} {{?:né(e) le|– naissance :|, date naiss.}} {{ddn2}}
{{?:N° unique CAF|Numéro allocataire|Alloc. CAF}} : {{caf}}
{{?:N° fiscal|Numéro fiscal (avis d'impôt)|SPI}} : {{spi}} / {{spi}}
Logement actuel : {{addr}}
Observations : {{per1.f}} est {{ART9:en fauteuil roulant|réfugié politique|séropositive|\
victime de violences conjugales}} ; {{per2.f}} est {{ART9:d'origine rom|d'origine tchétchène|\
sortant de prison|transgenre}}. Loyer visé : {{amount}}.
""",
    ),
    Template(
        "liste d'attente logement",
        "upper",
        """\
Commission du {{date.slash}}
{{#4-6}}
{{n}}. {{per1.LF}} - né(e) le {{ddn1.slash}} - tél {{tel}} - CAF {{caf}} - \
{{ART9:handicap|schizophrénie|maladie respiratoire|grossesse à risque}}
{{/}}
""",
    ),
    Template(
        "note syndicale",
        "prose",
        """\
NOTE AU DIRECTEUR GÉNÉRAL – confidentiel
Lors du mouvement du {{date}}, ont été recensés comme grévistes et meneurs : {{per1}} \
({{ART9:CGT|FO|CFDT|Sud|UNSA}}), {{per2}} ({{ART9:élu CGT au CST|syndiqué FO|permanente CFDT}}), \
{{per3}} ({{ART9:militant du NPA|adhérente du RN|candidat LFI aux municipales|membre du PS}}).
{{per4}} refuse de travailler le vendredi car {{il4}} est {{ART9:musulman pratiquant|juif \
pratiquant|témoin de Jéhovah|adventiste}}.
Le droit syndical s'exerce dans les conditions du décret n° 85-397 ; la liberté d'opinion est \
garantie aux agents.
""",
    ),
    Template(
        "évaluation agent",
        "prose",
        """\
ENTRETIEN PROFESSIONNEL {{year}}
Agent : {{per1.Lf}}   Évaluateur : {{per2.Lf}}
Commentaires : {{per1.f}} a été absent{{e1}} {{n}} jours pour {{ART9:une opération du genou|\
une tentative de suicide|une fausse couche|un cancer du sein}}. Travail sérieux au demeurant. \
{{per3.f}}, sa collègue, évoque {{ART9:son homosexualité|ses convictions catholiques|sa \
candidature sur la liste écologiste|ses origines algériennes}} à plusieurs reprises, ce qui n'a \
pas \
sa place dans l'équipe.
Objectifs : finir la saisie de {{num}} fiches avant le {{date}}.
Signature : {{per1.i}}
""",
    ),
    Template(
        "fiche de liaison urgence",
        "prose",
        """\
FICHE SANITAIRE DE LIAISON
Enfant : {{per7.fl}}   né{{e7}} le : {{ddn7.slash}}
Responsable : {{per1}}  tél. : {{tel}} / {{tel}}
Médecin traitant : Dr {{per2.l}}, {{tel}}
N° de sécurité sociale du parent : {{nir1}}
Traitement en cours : {{per7.f}} prend {{ART9:de la Ritaline|de l'insuline|du Keppra|de la \
Ventoline}} matin et soir.
Je soussigné{{e1}} {{per1.fl}} autorise la directrice à faire pratiquer les soins d'urgence.
""",
    ),
    Template(
        "canicule registre",
        "raw",
        """\
REGISTRE CANICULE – personnes à appeler
N°|Nom|Date naiss.|Adresse|Téléphone|Observations
{{#4-6}}
{{n}}|{{per1.lf}}|{{ddn1.slash}}|{{addr}}|{{tel}}|{{ART9:Alzheimer|sous oxygène|insuffisance \
rénale|malvoyante|diabétique|fauteuil}}
{{/}}
""",
    ),
    Template(
        "élections liste",
        "raw",
        """\
N° ordre	Nom de naissance	Prénoms	Né(e) le	Domicile
{{#5-7}}
{{num}}	{{per1.L}}	{{per1.f}}	{{ddn1.slash}}	{{addr}}
{{/}}
""",
    ),
    Template(
        "bureau de vote",
        "prose",
        """\
Bureau n° {{n}} – Président : {{per1}}. Assesseurs : {{per2}} ; {{per3}} ; {{per4}}.
Procuration : {{per5.fL}}, né{{e5}} le {{ddn5.long}}, donne mandat à {{per6.fL}}, né{{e6}} le \
{{ddn6.long}}, demeurant {{addr}}. Clôture à {{time}}, {{num}} émargements.
""",
    ),
    Template(
        "permis de construire",
        "prose",
        """\
RÉCÉPISSÉ DE DÉPÔT – PC 064 445 {{n}} P{{num}}
Déposé par : {{per1.Lf}}, {{addr}}
Terrain : parcelles {{cadastre}} et {{cadastre}}, {{gps}}
Architecte : cabinet {{per2.l}} & associés, SIRET {{siret}}, {{email2.work}}
Surface de plancher : {{n}} m² ; taxe : {{amount}} ; règlement article UB {{n}}
Instructeur : {{per3}} ({{tel}})
""",
    ),
    Template(
        "subvention association",
        "prose",
        """\
DOSSIER DE SUBVENTION {{year}}
Association : Les Amis du Lavoir – RNA W641{{num}}
SIREN : {{siren}}    SIRET : {{siret}}
Président{{e1}} : {{per1.Lf}}, {{?:portable|tél.|joignable au}} {{tel}}
Trésorier : {{per2.Lf}}, {{email2}}
IBAN de l'association : {{iban}}
Montant demandé : {{amount}} ; compte de résultat joint ; agrément n° {{ref}}
Titulaire de la carte de paiement de l'association ({{card}}) : {{per3}}
""",
    ),
    Template(
        "subventions tableau",
        "raw",
        """\
association;siren;siret;president;rib
{{#4-6}}
{{?:Judo Club|Chorale A Cappella|Amicale laïque|Pétanque}};{{siren.compact}};{{siret.compact}};\
{{per1.fl}};{{rib.compact}}
{{/}}
""",
    ),
    Template(
        "mandat sepa",
        "prose",
        """\
MANDAT DE PRÉLÈVEMENT SEPA – Référence unique du mandat : RUM{{num}}
Débiteur : {{title1}} {{per1}}
{{addr.lines}}
{{?:Ancien IBAN|IBAN à clôturer}} : {{iban}}
{{?:Nouvel IBAN|IBAN à débiter}} : {{iban}}
{{?:RIB|ancien RIB}} : {{rib}}
Créancier : régie des eaux, ICS FR12ZZZ{{num}}99, abonnement {{ref}}
Signé à {{town}}, le {{date}}
""",
    ),
    Template(
        "prélèvements csv",
        "raw",
        """\
rum;debiteur;iban;montant;email
{{#4-6}}
RUM{{num}};{{per1.LF}};{{iban.compact}};{{price}};{{email1}}
{{/}}
""",
    ),
    Template(
        "paie anomalies",
        "prose",
        """\
Anomalies DSN du mois de {{?:mars|juin|octobre}} {{year}} :
{{#3-5}}
– {{per1.Lf}} : {{?:NIR|numéro d'immatriculation|n° de sécu|matricule SS}} {{nir1}} \
{{?:inconnu du SNGI|à certifier|en doublon}}, {{?:né(e) le|naissance|ddn}} {{ddn1}}.
{{/}}
Rappel : la référence de lot {{badnir}} n'est pas un numéro d'agent. SIRET déclarant {{siret}}.
""",
    ),
    Template(
        "nir sans clé",
        "prose",
        """\
Demande de rétablissement de carrière – CNRACL
{{#3-5}}
{{per1.fL}}, {{?:NIR (13 caractères)|N° SS sans la clé|n° de sécurité sociale hors clé}} : \
{{nir1.13}}
{{/}}
Employeur : {{siret}} – courrier du {{date}}
""",
    ),
    Template(
        "vacataires liste",
        "raw",
        """\
Vacataires recensement {{year}}
{{#4-6}}
* {{per1.low}} / {{nir1}} / {{tel}} / {{email1}} / {{addr}}
{{/}}
""",
    ),
    Template(
        "parc automobile",
        "raw",
        """\
Affectation des véhicules de service
Immatriculation	Modèle	Km	Affecté à	Carte carburant
{{#5-8}}
{{plate}}	{{?:Kangoo|Zoé|Berlingo}}	{{num}}	{{per1}}	{{num}}
{{/}}
""",
    ),
    Template(
        "stationnement résident",
        "prose",
        """\
Demande de macaron résidentiel
Nom, prénom : {{per1.Lf}}   Courriel : {{email1}}
Adresse du domicile : {{addr}}
{{?:Véhicule 1|Immat. 1|Plaque n° 1}} : {{plate}}    {{?:Véhicule 2|Immat. 2|Plaque n° 2}} : \
{{plate}}
Macaron PMR : {{ART9:carte mobilité inclusion invalidité|invalidité à 80 %|amputé jambe gauche}} \
(au nom de {{per1.l}}), carte n° {{num}}
Ancien véhicule cédé : {{plate}}
""",
    ),
    Template(
        "main courante",
        "noisy",
        """\
{{time}} appel de Mme {{per1.l}} {{tel}} : voiture {{plate}} qui gene devant le {{addr}}
{{time}} sur place, proprietaire {{per2.Lf}} né{{e2}} {{ddn2.slash}} {{ART9:en etat d'ivresse|\
sous stupefiants|connu pour vols}}
{{time}} scooter {{plate}} signale vole, voir {{per3.f}}
{{time}} RAS, kilometrage {{num}}
""",
    ),
    Template(
        "accident de service",
        "prose",
        """\
DÉCLARATION D'ACCIDENT DE SERVICE
Victime : {{title1}} {{per1}}, né{{e1}} le {{ddn1}}, {{?:sécu|SS n°|assuré social n°}} {{nir1}}
Employeur : commune, SIRET {{siret}}
Circonstances : le {{date}} vers {{time}}, {{per1.f}} conduisait le fourgon {{plate}} quand un \
véhicule ({{plate}}, conducteur {{per2}}, {{tel}}) a refusé la priorité.
Lésions : {{per1.l}} souffre {{ART9:d'une fracture du poignet|d'un traumatisme crânien|d'une \
entorse cervicale}}. Certificat du Dr {{per3.l}}. Sinistre n° {{ref}}.
""",
    ),
    Template(
        "contact presse",
        "prose",
        """\
COMMUNIQUÉ – {{town}}, le {{date}}
La médiathèque rouvre ses portes le {{date.long}} après {{n}} mois de travaux ({{amount}}).
« Nous avons tenu les délais », se réjouit {{per1.fl}}, première adjointe. {{per2.fl}}, \
bibliothécaire depuis {{n}} ans, montre à {{per3.f}} l'album de pierres et de roses de la salle \
Blanc.
Contact presse : {{per4.fl}}, {{tel}}, {{email4.work}}
""",
    ),
    Template(
        "courrier de réclamation réseau",
        "prose",
        """\
{{title1}} {{per1.fL}}
{{addr.lines}}
{{?:Tél :|☎|T.}} {{tel}}

Réf. client {{ref}} – compteur {{meter}}

Madame, Monsieur,
Comme je l'ai dit à {{per2.fl}} au guichet, la fuite date du {{date}}. Merci de rembourser \
{{amount}} sur l'IBAN {{iban}}. L'ancien identifiant {{badiban}} était faux d'un chiffre.
Salutations, {{per1.fl}}
""",
    ),
    Template(
        "publipostage",
        "raw",
        """\
"Civilité","Nom","Prénom","Adresse complète","Mobile","Mail"
{{#4-6}}
"{{title1}}","{{per1.l}}","{{per1.f}}","{{addr.json}}","{{tel}}","{{email1}}"
{{/}}
""",
    ),
    Template(
        "xml échange",
        "raw",
        """\
<?xml version="1.0" encoding="UTF-8"?>
<lot version="{{version}}" emetteur="{{siret.compact}}">
{{#2-4}}
  <assure><nom>{{per1.L}}</nom><prenom>{{per1.f}}</prenom><nir>{{nir1.compact}}</nir>
    <naissance>{{ddn1.iso}}</naissance><allocataire>{{caf}}</allocataire>
    <compte>{{rib.compact}}</compte><spi>{{spi.compact}}</spi></assure>
{{/}}
</lot>
""",
    ),
    Template(
        "yaml configuration",
        "raw",
        """\
# deploiement {{version}}
serveur: portail.valbrune.example
port: 5432
base: {{dsn}}
smtp:
  utilisateur: {{service}}
  {{pw:password: |motdepasse: |mot_de_passe: }}
ldap:
  {{pw:bind_password: |secret: }}
supervision:
  {{key:api_key: |token: |access_token: }}
empreinte: {{hash}}
""",
    ),
    Template(
        "comptes initiaux",
        "raw",
        """\
Comptes créés le {{date.slash}} (à changer à la première connexion)
{{#4-6}}
{{per1.fl}} – identifiant {{login1}} – {{pw:mot de passe : |mdp : |mot de passe provisoire : |\
MDP= |password : }}
{{/}}
Votre mot de passe doit comporter 12 caractères. Mot de passe oublié ? Appelez le {{tel}}.
""",
    ),
    Template(
        "post-it numérisé",
        "noisy",
        """\
imprimante etage : code {{num}}
session accueil {{pw:mdp |mdp: |MDP : |mot de passe }}
site CAF pro {{pw:mdp: |passe: }}
netbanque régie {{pw:code secret : |mdp : }}
voir {{per1.f}} poste {{num}} si probleme
""",
    ),
    Template(
        "journal applicatif",
        "raw",
        """\
2026-03-0{{?:1|2|3}}T08:12:44Z INFO portail {{version}} started commit={{hash}}
2026-03-04T08:13:02Z DEBUG login user={{email1}} {{pw:password=|pwd=|passwd=}}
2026-03-04T08:13:09Z WARN payment ref={{ref}} card={{card.compact}} holder="{{per1.FL}}" refused
2026-03-04T08:14:31Z DEBUG headers {{key:x-api-key=|client_secret=|token=}}
2026-03-04T08:15:00Z INFO payment ref={{ref}} card={{card.compact}} ok
2026-03-04T08:16:10Z ERROR dsn={{dsn}} timeout after {{num}} ms
""",
    ),
    Template(
        "conseil de discipline",
        "prose",
        """\
RAPPORT DISCIPLINAIRE concernant {{title1}} {{per1.fL}}
Par jugement du {{date}}, {{title1}} {{per1.l}} a été {{ART9:condamné pour escroquerie|reconnu \
coupable de harcèlement|condamné à six mois avec sursis}}. Son supérieur, {{per2}}, relève que \
{{per1.f}} {{ART9:consomme de la cocaïne|boit pendant le service|suit une cure de \
désintoxication}}. La plaignante, {{per3.fl}}, agent d'accueil, a été entendue le {{date}}.
Défenseur : Me {{per4.l}}, {{addr}}, {{email4}}.
""",
    ),
    Template(
        "culture inscriptions",
        "noisy",
        """\
Conservatoire - inscriptions {{year}}
{{#4-6}}
{{per7.fl}} ({{ddn7.slash}} date de naissance) piano, parent {{per1.f}} {{tel}} cheque {{price}} \
alloc {{caf}}
{{/}}
""",
    ),
    Template(
        "régie remboursement",
        "prose",
        """\
État des remboursements – arrêt de la régie n° {{n}}
{{#3-5}}
{{per1.Lf}} – carte {{?:débitée|n°|CB}} {{card}} – {{amount}} – à reverser sur \
{{?:RIB|le compte RIB|son relevé d'identité bancaire}} {{rib}}
{{/}}
Pièce comptable {{ref}}, {{budget}}.
""",
    ),
    Template(
        "rib étiquettes mêlées",
        "prose",
        """\
Coordonnées bancaires du prestataire {{per1.Lf}} (SIREN {{siren}})
RIB (banque, guichet, compte, clé) : {{rib}}
Second compte : RIB n° {{rib}}
En attente de justificatif : {{badrib}}, rejeté le {{date}}.
Siège : SIREN {{siren}} ; établissement {{siret}} ; n° fiscal du gérant {{spi}}
""",
    ),
    Template(
        "recours administratif",
        "prose",
        """\
TRIBUNAL ADMINISTRATIF – REQUÊTE
POUR : {{per1.fL}}, né{{e1}} le {{ddn1.long}} à {{place}}, de nationalité \
{{?:française|portugaise}}, \
demeurant {{addr}}, ayant pour avocat Me {{per2.fL}} ({{email2}}, {{tel}})
CONTRE : la décision du {{date.long}} par laquelle le CCAS lui a réclamé {{amount}}.
L'intéressé{{e1}}, allocataire {{caf}} et contribuable n° {{spi}}, soutient que {{title1}} \
{{per1.l}} est {{ART9:atteint d'une maladie orpheline|bipolaire|sourd de naissance|schizophrène}}.
PAR CES MOTIFS, annuler la décision et l'avis {{ref}}.
""",
    ),
    Template(
        "immeuble en péril",
        "prose",
        """\
Visite du {{date}}, immeuble du {{addr}}, cadastré {{cadastre}}.
Propriétaire : SCI Belle Pierre, {{?:SIREN|immatriculée au RCS sous le numéro}} {{siren}}, gérante \
{{per1}} ({{tel}}). Locataires : {{per2}} ; {{per3.l}} et {{per4.l}} ; le petit {{per7.f}}.
Le marchand du rez-de-chaussée (SIRET {{siret}}) a été prévenu par {{per5.f}}. Syndic : {{email5}}.
""",
    ),
    Template(
        "recensement entreprises",
        "raw",
        """\
siren|siret|enseigne|dirigeant|tel
{{#4-6}}
{{siren}}|{{siret}}|{{?:Le Petit Marchand|Aux Roses|Boucherie Noire|Chez Blanc}}|{{per1}}|{{tel}}
{{/}}
""",
    ),
    Template(
        "cimetière concessions",
        "upper",
        """\
Registre des concessions - carré {{n}}
{{#4-6}}
Concession {{num}} : {{per1.LF}}, né(e) le {{ddn1.long}} - ayant droit {{per2.LF}}, {{addr}} - \
{{tel}}
{{/}}
""",
    ),
    Template(
        "handicap MDPH",
        "prose",
        """\
SYNTHÈSE MDPH – équipe pluridisciplinaire du {{date}}
{{#2-3}}
{{per1.Lf}} (né{{e1}} le {{ddn1}}, NIR {{nir1}}, alloc. {{caf}}) : {{ART9:déficience \
intellectuelle|\
trouble bipolaire|paraplégie|autisme de niveau 2}}, taux {{n}} % ; référente {{per2.f}}, {{tel}}.
{{/}}
La prestation de compensation du handicap est versée par le département.
""",
    ),
    Template(
        "relevé d'allocataires",
        "raw",
        """\
N° ALLOC;NOM;PRENOM;QF;CARTE ENREGISTREE
{{#5-8}}
{{caf}};{{per1.L}};{{per1.F}};{{num}};{{card.compact}}
{{/}}
""",
    ),
    Template(
        "télétravail recensement",
        "prose",
        """\
Bonjour à toutes et à tous,
{{per1.f}} m'a demandé la liste. En télétravail le vendredi : {{per2}}, {{per3}}, {{per4}} et \
{{per5}} \
(ce dernier depuis {{town}}). {{per6.f}} viendra sur site, voir son mail {{email6.work}}.
Pour mémoire le VPN : {{pw:identifiant commun, mot de passe : |mdp : }}
Rose et Pierre étant des prénoms comme des mots, vérifiez les fiches : {{per7.f}}, {{per8.f}}.
Merci, {{per1.fl}} – {{tel}} / {{email1.work}}
""",
    ),
)
