//! Lists of our own, for what the `fake` crate has none or a poor one of: its cities are people's names with endings
//! (Smithton, Müllerkirchen), and so are its streets. A list that changes, changes the fakes made of it.

/// What streets are made of in one locale.
#[derive(Debug)]
pub(super) struct Streets {
    /// Names of streets; where there are none, people's last names are.
    pub(super) names: Option<&'static [&'static str]>,
    /// Words for street.
    pub(super) kinds: &'static [&'static str],
    /// The order: `#` is the house number, `%` the name, `@` the kind.
    pub(super) layout: &'static str,
    /// The lowest and the highest house number.
    pub(super) numbers: (u64, u64),
}

pub(super) const GB_COMPANY_FORMS: &[&str] = &["Ltd", "PLC", "LLP", "Group", "Holdings", "Partners", "and Sons"];

pub(super) const FR_COMPANY_FORMS: &[&str] = &["SA", "SARL", "SAS", "SASU", "SNC", "EURL", "et Fils", "et Cie"];

pub(super) const US_CITIES: &[&str] = &[
    "Albany", "Albuquerque", "Alexandria", "Amarillo", "Anaheim", "Anchorage", "Ann Arbor", "Arlington", "Asheville",
    "Atlanta", "Augusta", "Aurora", "Austin", "Bakersfield", "Baltimore", "Baton Rouge", "Bellevue", "Billings",
    "Birmingham", "Boise", "Boston", "Boulder", "Bridgeport", "Buffalo", "Burlington", "Cedar Rapids", "Charleston",
    "Charlotte", "Chattanooga", "Chicago", "Cincinnati", "Clearwater", "Cleveland", "Colorado Springs", "Columbia",
    "Columbus", "Corpus Christi", "Dallas", "Davenport", "Dayton", "Denver", "Des Moines", "Detroit", "Duluth",
    "Durham", "El Paso", "Erie", "Eugene", "Evansville", "Fargo", "Flint", "Fort Collins", "Fort Wayne", "Fort Worth",
    "Fresno", "Gainesville", "Grand Rapids", "Green Bay", "Greensboro", "Greenville", "Hartford", "Honolulu",
    "Houston", "Huntsville", "Indianapolis", "Jackson", "Jacksonville", "Kansas City", "Knoxville", "Lafayette",
    "Lansing", "Laredo", "Las Vegas", "Lexington", "Lincoln", "Little Rock", "Long Beach", "Los Angeles",
    "Louisville", "Lubbock", "Macon", "Madison", "Manchester", "Memphis", "Mesa", "Miami", "Milwaukee",
    "Minneapolis", "Mobile", "Montgomery", "Naperville", "Nashville", "New Haven", "New Orleans", "New York",
    "Norfolk", "Oakland", "Oklahoma City", "Omaha", "Orlando", "Pasadena", "Peoria", "Philadelphia", "Phoenix",
    "Pittsburgh", "Plano", "Portland", "Providence", "Provo", "Raleigh", "Reno", "Richmond", "Riverside", "Roanoke",
    "Rochester", "Rockford", "Sacramento", "Salem", "Salt Lake City", "San Antonio", "San Diego", "San Francisco",
    "San Jose", "Santa Fe", "Savannah", "Scottsdale", "Seattle", "Shreveport", "Sioux Falls", "South Bend",
    "Spokane", "Springfield", "St. Louis", "St. Paul", "Stamford", "Syracuse", "Tacoma", "Tallahassee", "Tampa",
    "Toledo", "Topeka", "Tucson", "Tulsa", "Virginia Beach", "Waco", "Washington", "Wichita", "Wilmington",
    "Winston-Salem", "Worcester", "Yonkers",
];

pub(super) const GB_CITIES: &[&str] = &[
    "Aberdeen", "Aberystwyth", "Ashford", "Aylesbury", "Bangor", "Barnsley", "Basingstoke", "Bath", "Bedford",
    "Belfast", "Birmingham", "Blackburn", "Blackpool", "Bolton", "Bournemouth", "Bradford", "Brighton", "Bristol",
    "Burnley", "Bury", "Cambridge", "Canterbury", "Cardiff", "Carlisle", "Chelmsford", "Cheltenham", "Chester",
    "Chesterfield", "Chichester", "Colchester", "Coventry", "Crawley", "Crewe", "Darlington", "Derby", "Doncaster",
    "Dundee", "Durham", "Eastbourne", "Edinburgh", "Ely", "Exeter", "Falkirk", "Folkestone", "Gateshead", "Glasgow",
    "Gloucester", "Grimsby", "Guildford", "Halifax", "Harrogate", "Hastings", "Hereford", "Huddersfield", "Hull",
    "Inverness", "Ipswich", "Kettering", "Lancaster", "Leeds", "Leicester", "Lichfield", "Lincoln", "Lisburn",
    "Liverpool", "Llandudno", "London", "Luton", "Maidstone", "Manchester", "Middlesbrough", "Milton Keynes",
    "Newcastle upon Tyne", "Newport", "Northampton", "Norwich", "Nottingham", "Oldham", "Oxford", "Perth",
    "Peterborough", "Plymouth", "Poole", "Portsmouth", "Preston", "Reading", "Ripon", "Rochdale", "Rotherham",
    "Salford", "Salisbury", "Scarborough", "Sheffield", "Shrewsbury", "Slough", "Southampton", "Southend-on-Sea",
    "St Albans", "Stafford", "Stirling", "Stockport", "Stoke-on-Trent", "Sunderland", "Swansea", "Swindon",
    "Taunton", "Telford", "Torquay", "Truro", "Wakefield", "Warrington", "Watford", "Wells", "Wigan", "Winchester",
    "Wolverhampton", "Worcester", "Worthing", "Wrexham", "York",
];

pub(super) const FR_CITIES: &[&str] = &[
    "Aix-en-Provence", "Ajaccio", "Albi", "Amiens", "Angers", "Angoulême", "Annecy", "Antibes", "Arles", "Arras",
    "Aubagne", "Auch", "Aurillac", "Auxerre", "Avignon", "Bastia", "Bayonne", "Beauvais", "Belfort", "Besançon",
    "Béziers", "Blois", "Bordeaux", "Boulogne-sur-Mer", "Bourg-en-Bresse", "Bourges", "Brest", "Brive-la-Gaillarde",
    "Caen", "Cahors", "Calais", "Cannes", "Carcassonne", "Castres", "Châlons-en-Champagne", "Chambéry",
    "Charleville-Mézières", "Chartres", "Châteauroux", "Cherbourg-en-Cotentin", "Cholet", "Clermont-Ferrand", "Colmar",
    "Compiègne", "Créteil", "Dax", "Dieppe", "Dijon", "Douai", "Dunkerque", "Épinal", "Évreux", "Fréjus", "Gap",
    "Grasse", "Grenoble", "Guéret", "La Roche-sur-Yon", "La Rochelle", "Laon", "Laval", "Le Havre", "Le Mans",
    "Le Puy-en-Velay", "Lens", "Lille", "Limoges", "Lorient", "Lyon", "Mâcon", "Marseille", "Meaux", "Melun",
    "Mende", "Metz", "Montauban", "Montbéliard", "Montélimar", "Montpellier", "Moulins", "Mulhouse", "Nancy",
    "Nantes", "Narbonne", "Nevers", "Nice", "Nîmes", "Niort", "Orléans", "Paris", "Pau", "Périgueux", "Perpignan",
    "Poitiers", "Privas", "Quimper", "Reims", "Rennes", "Roanne", "Rodez", "Rouen", "Saint-Brieuc", "Saint-Étienne",
    "Saint-Malo", "Saint-Nazaire", "Saint-Quentin", "Saintes", "Salon-de-Provence", "Sète", "Soissons", "Strasbourg",
    "Tarbes", "Thionville", "Toulon", "Toulouse", "Tours", "Troyes", "Tulle", "Valence", "Valenciennes", "Vannes",
    "Verdun", "Versailles", "Vesoul", "Vichy", "Vienne",
];

pub(super) const DE_CITIES: &[&str] = &[
    "Aachen", "Aalen", "Aschaffenburg", "Augsburg", "Baden-Baden", "Bamberg", "Bautzen", "Bayreuth", "Berlin",
    "Bielefeld", "Bocholt", "Bochum", "Bonn", "Bottrop", "Brandenburg an der Havel", "Braunschweig", "Bremen",
    "Bremerhaven", "Celle", "Chemnitz", "Coburg", "Cottbus", "Darmstadt", "Delmenhorst", "Dessau-Roßlau", "Detmold",
    "Dortmund", "Dresden", "Duisburg", "Düren", "Düsseldorf", "Eisenach", "Emden", "Erfurt", "Erlangen", "Essen",
    "Esslingen am Neckar", "Flensburg", "Frankfurt am Main", "Freiburg im Breisgau", "Friedrichshafen", "Fulda",
    "Fürth", "Gelsenkirchen", "Gera", "Gießen", "Görlitz", "Göttingen", "Greifswald", "Gütersloh", "Hagen",
    "Halle (Saale)", "Hamburg", "Hameln", "Hamm", "Hanau", "Hannover", "Heidelberg", "Heilbronn", "Herford", "Herne",
    "Hildesheim", "Hof", "Ingolstadt", "Iserlohn", "Jena", "Kaiserslautern", "Karlsruhe", "Kassel", "Kempten", "Kiel",
    "Koblenz", "Köln", "Konstanz", "Krefeld", "Landshut", "Leipzig", "Leverkusen", "Lübeck", "Ludwigsburg",
    "Ludwigshafen am Rhein", "Lüneburg", "Magdeburg", "Mainz", "Mannheim", "Marburg", "Minden", "Mönchengladbach",
    "Mülheim an der Ruhr", "München", "Münster", "Neumünster", "Neuss", "Nürnberg", "Oberhausen", "Offenbach am Main",
    "Offenburg", "Oldenburg", "Osnabrück", "Paderborn", "Passau", "Pforzheim", "Plauen", "Potsdam", "Ravensburg",
    "Recklinghausen", "Regensburg", "Remscheid", "Reutlingen", "Rosenheim", "Rostock", "Saarbrücken", "Salzgitter",
    "Schweinfurt", "Schwerin", "Siegen", "Solingen", "Speyer", "Stralsund", "Straubing", "Stuttgart", "Suhl", "Trier",
    "Tübingen", "Ulm", "Villingen-Schwenningen", "Weimar", "Wiesbaden", "Wilhelmshaven", "Wismar", "Witten",
    "Wittenberg", "Wolfsburg", "Worms", "Wuppertal", "Würzburg", "Zwickau",
];

pub(super) static US_STREETS: Streets = Streets {
    names: Some(&[
        "Adams", "Arbor", "Ash", "Aspen", "Beech", "Birch", "Bluebird", "Briar", "Brookside", "Cambridge", "Canyon",
        "Cedar", "Cherry", "Chestnut", "Church", "Cleveland", "Clinton", "College", "Colonial", "Cottage", "Creekside",
        "Cypress", "Deer Run", "Dogwood", "Elm", "Fairview", "Forest", "Franklin", "Garden", "Garfield", "Grant",
        "Grove", "Hamilton", "Harbor", "Harrison", "Hawthorne", "Heritage", "Hickory", "Highland", "Hillcrest",
        "Hillside", "Holly", "Jackson", "Jefferson", "Juniper", "Lake", "Lakeview", "Laurel", "Lexington", "Liberty",
        "Lincoln", "Linden", "Locust", "Madison", "Magnolia", "Main", "Maple", "Market", "Meadow", "Mill", "Monroe",
        "Mulberry", "Oak", "Orchard", "Park", "Pine", "Pleasant", "Poplar", "Prairie", "Prospect", "Railroad",
        "Redwood", "Ridge", "River", "Rosewood", "School", "Spring", "Spruce", "State", "Summit", "Sunrise", "Sunset",
        "Sycamore", "Taylor", "Timber", "Union", "Valley", "Valley View", "Vine", "Walnut", "Washington", "Water",
        "Willow", "Wilson", "Winding Creek", "Windsor", "Woodland",
    ]),
    kinds: &[
        "Street", "Avenue", "Road", "Drive", "Lane", "Court", "Place", "Boulevard", "Circle", "Way", "Terrace", "Trail",
    ],
    layout: "# % @",
    numbers: (100, 9_899),
};

pub(super) static GB_STREETS: Streets = Streets {
    names: Some(&[
        "Abbey", "Albany", "Albert", "Albion", "Alexandra", "Alma", "Ash", "Beech", "Belmont", "Birch", "Bridge",
        "Broad", "Burns", "Byron", "Cambridge", "Castle", "Cavendish", "Cedar", "Chapel", "Cherry Tree", "Chester",
        "Chestnut", "Church", "Clarence", "Clifton", "Cromwell", "Cross", "Devonshire", "Dover", "Elm", "Farm",
        "Garden", "George", "Gladstone", "Gordon", "Grange", "Green", "Grosvenor", "Hawthorn", "Heath", "High",
        "Highfield", "Hill", "Holly", "King", "Kingsway", "Lancaster", "Lansdowne", "Laurel", "Lime", "Linden", "London",
        "Manor", "Maple", "Market", "Meadow", "Mill", "Milton", "Montague", "Nelson", "New", "Norfolk", "North",
        "Northfield", "Oak", "Orchard", "Oxford", "Park", "Poplar", "Portland", "Princes", "Priory", "Queen", "Rectory",
        "Regent", "Richmond", "Rosebery", "Rowan", "Russell", "Salisbury", "School", "Somerset", "South", "Spencer",
        "Spring", "Springfield", "St John's", "St Mary's", "Stanley", "Station", "Sycamore", "Tennyson", "Tower",
        "Vicarage", "Victoria", "Warwick", "Waterloo", "Wellington", "West", "Westfield", "William", "Willow", "Windsor",
        "Woodland", "Woodlands", "York",
    ]),
    kinds: &["Street", "Road", "Lane", "Avenue", "Close", "Drive", "Gardens", "Grove", "Crescent", "Terrace", "Way"],
    layout: "# % @",
    numbers: (1, 249),
};

pub(super) static FR_STREETS: Streets = Streets {
    names: Some(&[
        "Alphonse Daudet", "Ambroise Paré", "Anatole France", "Aristide Briand", "Auguste Renoir", "Camille Claudel",
        "Claude Bernard", "Claude Debussy", "Claude Monet", "Colette", "Denis Diderot", "Édith Piaf", "Émile Zola",
        "Ferdinand Buisson", "Frédéric Chopin", "Frédéric Mistral", "Gambetta", "George Sand", "Georges Bizet",
        "Gustave Eiffel", "Gustave Flaubert", "Guy de Maupassant", "Hector Berlioz", "Honoré de Balzac", "Jacques Brel",
        "Jean Jaurès", "Jean Moulin", "Jean Racine", "Jean-Jacques Rousseau", "Joliot-Curie", "Jules Ferry",
        "Jules Guesde", "Jules Verne", "Lamartine", "Léon Blum", "Louis Blanc", "Louis Pasteur", "Louise Michel",
        "Marcel Pagnol", "Marie Curie", "Maurice Ravel", "Molière", "Olympe de Gouges", "Paul Cézanne", "Paul Éluard",
        "Paul Verlaine", "Pierre Brossolette", "Pierre Corneille", "Pierre Mendès France", "Saint-Exupéry",
        "Simone Veil", "Victor Hugo", "Voltaire", "de Bretagne", "de l'Abbaye", "de l'Église", "de l'Égalité",
        "de l'Europe", "de l'Hôpital", "de l'Industrie", "de la Chapelle", "de la Fontaine", "de la Forêt",
        "de la Fraternité", "de la Gare", "de la Liberté", "de la Mairie", "de la Paix", "de la Poste",
        "de la République", "de la Résistance", "de Provence", "de Strasbourg", "de Verdun", "des Acacias",
        "des Bleuets", "des Cerisiers", "des Champs", "des Chênes", "des Écoles", "des Érables", "des Hirondelles",
        "des Jardins", "des Lilas", "des Marronniers", "des Mésanges", "des Peupliers", "des Platanes", "des Prés",
        "des Primevères", "des Roses", "des Saules", "des Tilleuls", "des Vignes", "du 11 Novembre", "du 14 Juillet",
        "du 8 Mai 1945", "du Château", "du Général de Gaulle", "du Général Leclerc", "du Lavoir", "du Maréchal Foch",
        "du Marché", "du Moulin", "du Parc", "du Pont", "du Stade", "du Verger",
    ]),
    kinds: &["rue", "avenue", "boulevard", "place", "allée", "impasse", "chemin", "square", "cours", "passage"],
    layout: "# @ %",
    numbers: (1, 199),
};

pub(super) static DE_STREETS: Streets = Streets {
    names: Some(&[
        "Ahorn", "Akazien", "Amsel", "Bahnhof", "Beethoven", "Berg", "Birken", "Blumen", "Brahms", "Brunnen", "Buchen",
        "Burg", "Dorf", "Drossel", "Eichen", "Erlen", "Eschen", "Falken", "Feld", "Fichten", "Finken", "Flieder",
        "Forst", "Garten", "Ginster", "Goethe", "Hafen", "Händel", "Hasel", "Haupt", "Heide", "Heine", "Herder",
        "Hölderlin", "Holunder", "Industrie", "Kant", "Kastanien", "Kepler", "Kiefern", "Kirch", "Kirsch", "Kleist",
        "Lärchen", "Lerchen", "Lessing", "Lilien", "Linden", "Luther", "Markt", "Meisen", "Mörike", "Mozart", "Mühlen",
        "Nelken", "Neu", "Nord", "Nuss", "Ost", "Pappel", "Post", "Rathaus", "Rosen",
        "Schiller", "Schloss", "Schubert", "Schul", "Schumann", "Schwalben", "See", "Sonnen", "Stein", "Süd", "Tal",
        "Tannen", "Teich", "Tulpen", "Uhland", "Ulmen", "Veilchen", "Wagner", "Wald", "Wasser", "Weiden", "Weinberg",
        "Werk", "West", "Wiesen", "Ziegel",
    ]),
    kinds: &["straße", "weg", "allee", "platz", "gasse", "ring"],
    layout: "%@ #",
    numbers: (1, 199),
};

pub(super) static IT_STREETS: Streets = Streets {
    names: None,
    kinds: &["Via", "Viale", "Piazza", "Piazzale", "Corso", "Strada", "Largo", "Vicolo"],
    layout: "@ % #",
    numbers: (1, 199),
};

pub(super) static PT_STREETS: Streets = Streets {
    names: None,
    kinds: &["Alameda", "Avenida", "Calçada", "Estrada", "Largo", "Praça", "Rua", "Travessa"],
    layout: "@ %, #",
    numbers: (1, 299),
};

pub(super) static BR_STREETS: Streets = Streets {
    names: None,
    kinds: &["Avenida", "Rua", "Travessa", "Largo", "Alameda", "Praça"],
    layout: "@ %, #",
    numbers: (1, 1_999),
};
