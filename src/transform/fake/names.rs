//! First names of men and of women by language, for names that are to fit a column of genders: the `fake` crate's lists
//! do not tell them apart. A list that changes, changes the fakes made of it.

use super::list::List;

/// Names of men and of women.
pub(super) type Names = [List; 2];

pub(super) const ENGLISH: Names = [
    &[
        "Adam", "Albert", "Alexander", "Andrew", "Anthony", "Arthur", "Benjamin", "Brian", "Charles", "Christopher",
        "Daniel", "David", "Dennis", "Donald", "Edward", "Eric", "Ethan", "Frank", "Gary", "George", "Gregory", "Harold",
        "Henry", "Jack", "Jacob", "James", "Jeffrey", "John", "Jonathan", "Joseph", "Joshua", "Justin", "Keith",
        "Kenneth", "Kevin", "Larry", "Lawrence", "Mark", "Matthew", "Michael", "Nathan", "Nicholas", "Oliver", "Patrick",
        "Paul", "Peter", "Philip", "Ralph", "Raymond", "Richard", "Robert", "Roger", "Ronald", "Ryan", "Samuel", "Scott",
        "Simon", "Stephen", "Stuart", "Thomas", "Timothy", "Walter", "William", "Zachary",
    ],
    &[
        "Abigail", "Alice", "Amanda", "Amy", "Andrea", "Angela", "Anna", "Barbara", "Betty", "Brenda", "Carol",
        "Caroline", "Catherine", "Charlotte", "Christine", "Claire", "Cynthia", "Deborah", "Diana", "Donna", "Dorothy",
        "Elizabeth", "Emily", "Emma", "Frances", "Gloria", "Grace", "Hannah", "Heather", "Helen", "Jacqueline", "Jane",
        "Janet", "Jennifer", "Jessica", "Joan", "Judith", "Julia", "Karen", "Kathleen", "Laura", "Linda", "Lisa", "Lucy",
        "Margaret", "Maria", "Martha", "Mary", "Megan", "Nancy", "Nicole", "Olivia", "Pamela", "Patricia", "Rachel",
        "Rebecca", "Ruth", "Sarah", "Sharon", "Sophie", "Susan", "Teresa", "Victoria", "Virginia",
    ],
];

pub(super) const FRENCH: Names = [
    &[
        "Adrien", "Alain", "Alexandre", "André", "Antoine", "Arnaud", "Bernard", "Bruno", "Cédric", "Charles",
        "Christian", "Christophe", "Clément", "Denis", "Didier", "Émile", "Éric", "Étienne", "Fabrice", "Florian",
        "François", "Frédéric", "Gabriel", "Georges", "Gérard", "Gilles", "Guillaume", "Guy", "Henri", "Hugo", "Jacques",
        "Jérôme", "Joël", "Julien", "Laurent", "Louis", "Luc", "Marc", "Mathieu", "Maxime", "Michel", "Nicolas",
        "Olivier", "Pascal", "Patrice", "Paul", "Philippe", "Pierre", "Raphaël", "René", "Rémi", "Romain", "Sébastien",
        "Serge", "Stéphane", "Théo", "Thierry", "Thomas", "Vincent", "Yves",
    ],
    &[
        "Adèle", "Agnès", "Alice", "Amélie", "Anne", "Aurélie", "Béatrice", "Brigitte", "Camille", "Caroline",
        "Catherine", "Cécile", "Céline", "Chantal", "Charlotte", "Christelle", "Christine", "Claire", "Clara", "Colette",
        "Corinne", "Delphine", "Denise", "Élise", "Élodie", "Émilie", "Emma", "Florence", "Françoise", "Geneviève",
        "Hélène", "Inès", "Isabelle", "Jacqueline", "Jeanne", "Josette", "Julie", "Juliette", "Laure", "Léa", "Louise",
        "Lucie", "Madeleine", "Manon", "Marguerite", "Marie", "Marion", "Martine", "Mathilde", "Mireille", "Monique",
        "Nathalie", "Nicole", "Odile", "Pauline", "Sandrine", "Sophie", "Sylvie", "Valérie", "Véronique",
    ],
];

pub(super) const GERMAN: Names = [
    &[
        "Alexander", "Andreas", "Anton", "Benjamin", "Bernd", "Christian", "Daniel", "Dieter", "Dirk", "Emil", "Erik",
        "Fabian", "Felix", "Florian", "Frank", "Friedrich", "Georg", "Gerhard", "Günter", "Hans", "Heinrich", "Helmut",
        "Holger", "Horst", "Jakob", "Jan", "Jens", "Joachim", "Johannes", "Jonas", "Jörg", "Jürgen", "Karl", "Klaus",
        "Kurt", "Lars", "Lukas", "Manfred", "Markus", "Martin", "Matthias", "Michael", "Moritz", "Niklas", "Oliver",
        "Oskar", "Paul", "Peter", "Philipp", "Ralf", "Rainer", "Robert", "Sebastian", "Stefan", "Thomas", "Thorsten",
        "Tobias", "Uwe", "Walter", "Wolfgang",
    ],
    &[
        "Andrea", "Angelika", "Anja", "Anna", "Annika", "Antje", "Barbara", "Bettina", "Birgit", "Brigitte", "Britta",
        "Charlotte", "Christa", "Christina", "Claudia", "Daniela", "Doris", "Elisabeth", "Elke", "Emma", "Erika", "Eva",
        "Franziska", "Frieda", "Gabriele", "Gisela", "Greta", "Hanna", "Heike", "Helga", "Ida", "Ilse", "Ingrid",
        "Johanna", "Julia", "Jutta", "Karin", "Katharina", "Katja", "Kerstin", "Klara", "Laura", "Lea", "Lena", "Lina",
        "Margarete", "Maria", "Marie", "Martina", "Monika", "Nicole", "Petra", "Renate", "Sabine", "Sandra", "Silke",
        "Sophie", "Susanne", "Ulrike", "Ursula",
    ],
];

pub(super) const WELSH: Names = [
    &[
        "Aled", "Alun", "Alwyn", "Aneurin", "Arwel", "Bedwyr", "Berwyn", "Bryn", "Cadog", "Caradog", "Ceri", "Dafydd",
        "Deiniol", "Dewi", "Dylan", "Eifion", "Elis", "Emlyn", "Emrys", "Emyr", "Eurig", "Geraint", "Gethin", "Gruffydd",
        "Gwilym", "Gwyn", "Huw", "Hywel", "Idris", "Ieuan", "Ifan", "Iolo", "Iwan", "Llew", "Llywelyn", "Macsen",
        "Meirion", "Meurig", "Morgan", "Owain", "Rhodri", "Rhys", "Tomos", "Trefor", "Tudur",
    ],
    &[
        "Alaw", "Angharad", "Anwen", "Beca", "Bethan", "Betrys", "Branwen", "Bronwen", "Cadi", "Carys", "Catrin", "Ceinwen",
        "Delyth", "Efa", "Eirlys", "Eirwen", "Elen", "Eleri", "Elin", "Eluned", "Enfys", "Erin", "Ffion", "Fflur", "Gwen",
        "Gwenllian", "Heledd", "Heulwen", "Lleucu", "Llinos", "Lowri", "Luned", "Mabli", "Mair", "Mared", "Megan",
        "Meinir", "Menna", "Myfanwy", "Nerys", "Nia", "Non", "Rhiannon", "Sioned", "Tegwen",
    ],
];

pub(super) const ITALIAN: Names = [
    &[
        "Alberto", "Aldo", "Alessandro", "Alessio", "Andrea", "Angelo", "Antonio", "Bruno", "Carlo", "Cesare", "Claudio",
        "Cristian", "Daniele", "Dario", "Davide", "Diego", "Domenico", "Emanuele", "Enrico", "Fabio", "Federico",
        "Filippo", "Francesco", "Franco", "Gabriele", "Giacomo", "Gianni", "Giorgio", "Giovanni", "Giulio", "Giuseppe",
        "Guido", "Jacopo", "Lorenzo", "Luca", "Luciano", "Luigi", "Marcello", "Marco", "Mario", "Massimo", "Matteo",
        "Maurizio", "Michele", "Nicola", "Paolo", "Pietro", "Raffaele", "Renato", "Riccardo", "Roberto", "Salvatore",
        "Sergio", "Simone", "Stefano", "Tommaso", "Umberto", "Valerio", "Vincenzo", "Vittorio",
    ],
    &[
        "Adriana", "Alessandra", "Alessia", "Alice", "Angela", "Anna", "Antonella", "Arianna", "Aurora", "Barbara",
        "Beatrice", "Bianca", "Camilla", "Carla", "Caterina", "Chiara", "Cinzia", "Claudia", "Cristina", "Daniela",
        "Donatella", "Elena", "Eleonora", "Elisa", "Emma", "Federica", "Francesca", "Gaia", "Giada", "Ginevra",
        "Giovanna", "Giulia", "Grazia", "Ilaria", "Irene", "Laura", "Letizia", "Loredana", "Lucia", "Manuela", "Margherita",
        "Maria", "Marina", "Marta", "Martina", "Michela", "Monica", "Nicoletta", "Paola", "Patrizia", "Raffaella", "Roberta",
        "Rosa", "Sara", "Silvia", "Simona", "Sofia", "Stefania", "Teresa", "Valentina",
    ],
];

pub(super) const DUTCH: Names = [
    &[
        "Arie", "Arjen", "Bart", "Bas", "Bram", "Cornelis", "Daan", "Dirk", "Erik", "Evert", "Floris", "Frans", "Gerard",
        "Gerrit", "Gijs", "Hans", "Harm", "Hendrik", "Henk", "Hugo", "Jaap", "Jan", "Jasper", "Jelle", "Jeroen", "Joost",
        "Joris", "Jurre", "Kees", "Klaas", "Koen", "Lars", "Luuk", "Maarten", "Marcel", "Mark", "Martijn", "Mees", "Menno",
        "Niels", "Peter", "Piet", "Pim", "Rob", "Roel", "Ruben", "Rutger", "Ruud", "Sander", "Sem", "Sjoerd", "Stijn",
        "Thijs", "Tim", "Tom", "Wim", "Willem", "Wouter",
    ],
    &[
        "Aafke", "Anja", "Anke", "Anna", "Annelies", "Anouk", "Astrid", "Bianca", "Carla", "Corrie", "Daphne", "Elke",
        "Els", "Emma", "Esther", "Eva", "Fenna", "Femke", "Fleur", "Floor", "Froukje", "Greetje", "Hanneke", "Heleen",
        "Ilse", "Ineke", "Inge", "Ingrid", "Iris", "Isa", "Joke", "Julia", "Karin", "Lieke", "Linda", "Lisa", "Lotte",
        "Maaike", "Margriet", "Marijke", "Marjolein", "Marloes", "Mieke", "Mila", "Monique", "Nienke", "Nynke", "Roos",
        "Saskia", "Sanne", "Sofie", "Suzanne", "Tess", "Trijntje", "Wendy", "Wilma", "Yvonne", "Zoë",
    ],
];

pub(super) const PORTUGUESE: Names = [
    &[
        "Afonso", "Alberto", "Alexandre", "André", "António", "Artur", "Bernardo", "Bruno", "Caetano", "Carlos", "César",
        "Cristiano", "Daniel", "David", "Diogo", "Duarte", "Eduardo", "Fábio", "Felipe", "Fernando", "Francisco",
        "Gabriel", "Gonçalo", "Guilherme", "Gustavo", "Henrique", "Hugo", "Joaquim", "João", "Jorge", "José", "Leonardo",
        "Luís", "Manuel", "Marcelo", "Marcos", "Mário", "Martim", "Mateus", "Miguel", "Nuno", "Paulo", "Pedro", "Rafael",
        "Raul", "Renato", "Ricardo", "Roberto", "Rodrigo", "Rui", "Salvador", "Samuel", "Sérgio", "Simão", "Tiago",
        "Tomás", "Vasco", "Vicente", "Vítor", "Xavier",
    ],
    &[
        "Adriana", "Alice", "Amanda", "Ana", "Andreia", "Beatriz", "Benedita", "Bianca", "Bruna", "Camila", "Carla",
        "Carlota", "Carolina", "Catarina", "Cecília", "Clara", "Cláudia", "Constança", "Cristina", "Daniela", "Débora",
        "Diana", "Eduarda", "Elisa", "Fernanda", "Filipa", "Francisca", "Gabriela", "Helena", "Inês", "Isabel", "Joana",
        "Júlia", "Juliana", "Lara", "Larissa", "Laura", "Leonor", "Letícia", "Lúcia", "Luísa", "Madalena", "Mafalda",
        "Mariana", "Margarida", "Maria", "Marta", "Matilde", "Natália", "Patrícia", "Paula", "Raquel", "Renata", "Rita",
        "Rosa", "Sara", "Sofia", "Susana", "Teresa", "Vera",
    ],
];

pub(super) const TURKISH: Names = [
    &[
        "Abdullah", "Ahmet", "Ali", "Alp", "Arda", "Aydın", "Barış", "Berat", "Berk", "Bilal", "Bora", "Burak", "Can",
        "Cem", "Cihan", "Çağlar", "Doğan", "Efe", "Emir", "Emre", "Enes", "Erdem", "Erhan", "Erkan", "Eymen", "Fatih",
        "Ferhat", "Furkan", "Gökhan", "Hakan", "Halil", "Hasan", "Hüseyin", "İbrahim", "İsmail", "Kaan", "Kadir", "Kemal",
        "Kerem", "Mehmet", "Mert", "Murat", "Mustafa", "Oğuz", "Okan", "Onur", "Osman", "Ömer", "Özgür", "Ramazan",
        "Recep", "Selim", "Serkan", "Sinan", "Tolga", "Tuncay", "Uğur", "Umut", "Volkan", "Yusuf",
    ],
    &[
        "Aslı", "Aylin", "Ayşe", "Azra", "Bahar", "Başak", "Belgin", "Beren", "Büşra", "Cansu", "Ceren", "Çiğdem", "Defne",
        "Demet", "Derya", "Dilek", "Ebru", "Ece", "Eda", "Ela", "Elif", "Emel", "Emine", "Esra", "Eylül", "Fatma", "Figen",
        "Filiz", "Gamze", "Gizem", "Gül", "Gülşen", "Hande", "Hatice", "Havva", "İpek", "İrem", "Kübra", "Lale", "Leyla",
        "Melek", "Melis", "Meryem", "Merve", "Nazlı", "Nesrin", "Nur", "Özge", "Özlem", "Pelin", "Pınar", "Selin",
        "Sevgi", "Sibel", "Songül", "Şule", "Tuba", "Yasemin", "Zehra", "Zeynep",
    ],
];

pub(super) const JAPANESE: Names = [
    &[
        "健一", "健太", "和也", "和夫", "大輔", "大翔", "太郎", "学", "弘", "拓也", "拓海", "明", "智也", "樹", "正", "浩",
        "浩二", "海斗", "涼太", "湊", "直樹", "真一", "秀樹", "秋雄", "稔", "竜也", "純一", "翔", "翔太", "翼", "聡",
        "茂", "蓮", "裕太", "誠", "豊", "進", "達也", "隆", "雄一", "雄大", "颯太", "陽斗", "陽翔",
    ],
    &[
        "久美子", "京子", "優子", "優奈", "佳奈", "凛", "千尋", "友美", "和子", "咲", "多香子", "彩", "恵", "恵子", "愛",
        "愛子", "文子", "明美", "智子", "桃子", "桜", "楓", "結衣", "美咲", "美穂", "美雪", "由美", "真由美", "直美", "陽子",
        "陽菜", "舞", "花子", "莉子", "葵", "裕子", "里美", "節子", "さくら", "ひかり", "あかり", "ゆい", "みゆき", "七海",
        "千代",
    ],
];

pub(super) const CHINESE: Names = [
    &[
        "伟", "强", "磊", "军", "勇", "杰", "涛", "超", "明", "刚", "平", "辉", "鹏", "华", "飞", "鑫", "波", "斌", "宇", "浩",
        "凯", "健", "俊", "帆", "帅", "旭", "宁", "龙", "建国", "建华", "志强", "志明", "浩然", "子轩", "宇航", "俊杰", "文博",
        "天宇", "明轩", "国栋",
    ],
    &[
        "芳", "娜", "秀英", "敏", "静", "丽", "艳", "娟", "霞", "秀兰", "燕", "玲", "桂英", "丹", "萍", "红", "玉兰", "桂兰",
        "英", "梅", "莉", "秀珍", "雪", "玉梅", "倩", "婷", "婷婷", "佳怡", "欣怡", "梓涵", "诗涵", "雨桐", "雨欣", "思琪", "慧",
        "颖", "洁", "琳", "晶", "淑珍",
    ],
];

pub(super) const TAIWANESE: Names = [
    &[
        "志明", "家豪", "俊傑", "建宏", "俊宏", "志偉", "志豪", "文雄", "金龍", "志強", "宗翰", "冠宇", "承翰", "冠廷", "柏翰",
        "彥廷", "承恩", "宥廷", "品睿", "明輝", "信宏", "國華", "正雄", "武雄",
    ],
    &[
        "淑芬", "淑惠", "美玲", "雅婷", "美惠", "麗華", "淑娟", "淑貞", "怡君", "淑華", "雅雯", "雅惠", "怡婷", "佩珊", "欣怡",
        "詩涵", "宜庭", "品妤", "詠晴", "思妤", "秀英", "玉蘭", "惠美", "佳穎",
    ],
];

pub(super) const ARABIC: Names = [
    &[
        "محمد", "أحمد", "علي", "عمر", "خالد", "عبدالله", "عبدالرحمن", "فهد", "سعود", "فيصل", "سلطان", "ماجد", "ناصر", "يوسف",
        "إبراهيم", "حسن", "حسين", "سعد", "طارق", "زياد", "بدر", "تركي", "نايف", "صالح", "سامي", "وليد", "هشام", "ياسر", "كريم",
        "مازن",
    ],
    &[
        "فاطمة", "عائشة", "مريم", "سارة", "نورة", "هند", "ريم", "لمى", "منى", "أمل", "هدى", "سلمى", "ليلى", "زينب", "خديجة",
        "رنا", "دانة", "شهد", "غادة", "عبير", "نوف", "لينا", "ياسمين", "هيفاء", "سمية", "رغد", "أسماء", "جواهر", "العنود", "وفاء",
    ],
];

pub(super) const PERSIAN: Names = [
    &[
        "محمد", "علی", "رضا", "حسین", "مهدی", "امیر", "حسن", "سعید", "احمد", "مجید", "حمید", "ناصر", "بهرام", "بهمن", "داریوش",
        "کوروش", "فرهاد", "سیاوش", "آرش", "کیان", "پارسا", "بابک", "کامران", "شاهین", "پویا", "مسعود", "منصور", "جواد", "هادی",
        "نیما",
    ],
    &[
        "فاطمه", "زهرا", "مریم", "سارا", "نرگس", "لیلا", "مینا", "شیرین", "پریسا", "نازنین", "الهام", "سمیرا", "مهسا", "نگار",
        "آتنا", "یاسمن", "شقایق", "پروین", "سیما", "مهناز", "فرزانه", "شهلا", "رویا", "هانیه", "ترانه", "ستاره", "بهار", "پری",
        "گلناز", "آزاده",
    ],
];
