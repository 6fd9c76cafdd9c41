"""Names of people, streets, places and firms, drawn at random: nobody of the corpus exists."""


def listed(text: str, separator: str | None = None) -> list[str]:
    """Return the items of a text, those of several words on one line.

    >>> listed("Le Goff, Da\\nCosta", ",")
    ['Le Goff', 'Da Costa']
    """
    return [" ".join(item.split()) for item in text.split(separator) if item.strip()]


MEN = listed("""
Adrien Alain Albert Alexandre Amadou Amine Anatole André Antoine Antton Armand Arnaud Arthur
Aurélien Aymeric Aziz Bakary Baptiste Barthélemy Bastien Benoît Bernard Bertrand Bilal Bixente
Boubacar Brahim Brieuc Bruno Cédric Cheikh Christian Christophe Claude Clément Corentin Cyril
Damien Daniel David Denis Denez Didier Djibril Dominique Driss Edmond Efe Élie Émile Emre Enzo
Eneko Éric Étienne Eusébio Fabien Fabrice Farid Félix Ferdinand Florent Florian Fernand François
Franck Frédéric Gabin Gabriel Gaël Gaspard Gauthier Geoffroy Georges Gérard Gilbert Gildas Gilles
Goulven Grégory Guillaume Guy Gwenaël Hakim Hamza Hans Henri Hervé Hubert Hugo Idriss Ilyès
Ismaël Iban Jacques Jean Jérôme João Joël Joseph Jules Julien Karim Kévin Kofi Laurent Léo Léon
Loïc Louis Luc Lucas Mamadou Marc Marcel Mathieu Mattin Maurice Mehdi Mehmet Michel Minh Moussa
Nabil Nathan Nicolas Noël Olivier Omar Oumar Paco Pascal Patrick Paul Peio Philippe Pierre
Quentin Rachid Raphaël Raymond Rémi René Robert Roland Romain Ronan Samir Sébastien Sekou Serge
Simon Slimane Stanislas Stéphane Tanguy Théo Thibault Thierry Thomas Tiago Tomasz Tuan Ugo Urbain
Victor Vincent Wassim Xavier Yacine Yann Yannick Youssef Yves Zacharie Jean-Baptiste Jean-Claude
Jean-François Jean-Luc Jean-Marc Jean-Pierre Pierre-Yves Paul-Henri Marc-Antoine
""")
WOMEN = listed("""
Adèle Agathe Agnès Aïcha Aïssatou Albane Alice Aline Amaia Aminata Anaïs Andrée Angèle Anne
Annick Apolline Ariane Astrid Audrey Aurore Awa Ayşe Axelle Béatrice Bernadette Bérénice Blanche
Brigitte Camille Carine Carmen Caroline Catherine Cécile Céline Chantal Charlotte Chloé
Christelle Christiane Claire Clarisse Clémence Colette Constance Coralie Corinne Coumba Danielle
Delphine Denise Diane Dorothée Édith Elaïa Éléonore Elif Élisabeth Élise Élodie Émilie Emma Erell
Estelle Eugénie Eulalie Évelyne Fanny Fatima Fatou Fatoumata Fleur Florence France Françoise
Gabrielle Geneviève Ginette Gisèle Graziella Gwenn Gwenaëlle Hanane Hawa Hélène Henriette
Huguette Hortense Ikram Inès Irène Isabelle Iris Jacqueline Jade Jeanne Jeannine Josette
Joséphine Josiane Joyce Julie Juliette Justine Kadiatou Karine Katarzyna Khadija Kristel Laetitia
Laura Laure Léa Leïla Liliane Lina Linh Lise Louise Lucie Lydie Maëlle Maddi Madeleine Magali
Maïwenn Malika Manon Margaux Marguerite Mariam Marianne Marie Marine Marion Martine Maryse
Mathilde Maud Mélanie Mercedes Meryem Michèle Mireille Monique Muriel Myriam Nadège Nadia Naïma
Natacha Nathalie Nolwenn Nora Océane Odette Odile Olive Oumou Pascale Paulette Pauline Perrine
Prune Rachel Rania Régine Rolande Rosa Rose Rozenn Sabrina Salma Samia Sandrine Sarah Ségolène
Simone Sixtine Soazig Solange Sophie Stéphanie Suzanne Sylvie Teresa Thérèse Thi-Mai Valérie
Véronique Violette Virginie Viviane Wided Yasmine Yolande Yvette Zélie Zeynep Anne-Laure
Anne-Marie Marie-Christine Marie-Claude Marie-Thérèse Rose-Marie Marie-Pierre
""")
SURNAMES = listed(
    """
Abadie, Abgrall, Achard, Adjani-Toulec, Aguerre, Ahmadou, Ait Benhaddou, Alliot, Almeida, Alves
Pereira, Ameziane, Amoros, Anquetil, Arnoux, Arrieta, Aubry-Kessel, Auger, Aydin, Azzouzi, Ba,
Bachelet, Bah, Baillargeon, Bakayoko, Balde, Bannier, Barbier, Barry, Baudouin, Bazin, Beaufils,
Beaulieu, Bekhti, Bellanger, Belhadj, Ben Amor, Ben Youssef, Benali, Benguigui, Benoist, Berger,
Bernard, Berthelot, Bertin, Besnard, Bidart, Bienvenu, Bihan, Blanc, Blanchard, Blin, Bocquet,
Boisseau, Bonhomme, Bonnefoy, Bordenave, Borges, Bouchard, Boudjemaa, Boulanger, Boulay,
Bourgeois, Bousquet, Bouzid, Boyer, Breton, Briand, Brunet, Buisson, Burgaud, Cabanes, Calvez,
Camara, Campagne, Capdeville, Cardoso, Caron, Carpentier, Carvalho, Casanova, Castaing, Cazenave,
Chaouche, Charpentier, Chastang, Chauvin, Chevalier, Cissé, Clavel, Cloarec, Collin, Combes,
Content, Cordier, Corre, Cosquer, Couderc, Coulibaly, Courtois, Cousin, Cuvelier, Czerny, Da
Costa, Da Silva Rego, Dabrowski, Dahan, Daniel, Darrigrand, Darré, David, De Almeida, De
Brissac-Lanoë, De La Fontenelle, De Vos, Debray, Delage, Delahaye, Delcourt, Delmas, Demir,
Denis, Derrien, Desbois, Deschamps, Desjardins, Diaby, Diakité, Diallo, Diarra, Diop, Dos Santos,
Douay, Doucet, Dreyer, Droguet, Du Plessis, Dubreuil, Dufour, Dumoulin, Dupin, Durand, Dutertre,
Ebersold, Ehrhart, El Amrani, El Fassi, El Khattabi, Elissalde, Erdogmus, Escande, Esnault,
Etchegaray, Etcheverry, Evrard, Fabre, Faucheux, Faure, Favreau, Ferreira, Ferrand, Feuillet,
Fischbach, Fleury, Fofana, Fontaine, Forestier, Fournier, Franc, Frelon, Gallic, Garcia,
Garrigue, Gaudin, Gautier, Germain, Ghezali, Giraud, Glavany-Roux, Goasguen, Gomes, Gonçalves,
Goujon, Goyheneche, Grall, Grand, Grandjean, Granger, Grosjean, Guéguen, Guérin, Gueye, Guilbaud,
Guillou, Gündüz, Guyon, Guyonvarch, Haddad, Hamidou, Hardy, Harignordoquy, Haudrechy, Heitz,
Helias, Henry, Hernandez, Herrmann, Hirigoyen, Hoarau, Hoang, Hubert, Huguet, Humbert, Ibarboure,
Idrissi, Inchauspé, Iriart, Jacob, Jacquet, Jaffré, Jamet, Jankowski, Jaouen, Jolivet, Joly,
Jourdain, Kaczmarek, Kamara, Kante, Kara, Karadeniz, Keita, Kerautret, Kerbrat, Kervella,
Khelifi, Klein, Koné, Konaté, Kowalczyk, Kraemer, Kuntz, Labat, Laborde, Lacaze, Lacroix,
Lafitte, Lagarde, Lahlou, Lalanne, Lambert, Landry, Langlois, Larralde, Larrieu, Lasserre,
Latour, Laurent, Lavigne, Le Bihan, Le Borgne, Le Corre, Le Floc'h, Le Gall, Le Goff, Le Guen, Le
Meur, Le Roux, Le Tallec, Lebon, Leclerc, Lefèvre, Legrand, Lemaire, Lemoine, Lenoir, Leroy,
Lesage, Lévêque, L'Helgouac'h, L'Hostis, Lopes, Loison, Lucas, Ly, Magalhães, Mahé, Maillard,
Maïga, Mansouri, Marchand, Maréchal, Marin, Marques, Martin, Masson, Mauger, Mazurek, Mercier,
Merle, Meunier, Meziane, Michaud, Millet, Minvielle, Moreau, Morin, Morvan, Moulin, Moutou,
Mouton, Muller, N'Diaye, N'Guessan, Nadaud, Navarro, Ndongo, Nedelec, Neves, Nguyen, Nguyen Van
Thanh, Nicolas, Noblet, Nowak, Oger, Olivier, Ollivier, Ouattara, Oudin, Oyhenart, Öztürk, Page,
Paillard, Parent, Pasquier, Payet, Pelletier, Pennec, Péron, Perrot, Petit, Petitjean, Peyrègne,
Pham, Picard, Pichon, Pinto, Poirier, Pommier, Poulain, Prévost, Prigent, Quéméner, Quéré,
Queiroz, Rabah, Rahmani, Ramassamy, Raoul, Raynal, Renard, Ribeiro, Richard, Rivière, Robin,
Rocha, Roche, Rolland, Rossi, Rouquette, Rousseau, Roussel, Rouvière, Sabatier, Sagna, Şahin,
Saidi, Saint-Martin, Salaün, Sallaberry, Sanchez, Sané, Sarrazin, Saulnier, Sauvage, Schaeffer,
Schmitt, Schoenahl, Seck, Sénéchal, Serrano, Sidibé, Simon, Slimani, Soares, Sow, Steinmetz,
Sylla, Szymanski, Tanguy, Tardieu, Tavares, Teixeira, Tessier, Thiam, Thibaud, Tissot, Touati,
Touré, Tournier, Tran, Traoré, Trehel, Truong, Uhalde, Urruty, Vaillant, Valette, Vallée, Van den
Broeck, Vanneste, Vasseur, Vidal, Vieira, Vigneron, Villeneuve, Vincent, Viola, Vo, Vogel,
Voisin, Wagner, Walczak, Weber, Weiss, Wojcik, Wurtz, Yildirim, Yilmaz, Zaoui, Zerrouki,
Zielinski, Zimmermann, Zouhair
""",
    ",",
)

TOWNS = [
    ("64000", "Pau"),
    ("64100", "Bayonne"),
    ("29200", "Brest"),
    ("29790", "Pont-Croix"),
    ("67000", "Strasbourg"),
    ("68240", "Kaysersberg"),
    ("76600", "Le Havre"),
    ("93200", "Saint-Denis"),
    ("97400", "Saint-Denis"),
    ("97200", "Fort-de-France"),
    ("20200", "Bastia"),
    ("13090", "Aix-en-Provence"),
    ("59100", "Roubaix"),
    ("35400", "Saint-Malo"),
    ("63000", "Clermont-Ferrand"),
    ("09200", "Saint-Girons"),
    ("40140", "Soustons"),
    ("64120", "Saint-Palais"),
    ("75011", "Paris"),
    ("69003", "Lyon"),
    ("17137", "L'Houmeau"),
    ("62223", "Sainte-Catherine"),
    ("44600", "Saint-Nazaire"),
    ("01000", "Bourg-en-Bresse"),
    ("22220", "Plouguiel"),
    ("57600", "Forbach"),
]
WAYS = listed(
    "rue,rue,rue,rue,rue,rue,avenue,avenue,av.,boulevard,bd,place,impasse,allée,allées,chemin,"
    "route,quai,cours,square,sentier,passage,résidence,lotissement,faubourg,ruelle,cité,r.,chem.",
    ",",
)
STREETS = listed(
    """
des Lilas/du Général Leclerc/de la République/Victor-Hugo/du 8 Mai 1945/des Écoles/de la Fontaine/
du Moulin Saint-Martin/de Verdun/Jean Jaurès/des Trois Frères Barthélémy/du Stade/de l'Église/
de l'Abattoir/des Acacias/d'Espagne/de Kerbihan/Ar Vorlenn/Etxe Berria/du Maréchal Foch/
des Tilleuls/du Bout du Monde/Pasteur/de la Gare/du Vieux Puits/des Cordeliers/Marie Curie/
aux Loups/du Château d'Eau/de l'Yser/Anatole-France/du Pré Vert/du Docteur Calmette/
de la 2e D.B./des Mimosas/Sadi-Carnot/du Pont Neuf/de la Tour/du Puits Salé/Aristide Briand/
Simone-Veil/du 19 mars 1962/de l'Abbé Grégoire/Paul Verlaine/de Lattre de Tassigny/Max-Jacob/
des Frères Lumière/du Colonel Fabien/George-Sand/Sainte-Ursule/de la Croix Rouge/Notre-Dame
""",
    "/",
)
VENUES = listed(
    """
école Jules-Ferry/gymnase Marcel-Cerdan/salle Jean-Moulin/collège Louise-Michel/lycée Saint-John
Perse/médiathèque Françoise-Sagan/stade Alain-Mimoun/crèche Françoise-Dolto/centre Georges-Brassens/
groupe scolaire Jacques-Prévert/parc Robert-Schuman/hôpital Ambroise-Paré/théâtre Gérard-Philipe/
pont Saint-Michel/foyer Émile-Zola/piscine Jean-Bouin/quartier Saint-Pierre/square Olympe-de-Gouges
""",
    "/",
)
FIRMS = listed(
    """
Garage Martin et Fils/SARL Dupuy Peinture/Boulangerie Renard/Établissements Paul Marchand/
SAS Henri Lambert Travaux publics/Transports Thomas/Maison Rose/Menuiserie Olivier/Pompes funèbres
Blanc/Cabinet Leroy & associés/Librairie Victor/Caves Saint-Vincent/SCI Les Jardins de Camille/
Laboratoire Pasteur-Valbrune/Ferme Nicolas/Fleurs Marguerite/EURL Bernard Couverture/Chez Simone/
Imprimerie Gauthier frères/Pépinières Robin/SCOP Clément et Cie/Optique David/Ambulances Jacob
""",
    "/",
)
DOMAINS = listed(
    "courriel.example,poste.example,exemple.fr,boite-libre.example,orangeade.example,"
    "mel.example.net,example.com,example.org",
    ",",
)
ORGANISATIONS = listed(
    "ville-valbrune.fr,mairie-saintolon.fr,cc-deuxgaves.example.fr,agglo-montclairval.fr,"
    "ccas-valbrune.fr,valbrune.example.fr",
    ",",
)
PLACES = listed(
    "Pau,Bayonne,Brest,Oran,Dakar,Porto,Colmar,Lille,Bastia,Saint-Pierre,Izmir,Gdansk", ","
)
