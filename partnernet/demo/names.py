"""What the demonstration's customers are called: French, English and Indigenous names, look-alikes, hard cases.

Everyone is invented; any resemblance is chance.
"""

from __future__ import annotations

# Written by hand: what people try first, and what a screen, a search or a receipt gets wrong.
# Name, street, city, province, postal code, phone, language, terms.
CHOSEN = (
    ("Locations Richard", "1200, rue Ontario Est", "Montréal", "QC", "H2L 1R8", "514 285-9286", "fr", "open"),
    ("Locations Richard", "88, boul. des Laurentides", "Laval", "QC", "H7G 2T7", "450 555-0188", "fr", "open"),
    ("Locations Richard inc.", "12, rue Ontario Ouest", "Montréal", "QC", "H2X 1Y4", "514 555-0121", "fr", "cash_only"),
    ("Location Richard & Fils", "7, rue Richard", "St-Jérôme", "QC", "J7Z 1A1", "450 555-0107", "fr", "open"),
    ("Soudure Cœur d’Or", "14, rang St-Joseph", "Ste-Thérèse", "QC", "J7E 2B5", "450 555-0114 poste 12", "fr", "open"),
    ("Œuvres d'art Lætitia Bœuf", "3, place d’Youville", "Québec", "QC", "G1R 3P4", "418 555-0103", "fr", "open"),
    ("Garage St-Jean", "45, rue St-Jean", "Saint-Jérôme", "QC", "J7Y 3C3", "450 555-0145", "fr", "open"),
    ("Garage Saint-Jean", "54, rue Saint-Jean", "Québec", "QC", "G1R 1N8", "418 555-0154", "fr", "blocked"),
    ("O'Brien & Sons Welding Ltd.", "900 Innes Road", "Ottawa", "ON", "K1B 4Z8", "613 555-0190", "en", "open"),
    ("ᓄᓇᕕᒃ ᓴᕕᕋᔭᒃ", "12, ᐊᕐᓇᖃᖅ", "Kuujjuaq", "QC", "J0M 1C0", "819 555-0112", "en", "open"),
    ("Atikamekw Sipi Soudure", "9, rue Wapistan", "Manawan", "QC", "J0K 1M0", "819 555-0109", "fr", "open"),
    ("Kanehsatà:ke Iron Works", "681 Ste-Philomène", "Kanesatake", "QC", "J0N 1E0", "450 555-0168", "en", "open"),
    ("Eeyou Istchee Gas ᐄᔨᔨᐤ ᐊᔅᒌ", "1 Riverside Drive", "Chisasibi", "QC", "J0M 1E0", "819 555-0101", "en", "open"),
    ("Wendat Métal Yändata'", "255, rue Chef-Laveau", "Wendake", "QC", "G0A 4V0", "418 555-0125", "fr", "open"),
    ("100 % Acier *Étoile*", "100, rue de l’Étoile", "Trois-Rivières", "QC", "G9A 5M6", "819 555-0100", "fr", "open"),
    ("Serrurerie [A_B] «L’Ancre»", "5, côte de la Montagne", "Lévis", "QC", "G6V 3T1", "418 555-0105", "fr", "open"),
    (
        "Coopérative de solidarité en soudure et services de gaz industriels des Hautes-Laurentides et de l’Outaouais",
        "1010, boul. Albiny-Paquette", "Mont-Laurier", "QC", "J9L 1M9", "819 555-0110", "fr", "open",
    ),
    ("Manuel du Comptoir", "6, rue du Manuel", "Montréal", "QC", "D6H 8L9", "514 555-0168", "fr", "open"),
)  # fmt: skip

TRADES = (
    "Soudure", "Atelier", "Garage", "Ferme", "Construction", "Plomberie", "Ferblanterie", "Mécanique", "Serres",
    "Boulangerie", "Clinique vétérinaire", "Restaurant", "Chauffage", "Carrosserie", "Pisciculture", "Brasserie",
    "Usinage", "Entreprises", "Location", "Acier", "Toitures", "Réfrigération", "Érablière", "Laboratoire",
)  # fmt: skip
TRADES_ENGLISH = (
    "Welding", "Farms", "Plumbing & Heating", "Auto Body", "Steel Works", "Brewing Co.", "Greenhouses", "Machine Shop",
    "Contracting", "Mechanical Ltd.", "Veterinary Clinic", "Refrigeration", "Roofing", "Foundry",
)  # fmt: skip
FAMILIES = (
    "Tremblay", "Gagnon", "Roy", "Côté", "Bouchard", "Gauthier", "Morin", "Lavoie", "Fortin", "Gagné", "Ouellet",
    "Pelletier", "Bélanger", "Lévesque", "Bergeron", "Leblanc", "Paquette", "Girard", "Simard", "Boucher", "Caron",
    "Beaulieu", "Cloutier", "Dubé", "Poirier", "Fournier", "Lapointe", "Leclerc", "Lefebvre", "Poulin", "Thibault",
    "St-Pierre", "Ste-Marie", "St-Onge", "Nadeau", "Martel", "Desjardins", "Grenier", "Hébert", "Richard",
    "Vollant", "Awashish", "Ottereyes", "Gull", "Mianscum", "Sioui", "Picard", "Siméon", "Nottaway", "Papatie",
)  # fmt: skip
FAMILIES_ENGLISH = (
    "MacDonald", "O'Connor", "Campbell", "Stewart", "Stanley", "Fraser", "McKenzie", "Robertson", "Singh", "Nguyen",
    "Patel", "Kowalczyk", "Petrov", "D'Angelo", "Müller", "Tulugak", "Annanack", "Cheechoo", "Bearskin", "Diabo",
)  # fmt: skip
FIRST_NAMES = (
    "Marie", "Luc", "Anne", "Benoît", "Chloé", "Denis", "Élise", "François", "Geneviève", "Hélène", "Isabelle",
    "Jérôme", "Karine", "Loïc", "Maïka", "Noémie", "Océane", "Réjean", "Sylvain", "Thérèse", "Yves", "Zoé",
    "Mary", "John", "Siasi", "Putulik", "Uapukun", "Shikuan",
)  # fmt: skip
ENDINGS = ("", "", "", " inc.", " inc.", " et Fils", " & Associés", " ltée", " enr.")

# City, province, beginning of its postal codes, area code, how many customers come from there beside the others.
CITIES = (
    ("Montréal", "QC", "H2", "514", 30),
    ("Laval", "QC", "H7", "450", 12),
    ("Longueuil", "QC", "J4", "450", 9),
    ("St-Jérôme", "QC", "J7", "450", 6),
    ("Saint-Hyacinthe", "QC", "J2", "450", 4),
    ("Ste-Agathe-des-Monts", "QC", "J8", "819", 3),
    ("L'Assomption", "QC", "J5", "450", 3),
    ("Québec", "QC", "G1", "418", 16),
    ("Lévis", "QC", "G6", "418", 6),
    ("Trois-Rivières", "QC", "G9", "819", 5),
    ("Sherbrooke", "QC", "J1", "819", 5),
    ("Gatineau", "QC", "J9", "819", 4),
    ("Rivière-du-Loup", "QC", "G5", "418", 2),
    ("Val-d’Or", "QC", "J9", "819", 2),
    ("Kuujjuaq", "QC", "J0", "819", 1),
    ("Wendake", "QC", "G0", "418", 1),
    ("Ottawa", "ON", "K1", "613", 6),
    ("Hawkesbury", "ON", "K6", "613", 2),
)
STREETS = (
    "rue Principale", "rue Notre-Dame", "boul. Saint-Laurent", "rang de l’Église", "chemin du Lac", "avenue du Parc",
    "rue de l’Industrie", "boul. Hymus", "route 117", "montée Masson", "rue Ste-Catherine", "côte Saint-Luc",
)  # fmt: skip
