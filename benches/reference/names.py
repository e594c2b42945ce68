"""The names that DuckDB and Polars choose from: 256 of each, with the accents that real ones have."""

FIRST_NAMES = """
Adèle Adrien Agathe Agnès Aïcha Aimée Alain Alba Aleš Alexandra Alfred Alice Alícia Amélie Amir Ana Anaïs Anders André
Andréa Ángel Anita Anna Anneli Antoine António Antonín Ariane Arthur Astrid Aurélie Axel Barbara Bastien Beata
Béatrice Benjamin Benoît Bérénice Bernard Bianca Birgit Björn Blanche Bożena Brigitte Bruno Camille Carina Carla
Carlos Carmen Caroline Cécile Cédric Céline César Chantal Charlotte Chloé Christa Christian Christine Claire Clara
Claude Clément Clotilde Colette Concepción Cornelia Cristina Dagmar Damien Daniel Daniela David Débora Denis Diana
Diego Dieter Dominik Dorothée Dušan Edgar Édith Édouard Elena Éliane Elias Élise Ella Éloïse Elsa Emil Émile Emma Éric
Erika Ernest Estelle Esther Étienne Eugénie Eva Fabien Fanny Fatima Félix Fernanda Filip Flora Florence François
Françoise Frédéric Frida Gabriel Gaël Gérard Gisela Gloria Gonzalo Grégoire Greta Guillaume Günther Gustav Hana Hanna
Hans Heidi Heike Hélène Henri Hervé Hilda Hugo Ida Ignacio Ilse Inês Inge Ingrid Irena Irène Isabel Isabelle Ivana
Jacques Jan Janina Jana Jean Jeanne Jérôme Jesús Joana João Joël Johanna Jonas Jörg José Josef Joséphine Juan Jules
Julia Julie Julien Jürgen Karel Karin Karl Katarína Katja Klára Klaus Konrad Lars Laura Laurent Léa Leïla Léna Léo
Léon Léonie Lina Lisa Loïc Lola Lorenzo Louis Louise Luc Lucía Lucie Ludvík Luís Lukáš Maëlle Magda Manon Marc Marcel
Margot María Marie Marius Marta Martín Mathilde Matthieu Maud Maurice Max Mia Michaël Michèle Miguel Mila Milan Mónica
Nadine Naïma Natália Nicolas Nils Nina Noé Noémie Odile Olaf Olga Olivier Oscar Otto Pablo Pascal Paul Paula Pauline
Petra Philippe Pia Pierre Rafael Raúl Rémi Renée Robert Rosa Sébastien
""".split()

LAST_NAMES = """
Abel Ackermann Adam Aguilar Albrecht Almeida Álvarez Andersson Andrade André Antoine Araújo Arnaud Arnold Aubert Aubry
Bach Bailly Barbier Baron Barros Barthélemy Bartoš Bauer Baumann Beck Becker Benoît Bérard Berg Berger Bergström
Bernard Berthier Bertrand Besson Bianchi Blanc Blanco Blažek Böhm Bonnet Boucher Boulanger Bourgeois Bouvier Boyer
Braun Bruno Brandt Brun Brunet Bürger Busch Cabrera Camus Cardoso Carlier Caron Carpentier Castillo Castro Červený
Charpentier Charrier Chevalier Clément Cohen Colin Collet Conti Cordier Correia Costa Cruz Daniel David Delattre
Delgado Delmas Denis Deschamps Díaz Dietrich Domínguez Dubois Dufour Dumas Dumont Dupont Dupuis Durand Dušek Duval
Dvořák Eklund Engel Eriksson Ernst Esposito Étienne Fabre Faure Fernández Ferrari Ferreira Fiala Fischer Fleury Flores
Fontaine Fournier Frank Franke Friedrich Fuchs Gaillard Gallo García Garnier Gärtner Gauthier Geiger Gérard Giraud
Girard Gómez González Graf Greco Grégoire Groß Guérin Guillot Günther Gustafsson Gutiérrez Haas Hahn Hájek Hansen
Hartmann Heinrich Henry Hernández Herrmann Hoffmann Hofmann Horák Horn Hubert Huber Humbert Iglesias Jacob Jacquet
Jäger Jansen Jansson Jelínek Jiménez Johansson Jonsson Joly Jung Kaiser Karlsson Keller Klein Klíma Koch Köhler König
Kovář Krämer Krause Krüger Kučera Kühn Lacroix Lambert Lang Lange Larsson Laurent Leclerc Lefèvre Legrand Lehmann
Lemaire Léger Leroux Lévêque Lindberg Lindström López Lorenz Ludwig Lundgren Magnusson Maier Mallet Marchand Maréchal
Marín Martínez Martins Mayer Médina Meier Ménard Mendes Mercier Meunier Meyer Michel Möller Monnier Morales Moreau
Morel Moreno Moser Müller Muñoz Navarro Nemeth Němec Neumann Nicolas Nilsson Noël Novák Núñez Olivier Olsson Ortega
Ortiz Otto Pasquier Peña Pereira Pérez Perrin Persson Petersen Pichon Pires Poirier Popescu Prévost Ramírez Richter
Rivière Robert Rocha
""".split()
