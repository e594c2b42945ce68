-- The tables of the Sakila sample database for MariaDB, and beside them what else a dump of a real one has.
CREATE TABLE country (
  country_id smallint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  country varchar(50) NOT NULL,
  last_update timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp()
);
CREATE TABLE city (
  city_id smallint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  city varchar(50) NOT NULL,
  country_id smallint unsigned NOT NULL,
  last_update timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp(),
  CONSTRAINT city_country FOREIGN KEY (country_id) REFERENCES country (country_id) ON UPDATE CASCADE
);
CREATE TABLE address (
  address_id smallint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  address varchar(50) NOT NULL COMMENT 'first line, such as 1692 Ede Loop',
  address2 varchar(50) DEFAULT NULL,
  district varchar(20) NOT NULL,
  city_id smallint unsigned NOT NULL,
  postal_code varchar(10) DEFAULT NULL,
  phone varchar(20) NOT NULL,
  last_update timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp(),
  CONSTRAINT address_city FOREIGN KEY (city_id) REFERENCES city (city_id) ON UPDATE CASCADE
);
CREATE TABLE staff (
  staff_id tinyint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  first_name varchar(45) NOT NULL DEFAULT 'Mike',
  last_name varchar(45) NOT NULL,
  address_id smallint unsigned NOT NULL,
  email varchar(50) DEFAULT 'Mike.Hillyer@sakilastaff.com' COMMENT 'ask Mike.Hillyer@sakilastaff.com',
  store_id tinyint unsigned NOT NULL,
  active tinyint(1) NOT NULL DEFAULT 1,
  username varchar(16) NOT NULL,
  password varchar(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT NULL,
  last_update timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp(),
  picture blob DEFAULT NULL,
  CONSTRAINT staff_address FOREIGN KEY (address_id) REFERENCES address (address_id)
) COMMENT='Mike Hillyer and Jon Stephens';
CREATE TABLE store (
  store_id tinyint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  manager_staff_id tinyint unsigned NOT NULL,
  address_id smallint unsigned NOT NULL,
  last_update timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp(),
  UNIQUE KEY one_manager (manager_staff_id),
  CONSTRAINT store_staff FOREIGN KEY (manager_staff_id) REFERENCES staff (staff_id),
  CONSTRAINT store_address FOREIGN KEY (address_id) REFERENCES address (address_id)
);
ALTER TABLE staff ADD CONSTRAINT staff_store FOREIGN KEY (store_id) REFERENCES store (store_id);
CREATE TABLE customer (
  customer_id int unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  store_id tinyint unsigned NOT NULL,
  first_name varchar(45) NOT NULL,
  last_name varchar(45) NOT NULL,
  email varchar(50) DEFAULT NULL,
  address_id smallint unsigned NOT NULL,
  active tinyint(1) NOT NULL DEFAULT 1,
  create_date date NOT NULL,
  last_update datetime(3) DEFAULT NULL,
  full_name varchar(91) GENERATED ALWAYS AS (concat(first_name, ' ', last_name)) STORED,
  flags bit(3) DEFAULT NULL,
  fingerprint binary(16) DEFAULT NULL,
  UNIQUE KEY one_email (email),
  KEY by_name (last_name),
  CONSTRAINT customer_store FOREIGN KEY (store_id) REFERENCES store (store_id),
  CONSTRAINT customer_address FOREIGN KEY (address_id) REFERENCES address (address_id)
) DEFAULT CHARSET=utf8mb4;
CREATE TABLE film (
  film_id smallint unsigned NOT NULL PRIMARY KEY,
  title varchar(255) NOT NULL,
  description text DEFAULT NULL,
  rating enum('G','PG','PG-13','R','NC-17') DEFAULT 'G',
  replacement_cost decimal(5,2) NOT NULL DEFAULT 19.99
);
CREATE TABLE inventory (
  inventory_id mediumint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  film_id smallint unsigned NOT NULL,
  store_id tinyint unsigned NOT NULL,
  last_update timestamp NOT NULL DEFAULT current_timestamp(),
  CONSTRAINT inventory_film FOREIGN KEY (film_id) REFERENCES film (film_id),
  CONSTRAINT inventory_store FOREIGN KEY (store_id) REFERENCES store (store_id)
);
CREATE TABLE rental (
  rental_id int NOT NULL AUTO_INCREMENT PRIMARY KEY,
  rental_date datetime NOT NULL,
  inventory_id mediumint unsigned NOT NULL,
  customer_id int unsigned NOT NULL,
  return_date datetime DEFAULT NULL,
  staff_id tinyint unsigned NOT NULL,
  last_update timestamp NOT NULL DEFAULT current_timestamp(),
  UNIQUE KEY one_rental (rental_date, inventory_id, customer_id),
  CONSTRAINT rental_inventory FOREIGN KEY (inventory_id) REFERENCES inventory (inventory_id),
  CONSTRAINT rental_customer FOREIGN KEY (customer_id) REFERENCES customer (customer_id),
  CONSTRAINT rental_staff FOREIGN KEY (staff_id) REFERENCES staff (staff_id)
);
CREATE TABLE payment (
  payment_id int unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  customer_id int unsigned NOT NULL,
  staff_id tinyint unsigned NOT NULL,
  rental_id int DEFAULT NULL,
  amount decimal(5,2) NOT NULL,
  payment_date datetime NOT NULL,
  CONSTRAINT payment_customer FOREIGN KEY (customer_id) REFERENCES customer (customer_id),
  CONSTRAINT payment_staff FOREIGN KEY (staff_id) REFERENCES staff (staff_id),
  CONSTRAINT payment_rental FOREIGN KEY (rental_id) REFERENCES rental (rental_id) ON DELETE SET NULL
);
CREATE TABLE audit (
  said text DEFAULT NULL
);
CREATE VIEW customer_list AS SELECT c.customer_id AS id, c.full_name AS name, a.phone AS phone
  FROM customer c JOIN address a ON c.address_id = a.address_id;
CREATE VIEW audit_list AS SELECT said FROM audit;
DELIMITER ;;
CREATE TRIGGER customer_named BEFORE INSERT ON customer FOR EACH ROW
BEGIN
  IF NEW.first_name = '' THEN SET NEW.first_name = ';'; END IF;
END;;
CREATE TRIGGER audited BEFORE INSERT ON audit FOR EACH ROW BEGIN SET NEW.said = trim(NEW.said); END;;
CREATE PROCEDURE rentals_of(IN person int) COMMENT 'counts'
BEGIN
  SELECT count(*) FROM rental WHERE customer_id = person; -- it's a count
END;;
CREATE FUNCTION doubled(n int) RETURNS int DETERMINISTIC RETURN n * 2;;
DELIMITER ;
