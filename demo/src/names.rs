//! Given and family names the crowd of the demonstration is drawn from.

/// French given names, feminine.
#[rustfmt::skip]
pub(crate) const FRENCH_WOMEN: [&str; 40] = [
    "Adèle", "Agathe", "Alice", "Amandine", "Anne", "Aurélie", "Béatrice", "Brigitte", "Capucine",
    "Caroline", "Catherine", "Cécile", "Céline", "Charlotte", "Claire", "Clémence", "Delphine", "Émilie",
    "Fanny", "Fatou", "Florence", "Gwenaëlle", "Isabelle", "Jeanne", "Juliette", "Khadija", "Laëtitia",
    "Leïla", "Louise", "Lucie", "Manon", "Margaux", "Marie", "Mathilde", "Mélanie", "Noémie",
    "Pauline", "Sandrine", "Solène", "Yasmine",
];

/// French given names, masculine.
#[rustfmt::skip]
pub(crate) const FRENCH_MEN: [&str; 40] = [
    "Adrien", "Alain", "Alexandre", "Amine", "Antoine", "Arnaud", "Aurélien", "Benoît", "Cédric",
    "Christophe", "Clément", "Damien", "David", "Denis", "Didier", "Fabien", "François", "Frédéric",
    "Gilles", "Grégoire", "Guillaume", "Hervé", "Ibrahim", "Jérôme", "Joël", "Kévin", "Laurent",
    "Loïc", "Lucas", "Mehdi", "Nicolas", "Olivier", "Pascal", "Quentin", "Raphaël", "Rémi",
    "Romain", "Sébastien", "Thibault", "Yann",
];

/// French family names.
#[rustfmt::skip]
pub(crate) const FRENCH_NAMES: [&str; 70] = [
    "Allard", "Aubert", "Barbier", "Baron", "Baudry", "Berger", "Bertin", "Blanchard", "Bodin",
    "Bouchet", "Bourdon", "Briand", "Carlier", "Chauvet", "Chevalier", "Colin", "Cordier", "Coulibaly",
    "Da Silva", "Daniel", "Delaunay", "Deschamps", "Duval", "Étienne", "Fabre", "Faure", "Ferrand",
    "Gauthier", "Gérard", "Guérin", "Guillou", "Hamon", "Hervé", "Jacquet", "Jaouen", "Joly",
    "Keller", "Lacroix", "Laurent", "Le Corre", "Le Gall", "Leclerc", "Lemoine", "Leroy", "Lopez",
    "Mahé", "Maillard", "Mansouri", "Masson", "Mercier", "Meunier", "Morvan", "N’Diaye", "Noël",
    "Ollivier", "Pasquier", "Pélissier", "Perrot", "Picard", "Poirier", "Renaud", "Rivière", "Roche",
    "Saïdi", "Simonnet", "Tessandier", "Thomas", "Traoré", "Vasseur", "Vidal",
];

/// English given names, feminine.
#[rustfmt::skip]
pub(crate) const ENGLISH_WOMEN: [&str; 30] = [
    "Abigail", "Alison", "Amelia", "Angela", "Beth", "Charlotte", "Claire", "Deborah", "Ellen",
    "Fiona", "Hannah", "Heather", "Imani", "Jane", "Jasmine", "Joanna", "Karen", "Kate",
    "Laura", "Leila", "Lucy", "Megan", "Mei", "Naomi", "Olivia", "Rebecca", "Ruth",
    "Sophie", "Tara", "Zoe",
];

/// English given names, masculine.
#[rustfmt::skip]
pub(crate) const ENGLISH_MEN: [&str; 30] = [
    "Aaron", "Adam", "Alan", "Andrew", "Arjun", "Ben", "Callum", "Chris", "Connor",
    "David", "Dmitri", "Edward", "Ethan", "Frank", "Gareth", "Ian", "Jack", "James",
    "Jordan", "Kenji", "Liam", "Marcus", "Martin", "Matthew", "Nathan", "Owen", "Patrick",
    "Ryan", "Simon", "Tom",
];

/// English family names.
#[rustfmt::skip]
pub(crate) const ENGLISH_NAMES: [&str; 50] = [
    "Abbott", "Ahmed", "Anderson", "Baker", "Barnes", "Bennett", "Brooks", "Campbell", "Chen",
    "Clarke", "Cooper", "Davies", "Edwards", "Ellis", "Fraser", "Gill", "Hall", "Harris",
    "Hughes", "Jackson", "Johnston", "Khan", "Lee", "MacDonald", "Marsh", "McKenzie", "Mills",
    "Mitchell", "Morgan", "Murphy", "Nguyen", "Okafor", "Parker", "Patel", "Phillips", "Price",
    "Quinn", "Reid", "Roberts", "Scott", "Shaw", "Singh", "Stewart", "Taylor", "Thompson",
    "Turner", "Walker", "Watson", "Young", "Zhang",
];
