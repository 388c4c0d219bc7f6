-- The records of a small paper, the Daily. `pressline demo` makes daily.db from this file.
-- A real paper points Pressline at its own database instead: see sources in paper.yaml.

CREATE TABLE subscriptions (
    number   TEXT PRIMARY KEY,      -- what the subscriber keys in
    name     TEXT NOT NULL,
    title    TEXT NOT NULL,
    title_zh TEXT NOT NULL,
    ends_on  DATE NOT NULL,
    phone    TEXT
);

INSERT INTO subscriptions VALUES
    ('1234',   'Ann Miller',    'the Daily',         '每日报',   '2027-05-03', '5550101'),
    ('2001',   'Robert Osei',   'the Weekend Daily', '周末报',   '2027-01-31', '5550102'),
    ('2002',   'Maria Lindt',   'the Daily',         '每日报',   '2026-12-15', '5550103'),
    ('30417',  '陈美玲',         'the Daily',         '每日报',   '2028-02-29', '5550104'),
    ('555777', 'Café Central',  'the Daily',         '每日报',   '2027-10-10', '5550105');

CREATE TABLE ad_formats (
    code    TEXT PRIMARY KEY,       -- the key that the caller presses
    name    TEXT NOT NULL,
    name_zh TEXT NOT NULL,
    price   DECIMAL(10, 2) NOT NULL,
    width   INTEGER NOT NULL,       -- millimetres
    height  INTEGER NOT NULL
);

INSERT INTO ad_formats VALUES
    ('1', 'a full page',      '整版',   2400.00, 280, 430),
    ('2', 'a half page',      '半版',   1300.00, 280, 215),
    ('3', 'a quarter page',   '四分之一版', 690.00, 140, 215),
    ('4', 'a business card',  '名片广告', 95.50,  90,  50);

-- When the rate card was last confirmed. A price older than the rule in paper.yaml is not spoken:
-- a wrong price is worse than "please call back".
CREATE TABLE rate_card (
    confirmed_at TIMESTAMP NOT NULL
);

INSERT INTO rate_card VALUES (CURRENT_TIMESTAMP);

CREATE TABLE stations (
    postcode TEXT NOT NULL,
    name     TEXT NOT NULL,
    street   TEXT NOT NULL,
    name_zh  TEXT NOT NULL,
    phone    TEXT NOT NULL,
    distance INTEGER NOT NULL,      -- metres
    PRIMARY KEY (postcode, name)
);

INSERT INTO stations VALUES
    ('10115', 'North Station',   '12 Canal Street',  '北站', '5550301', 400),
    ('10115', 'Harbour Station', '3 Quay Road',      '港口站', '5550302', 1900),
    ('10117', 'Central Station', '1 Market Square',  '中央站', '5550303', 250),
    ('10245', 'East Station',    '77 Mill Lane',     '东站', '5550304', 800);
