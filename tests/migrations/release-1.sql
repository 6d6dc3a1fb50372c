-- The rows of release 1, for SQLite and PostgreSQL. Written by tests/migrations/dump.py; never edited.
-- moment: 2027-02-15T12:00:00-07:00
-- migration: account.0009_emailaddress_unique_primary_email
-- migration: admin.0003_logentry_add_action_flag_choices
-- migration: audits.0001_initial
-- migration: auth.0012_alter_user_first_name_max_length
-- migration: ceus.0001_initial
-- migration: contenttypes.0002_remove_content_type_name
-- migration: core.0001_initial
-- migration: documents.0001_initial
-- migration: mfa.0003_authenticator_type_uniq
-- migration: outbox.0001_initial
-- migration: payments.0001_initial
-- migration: petitions.0001_initial
-- migration: renewals.0001_initial
-- migration: sessions.0001_initial
-- migration: trainers.0001_initial
-- migration: usersessions.0001_initial

INSERT INTO "auth_group" ("id", "name") VALUES
(1, 'read-only'),
(2, 'reviewer'),
(3, 'lead'),
(4, 'finance'),
(5, 'registrar');

INSERT INTO "account_emailaddress" ("id", "user_id", "email", "verified", "primary") VALUES
(1, 1, 'admin@example.org', TRUE, TRUE),
(2, 2, 'reviewer@example.org', TRUE, TRUE),
(3, 3, 'lead@example.org', TRUE, TRUE),
(4, 4, 'finance@example.org', TRUE, TRUE),
(5, 5, 'registrar@example.org', TRUE, TRUE),
(6, 6, 'readonly@example.org', TRUE, TRUE),
(7, 7, 'jordan@example.org', TRUE, TRUE),
(8, 8, 'elena.hoang@example.org', TRUE, TRUE),
(9, 9, 'zoe@example.org', TRUE, TRUE),
(10, 10, 'vera@example.org', TRUE, TRUE),
(11, 11, 'wes@example.org', TRUE, TRUE),
(12, 12, 'yusuf@example.org', TRUE, TRUE),
(13, 13, 'cara@example.org', TRUE, TRUE),
(14, 14, 'erin@example.org', TRUE, TRUE),
(15, 15, 'gita@example.org', TRUE, TRUE),
(16, 16, 'rosa@example.org', TRUE, TRUE),
(17, 17, 'chidi.ellison@example.org', TRUE, TRUE),
(18, 18, 'caleb.dubois@example.org', TRUE, TRUE),
(19, 19, 'aaliyah.abernathy@example.org', FALSE, TRUE),
(20, 20, 'darius.gallagher@example.org', TRUE, TRUE),
(21, 21, 'beatriz.cordero@example.org', TRUE, TRUE),
(22, 22, 'dalia.farah@example.org', TRUE, TRUE),
(23, 23, 'amara.bakshi@example.org', TRUE, TRUE);

INSERT INTO "mfa_authenticator" ("id", "user_id", "type", "data", "created_at", "last_used_at") VALUES
(1, 1, 'totp', '{"secret": "ESG7UZCT5YZ45GCE2PYNEIMO4UNMJMDQ"}', '2026-11-29 02:29:44.367645', NULL),
(2, 2, 'totp', '{"secret": "DTARQPSU2PEVCMFK2FWPU6FWNJLIIIQH"}', '2026-11-29 02:29:44.391405', NULL),
(3, 3, 'totp', '{"secret": "HIWD6346N6KFBXQSWS5GRIB6NO2G75LI"}', '2026-11-29 02:29:44.404716', NULL),
(4, 4, 'totp', '{"secret": "XNFVQW2XN2DLJKGCPBSAF6W6KLLS2YBY"}', '2026-11-29 02:29:44.435832', NULL),
(5, 5, 'totp', '{"secret": "ARBPCW5IZAWXIIDV4VRU726LW5QB4VHW"}', '2026-11-29 02:29:44.449355', NULL),
(6, 6, 'totp', '{"secret": "SLEX7TH6I4Y225GZQUZEWG3SVRAZNSKG"}', '2026-11-29 02:29:44.473213', NULL);

INSERT INTO "core_historyentry" ("id", "subject", "trainer_id", "verb", "from_state", "to_state", "by_id", "at", "reason", "detail") VALUES
(1, 'trainers.trainer:1', 1, 'joined', '', '', NULL, '2021-02-16 17:00:00', '', '{}'),
(2, 'trainers.trainer:2', 2, 'joined', '', '', 1, '2021-02-16 17:00:00', '', '{}'),
(3, 'trainers.trainer:2', 2, 'roles_changed', '', '', 1, '2021-02-16 17:00:00', '', '{"roles": [[false], [true, "reviewer"]]}'),
(4, 'trainers.trainer:3', 3, 'joined', '', '', 1, '2021-02-16 17:00:00', '', '{}'),
(5, 'trainers.trainer:3', 3, 'roles_changed', '', '', 1, '2021-02-16 17:00:00', '', '{"roles": [[false], [true, "lead"]]}'),
(6, 'trainers.trainer:4', 4, 'joined', '', '', 1, '2021-02-16 17:00:00', '', '{}'),
(7, 'trainers.trainer:4', 4, 'roles_changed', '', '', 1, '2021-02-16 17:00:00', '', '{"roles": [[false], [true, "finance"]]}'),
(8, 'trainers.trainer:5', 5, 'joined', '', '', 1, '2021-02-16 17:00:00', '', '{}'),
(9, 'trainers.trainer:5', 5, 'roles_changed', '', '', 1, '2021-02-16 17:00:00', '', '{"roles": [[false], [true, "registrar"]]}'),
(10, 'trainers.trainer:6', 6, 'joined', '', '', 1, '2021-02-16 17:00:00', '', '{}'),
(11, 'trainers.trainer:6', 6, 'roles_changed', '', '', 1, '2021-02-16 17:00:00', '', '{"roles": [[false], [true, "read-only"]]}'),
(12, 'trainers.trainer:7', 7, 'joined', '', '', 5, '2023-05-02 17:00:00', 'Roster roster-2023-05-02.csv', '{"line": 2}'),
(13, 'trainers.credential:1', 7, 'granted', '', 'in_force', 5, '2023-05-02 17:00:00', 'Roster roster-2023-05-02.csv', '{"line": 2}'),
(14, 'trainers.cycle:1', 7, 'cycle_opened', '', '', 5, '2023-05-02 17:00:00', 'Roster roster-2023-05-02.csv', '{"line": 2}'),
(15, 'trainers.trainer:8', 8, 'joined', '', '', 5, '2024-10-02 17:00:00', 'Roster roster-2024-10-02.csv', '{"line": 2}'),
(16, 'trainers.credential:2', 8, 'granted', '', 'in_force', 5, '2024-10-02 17:00:00', 'Roster roster-2024-10-02.csv', '{"line": 2}'),
(17, 'trainers.cycle:2', 8, 'cycle_opened', '', '', 5, '2024-10-02 17:00:00', 'Roster roster-2024-10-02.csv', '{"line": 2}'),
(18, 'trainers.trainer:9', 9, 'joined', '', '', 5, '2025-03-18 17:00:00', 'Roster roster-2025-03-18.csv', '{"line": 2}'),
(19, 'trainers.credential:3', 9, 'granted', '', 'in_force', 5, '2025-03-18 17:00:00', 'Roster roster-2025-03-18.csv', '{"line": 2}'),
(20, 'trainers.cycle:3', 9, 'cycle_opened', '', '', 5, '2025-03-18 17:00:00', 'Roster roster-2025-03-18.csv', '{"line": 2}'),
(21, 'trainers.trainer:10', 10, 'joined', '', '', 5, '2025-04-07 17:00:00', 'Roster roster-2025-04-07.csv', '{"line": 2}'),
(22, 'trainers.credential:4', 10, 'granted', '', 'in_force', 5, '2025-04-07 17:00:00', 'Roster roster-2025-04-07.csv', '{"line": 2}'),
(23, 'trainers.cycle:4', 10, 'cycle_opened', '', '', 5, '2025-04-07 17:00:00', 'Roster roster-2025-04-07.csv', '{"line": 2}'),
(24, 'trainers.trainer:11', 11, 'joined', '', '', 5, '2025-04-22 17:00:00', 'Roster roster-2025-04-22.csv', '{"line": 2}'),
(25, 'trainers.credential:5', 11, 'granted', '', 'in_force', 5, '2025-04-22 17:00:00', 'Roster roster-2025-04-22.csv', '{"line": 2}'),
(26, 'trainers.cycle:5', 11, 'cycle_opened', '', '', 5, '2025-04-22 17:00:00', 'Roster roster-2025-04-22.csv', '{"line": 2}'),
(27, 'trainers.trainer:12', 12, 'joined', '', '', 5, '2025-05-07 17:00:00', 'Roster roster-2025-05-07.csv', '{"line": 2}'),
(28, 'trainers.trainer:13', 13, 'joined', '', '', 5, '2025-05-07 17:00:00', 'Roster roster-2025-05-07.csv', '{"line": 3}'),
(29, 'trainers.credential:6', 12, 'granted', '', 'in_force', 5, '2025-05-07 17:00:00', 'Roster roster-2025-05-07.csv', '{"line": 2}'),
(30, 'trainers.credential:7', 13, 'granted', '', 'in_force', 5, '2025-05-07 17:00:00', 'Roster roster-2025-05-07.csv', '{"line": 3}'),
(31, 'trainers.cycle:6', 12, 'cycle_opened', '', '', 5, '2025-05-07 17:00:00', 'Roster roster-2025-05-07.csv', '{"line": 2}'),
(32, 'trainers.cycle:7', 13, 'cycle_opened', '', '', 5, '2025-05-07 17:00:00', 'Roster roster-2025-05-07.csv', '{"line": 3}'),
(33, 'trainers.trainer:14', 14, 'joined', '', '', 5, '2025-05-12 17:00:00', 'Roster roster-2025-05-12.csv', '{"line": 2}'),
(34, 'trainers.credential:8', 14, 'granted', '', 'in_force', 5, '2025-05-12 17:00:00', 'Roster roster-2025-05-12.csv', '{"line": 2}'),
(35, 'trainers.cycle:8', 14, 'cycle_opened', '', '', 5, '2025-05-12 17:00:00', 'Roster roster-2025-05-12.csv', '{"line": 2}'),
(36, 'trainers.trainer:15', 15, 'joined', '', '', 5, '2025-05-17 17:00:00', 'Roster roster-2025-05-17.csv', '{"line": 2}'),
(37, 'trainers.credential:9', 15, 'granted', '', 'in_force', 5, '2025-05-17 17:00:00', 'Roster roster-2025-05-17.csv', '{"line": 2}'),
(38, 'trainers.cycle:9', 15, 'cycle_opened', '', '', 5, '2025-05-17 17:00:00', 'Roster roster-2025-05-17.csv', '{"line": 2}'),
(39, 'trainers.trainer:16', 16, 'joined', '', '', 5, '2025-05-22 17:00:00', 'Roster roster-2025-05-22.csv', '{"line": 2}'),
(40, 'trainers.credential:10', 16, 'granted', '', 'in_force', 5, '2025-05-22 17:00:00', 'Roster roster-2025-05-22.csv', '{"line": 2}'),
(41, 'trainers.cycle:10', 16, 'cycle_opened', '', '', 5, '2025-05-22 17:00:00', 'Roster roster-2025-05-22.csv', '{"line": 2}'),
(42, 'trainers.trainer:17', 17, 'joined', '', '', 5, '2025-08-31 17:00:00', 'Roster roster-2025-08-31.csv', '{"line": 2}'),
(43, 'trainers.credential:11', 17, 'granted', '', 'in_force', 5, '2025-08-31 17:00:00', 'Roster roster-2025-08-31.csv', '{"line": 2}'),
(44, 'trainers.cycle:11', 17, 'cycle_opened', '', '', 5, '2025-08-31 17:00:00', 'Roster roster-2025-08-31.csv', '{"line": 2}'),
(45, 'trainers.trainer:18', 18, 'joined', '', '', 5, '2025-10-04 17:00:00', 'Roster roster-2025-10-04.csv', '{"line": 2}'),
(46, 'trainers.credential:12', 18, 'granted', '', 'in_force', 5, '2025-10-04 17:00:00', 'Roster roster-2025-10-04.csv', '{"line": 2}'),
(47, 'trainers.cycle:12', 18, 'cycle_opened', '', '', 5, '2025-10-04 17:00:00', 'Roster roster-2025-10-04.csv', '{"line": 2}'),
(48, 'trainers.trainer:19', 19, 'joined', '', '', 5, '2025-10-19 17:00:00', 'Roster roster-2025-10-19.csv', '{"line": 2}'),
(49, 'trainers.credential:13', 19, 'granted', '', 'in_force', 5, '2025-10-19 17:00:00', 'Roster roster-2025-10-19.csv', '{"line": 2}'),
(50, 'trainers.cycle:13', 19, 'cycle_opened', '', '', 5, '2025-10-19 17:00:00', 'Roster roster-2025-10-19.csv', '{"line": 2}'),
(51, 'trainers.trainer:20', 20, 'joined', '', '', 5, '2026-02-06 17:00:00', 'Roster roster-2026-02-06.csv', '{"line": 2}'),
(52, 'trainers.credential:14', 20, 'granted', '', 'in_force', 5, '2026-02-06 17:00:00', 'Roster roster-2026-02-06.csv', '{"line": 2}'),
(53, 'trainers.cycle:14', 20, 'cycle_opened', '', '', 5, '2026-02-06 17:00:00', 'Roster roster-2026-02-06.csv', '{"line": 2}'),
(54, 'trainers.trainer:21', 21, 'joined', '', '', 5, '2026-04-18 17:00:00', 'Roster roster-2026-04-18.csv', '{"line": 2}'),
(55, 'trainers.credential:15', 21, 'granted', '', 'in_force', 5, '2026-04-18 17:00:00', 'Roster roster-2026-04-18.csv', '{"line": 2}'),
(56, 'trainers.cycle:15', 21, 'cycle_opened', '', '', 5, '2026-04-18 17:00:00', 'Roster roster-2026-04-18.csv', '{"line": 2}'),
(57, 'trainers.trainer:22', 22, 'joined', '', '', 5, '2026-07-25 17:00:00', 'Roster roster-2026-07-25.csv', '{"line": 2}'),
(58, 'trainers.credential:16', 22, 'granted', '', 'in_force', 5, '2026-07-25 17:00:00', 'Roster roster-2026-07-25.csv', '{"line": 2}'),
(59, 'trainers.cycle:16', 22, 'cycle_opened', '', '', 5, '2026-07-25 17:00:00', 'Roster roster-2026-07-25.csv', '{"line": 2}'),
(60, 'trainers.trainer:23', 23, 'joined', '', '', 5, '2026-12-11 17:00:00', 'Roster roster-2026-12-11.csv', '{"line": 2}'),
(61, 'trainers.credential:17', 23, 'granted', '', 'in_force', 5, '2026-12-11 17:00:00', 'Roster roster-2026-12-11.csv', '{"line": 2}'),
(62, 'trainers.cycle:17', 23, 'cycle_opened', '', '', 5, '2026-12-11 17:00:00', 'Roster roster-2026-12-11.csv', '{"line": 2}'),
(63, 'audits.drawperiod:1', NULL, 'announced', '', 'announced', NULL, '2025-04-01 17:00:00', '', '{}'),
(64, 'audits.drawperiod:1', NULL, 'opened', 'announced', 'open', NULL, '2025-04-01 17:00:00', '', '{}'),
(65, 'audits.drawperiod:2', NULL, 'announced', '', 'announced', NULL, '2025-07-01 17:00:00', '', '{}'),
(66, 'audits.drawperiod:2', NULL, 'opened', 'announced', 'open', NULL, '2025-07-01 17:00:00', '', '{}'),
(67, 'audits.drawperiod:3', NULL, 'announced', '', 'announced', NULL, '2025-10-01 17:00:00', '', '{}'),
(68, 'audits.drawperiod:3', NULL, 'opened', 'announced', 'open', NULL, '2025-10-01 17:00:00', '', '{}'),
(69, 'audits.drawperiod:4', NULL, 'announced', '', 'announced', NULL, '2026-01-01 17:00:00', '', '{}'),
(70, 'audits.drawperiod:4', NULL, 'opened', 'announced', 'open', NULL, '2026-01-01 17:00:00', '', '{}'),
(71, 'audits.drawperiod:5', NULL, 'announced', '', 'announced', NULL, '2026-04-01 17:00:00', '', '{}'),
(72, 'audits.drawperiod:5', NULL, 'opened', 'announced', 'open', NULL, '2026-04-01 17:00:00', '', '{}'),
(73, 'audits.drawperiod:6', NULL, 'announced', '', 'announced', NULL, '2026-07-01 17:00:00', '', '{}'),
(74, 'audits.drawperiod:6', NULL, 'opened', 'announced', 'open', NULL, '2026-07-01 17:00:00', '', '{}'),
(75, 'audits.drawperiod:7', NULL, 'announced', '', 'announced', NULL, '2026-10-01 17:00:00', '', '{}'),
(76, 'audits.drawperiod:7', NULL, 'opened', 'announced', 'open', NULL, '2026-10-01 17:00:00', '', '{}'),
(77, 'ceus.ceurecord:1', 7, 'logged', '', 'pending', 7, '2023-09-20 17:00:00', '', '{}'),
(78, 'documents.document:1', 7, 'stored', '', '', 7, '2023-09-20 17:00:00', '', '{}'),
(79, 'ceus.ceurecord:1', 7, 'file added', '', '', 7, '2023-09-20 17:00:00', '', '{"document": 1, "part": "certificate"}'),
(80, 'ceus.ceurecord:1', 7, 'accepted', 'pending', 'accepted', 7, '2023-09-20 17:00:00', '', '{}'),
(81, 'ceus.ceurecord:2', 7, 'logged', '', 'pending', 7, '2024-02-08 17:00:00', '', '{}'),
(82, 'documents.document:2', 7, 'stored', '', '', 7, '2024-02-08 17:00:00', '', '{}'),
(83, 'ceus.ceurecord:2', 7, 'file added', '', '', 7, '2024-02-08 17:00:00', '', '{"document": 2, "part": "certificate"}'),
(84, 'ceus.ceurecord:2', 7, 'accepted', 'pending', 'accepted', 7, '2024-02-08 17:00:00', '', '{}'),
(85, 'ceus.ceurecord:3', 7, 'logged', '', 'pending', 7, '2024-06-28 17:00:00', '', '{}'),
(86, 'documents.document:3', 7, 'stored', '', '', 7, '2024-06-28 17:00:00', '', '{}'),
(87, 'ceus.ceurecord:3', 7, 'file added', '', '', 7, '2024-06-28 17:00:00', '', '{"document": 3, "part": "certificate"}'),
(88, 'ceus.ceurecord:3', 7, 'accepted', 'pending', 'accepted', 7, '2024-06-28 17:00:00', '', '{}'),
(89, 'ceus.ceurecord:4', 7, 'logged', '', 'pending', 7, '2024-11-16 17:00:00', '', '{}'),
(90, 'documents.document:4', 7, 'stored', '', '', 7, '2024-11-16 17:00:00', '', '{}'),
(91, 'ceus.ceurecord:4', 7, 'file added', '', '', 7, '2024-11-16 17:00:00', '', '{"document": 4, "part": "certificate"}'),
(92, 'ceus.ceurecord:4', 7, 'accepted', 'pending', 'accepted', 7, '2024-11-16 17:00:00', '', '{}'),
(93, 'ceus.ceurecord:5', 7, 'logged', '', 'pending', 7, '2023-05-03 17:00:00', '', '{}'),
(94, 'documents.document:5', 7, 'stored', '', '', 7, '2023-05-03 17:00:00', '', '{}'),
(95, 'ceus.ceurecord:5', 7, 'file added', '', '', 7, '2023-05-03 17:00:00', '', '{"document": 5, "part": "card_front"}'),
(96, 'documents.document:6', 7, 'stored', '', '', 7, '2023-05-03 17:00:00', '', '{}'),
(97, 'ceus.ceurecord:5', 7, 'file added', '', '', 7, '2023-05-03 17:00:00', '', '{"document": 6, "part": "card_back"}'),
(98, 'ceus.ceurecord:5', 7, 'accepted', 'pending', 'accepted', 7, '2023-05-03 17:00:00', '', '{}'),
(99, 'renewals.application:1', 7, 'started', '', 'draft', 7, '2025-04-06 17:00:00', '', '{}'),
(100, 'payments.charge:1', 7, 'raised', '', 'open', 7, '2025-04-06 17:00:00', '', '{}'),
(101, 'trainers.cycle:1', 7, 'records claimed', '', '', 7, '2025-04-06 17:00:00', '', '{"records": [1, 2, 3, 4, 5]}'),
(102, 'renewals.application:1', 7, 'submitted', 'draft', 'submitted', 7, '2025-04-06 17:00:00', '', '{"records": 5, "tier": "on_time", "total_cents": 9900}'),
(103, 'payments.checkoutsession:1', 7, 'opening', '', 'opening', 7, '2025-04-06 18:00:00', '', '{}'),
(104, 'payments.checkoutsession:1', 7, 'open', 'opening', 'open', NULL, '2025-04-06 18:00:00', '', '{}'),
(105, 'payments.checkoutsession:1', 7, 'complete', 'open', 'complete', NULL, '2025-04-06 18:00:00', '', '{}'),
(106, 'payments.charge:1', 7, 'settled', 'open', 'paid', NULL, '2025-04-06 18:00:00', '', '{"payment": "pi_487186b4562ba56bcc891f15"}'),
(107, 'renewals.application:1', 7, 'paid', 'submitted', 'in_review', NULL, '2025-04-06 18:00:00', '', '{}'),
(108, 'renewals.application:1', 7, 'approved', 'in_review', 'approved', NULL, '2025-04-06 18:00:00', '', '{}'),
(109, 'trainers.cycle:18', 7, 'cycle_opened', '', '', NULL, '2025-04-06 18:00:00', '', '{"expires_on": "2027-05-01", "starts_on": "2025-05-02"}'),
(110, 'ceus.ceurecord:6', 8, 'logged', '', 'pending', 8, '2025-02-20 17:00:00', '', '{}'),
(111, 'documents.document:7', 8, 'stored', '', '', 8, '2025-02-20 17:00:00', '', '{}'),
(112, 'ceus.ceurecord:6', 8, 'file added', '', '', 8, '2025-02-20 17:00:00', '', '{"document": 7, "part": "certificate"}'),
(113, 'ceus.ceurecord:6', 8, 'accepted', 'pending', 'accepted', 8, '2025-02-20 17:00:00', '', '{}'),
(114, 'ceus.ceurecord:7', 8, 'logged', '', 'pending', 8, '2025-07-11 17:00:00', '', '{}'),
(115, 'documents.document:8', 8, 'stored', '', '', 8, '2025-07-11 17:00:00', '', '{}'),
(116, 'ceus.ceurecord:7', 8, 'file added', '', '', 8, '2025-07-11 17:00:00', '', '{"document": 8, "part": "certificate"}'),
(117, 'ceus.ceurecord:7', 8, 'accepted', 'pending', 'accepted', 8, '2025-07-11 17:00:00', '', '{}'),
(118, 'ceus.ceurecord:8', 8, 'logged', '', 'pending', 8, '2025-11-29 17:00:00', '', '{}'),
(119, 'documents.document:9', 8, 'stored', '', '', 8, '2025-11-29 17:00:00', '', '{}'),
(120, 'ceus.ceurecord:8', 8, 'file added', '', '', 8, '2025-11-29 17:00:00', '', '{"document": 9, "part": "certificate"}'),
(121, 'ceus.ceurecord:8', 8, 'accepted', 'pending', 'accepted', 8, '2025-11-29 17:00:00', '', '{}'),
(122, 'ceus.ceurecord:9', 8, 'logged', '', 'pending', 8, '2026-04-19 17:00:00', '', '{}'),
(123, 'documents.document:10', 8, 'stored', '', '', 8, '2026-04-19 17:00:00', '', '{}'),
(124, 'ceus.ceurecord:9', 8, 'file added', '', '', 8, '2026-04-19 17:00:00', '', '{"document": 10, "part": "certificate"}'),
(125, 'ceus.ceurecord:9', 8, 'accepted', 'pending', 'accepted', 8, '2026-04-19 17:00:00', '', '{}'),
(126, 'ceus.ceurecord:10', 8, 'logged', '', 'pending', 8, '2024-10-03 17:00:00', '', '{}'),
(127, 'documents.document:11', 8, 'stored', '', '', 8, '2024-10-03 17:00:00', '', '{}'),
(128, 'ceus.ceurecord:10', 8, 'file added', '', '', 8, '2024-10-03 17:00:00', '', '{"document": 11, "part": "card_front"}'),
(129, 'documents.document:12', 8, 'stored', '', '', 8, '2024-10-03 17:00:00', '', '{}'),
(130, 'ceus.ceurecord:10', 8, 'file added', '', '', 8, '2024-10-03 17:00:00', '', '{"document": 12, "part": "card_back"}'),
(131, 'ceus.ceurecord:10', 8, 'accepted', 'pending', 'accepted', 8, '2024-10-03 17:00:00', '', '{}'),
(132, 'renewals.application:2', 8, 'started', '', 'draft', 8, '2026-09-07 17:00:00', '', '{}'),
(133, 'payments.charge:2', 8, 'raised', '', 'open', 8, '2026-09-07 17:00:00', '', '{}'),
(134, 'trainers.cycle:2', 8, 'records claimed', '', '', 8, '2026-09-07 17:00:00', '', '{"records": [6, 7, 8, 9, 10]}'),
(135, 'renewals.application:2', 8, 'submitted', 'draft', 'submitted', 8, '2026-09-07 17:00:00', '', '{"records": 5, "tier": "on_time", "total_cents": 9900}'),
(136, 'payments.checkoutsession:2', 8, 'opening', '', 'opening', 8, '2026-09-07 18:00:00', '', '{}'),
(137, 'payments.checkoutsession:2', 8, 'open', 'opening', 'open', NULL, '2026-09-07 18:00:00', '', '{}'),
(138, 'payments.checkoutsession:2', 8, 'complete', 'open', 'complete', NULL, '2026-09-07 18:00:00', '', '{}'),
(139, 'payments.charge:2', 8, 'settled', 'open', 'paid', NULL, '2026-09-07 18:00:00', '', '{"payment": "pi_fa8f0ddd39f0ca8839dae30e"}'),
(140, 'renewals.application:2', 8, 'paid', 'submitted', 'in_review', NULL, '2026-09-07 18:00:00', '', '{}'),
(141, 'renewals.application:2', 8, 'approved', 'in_review', 'approved', NULL, '2026-09-07 18:00:00', '', '{}'),
(142, 'trainers.cycle:19', 8, 'cycle_opened', '', '', NULL, '2026-09-07 18:00:00', '', '{"expires_on": "2028-10-02", "starts_on": "2026-10-03"}'),
(143, 'audits.drawperiod:8', NULL, 'announced', '', 'announced', NULL, '2027-01-01 17:00:00', '', '{}'),
(144, 'audits.drawperiod:8', NULL, 'opened', 'announced', 'open', NULL, '2027-01-01 17:00:00', '', '{}'),
(145, 'ceus.ceurecord:11', 7, 'logged', '', 'pending', 7, '2025-09-10 17:00:00', '', '{}'),
(146, 'documents.document:13', 7, 'stored', '', '', 7, '2025-09-10 17:00:00', '', '{}'),
(147, 'ceus.ceurecord:11', 7, 'file added', '', '', 7, '2025-09-10 17:00:00', '', '{"document": 13, "part": "certificate"}'),
(148, 'ceus.ceurecord:11', 7, 'accepted', 'pending', 'accepted', 7, '2025-09-10 17:00:00', '', '{}'),
(149, 'ceus.ceurecord:12', 7, 'logged', '', 'pending', 7, '2026-01-18 17:00:00', '', '{}'),
(150, 'documents.document:14', 7, 'stored', '', '', 7, '2026-01-18 17:00:00', '', '{}'),
(151, 'ceus.ceurecord:12', 7, 'file added', '', '', 7, '2026-01-18 17:00:00', '', '{"document": 14, "part": "certificate"}'),
(152, 'ceus.ceurecord:12', 7, 'accepted', 'pending', 'accepted', 7, '2026-01-18 17:00:00', '', '{}'),
(153, 'ceus.ceurecord:13', 7, 'logged', '', 'pending', 7, '2026-05-28 17:00:00', '', '{}'),
(154, 'documents.document:15', 7, 'stored', '', '', 7, '2026-05-28 17:00:00', '', '{}'),
(155, 'ceus.ceurecord:13', 7, 'file added', '', '', 7, '2026-05-28 17:00:00', '', '{"document": 15, "part": "certificate"}'),
(156, 'ceus.ceurecord:13', 7, 'accepted', 'pending', 'accepted', 7, '2026-05-28 17:00:00', '', '{}'),
(157, 'ceus.ceurecord:14', 7, 'logged', '', 'pending', 7, '2026-10-05 17:00:00', '', '{}'),
(158, 'documents.document:16', 7, 'stored', '', '', 7, '2026-10-05 17:00:00', '', '{}'),
(159, 'ceus.ceurecord:14', 7, 'file added', '', '', 7, '2026-10-05 17:00:00', '', '{"document": 16, "part": "certificate"}'),
(160, 'ceus.ceurecord:14', 7, 'accepted', 'pending', 'accepted', 7, '2026-10-05 17:00:00', '', '{}'),
(161, 'ceus.ceurecord:15', 7, 'logged', '', 'pending', 7, '2025-12-13 17:00:00', '', '{}'),
(162, 'documents.document:17', 7, 'stored', '', '', 7, '2025-12-13 17:00:00', '', '{}'),
(163, 'ceus.ceurecord:15', 7, 'file added', '', '', 7, '2025-12-13 17:00:00', '', '{"document": 17, "part": "card_front"}'),
(164, 'documents.document:18', 7, 'stored', '', '', 7, '2025-12-13 17:00:00', '', '{}'),
(165, 'ceus.ceurecord:15', 7, 'file added', '', '', 7, '2025-12-13 17:00:00', '', '{"document": 18, "part": "card_back"}'),
(166, 'ceus.ceurecord:15', 7, 'accepted', 'pending', 'accepted', 7, '2025-12-13 17:00:00', '', '{}'),
(167, 'ceus.ceurecord:16', 10, 'logged', '', 'pending', 10, '2025-08-17 17:00:00', '', '{}'),
(168, 'documents.document:19', 10, 'stored', '', '', 10, '2025-08-17 17:00:00', '', '{}'),
(169, 'ceus.ceurecord:16', 10, 'file added', '', '', 10, '2025-08-17 17:00:00', '', '{"document": 19, "part": "certificate"}'),
(170, 'ceus.ceurecord:16', 10, 'accepted', 'pending', 'accepted', 10, '2025-08-17 17:00:00', '', '{}'),
(171, 'ceus.ceurecord:17', 10, 'logged', '', 'pending', 10, '2025-12-27 17:00:00', '', '{}'),
(172, 'documents.document:20', 10, 'stored', '', '', 10, '2025-12-27 17:00:00', '', '{}'),
(173, 'ceus.ceurecord:17', 10, 'file added', '', '', 10, '2025-12-27 17:00:00', '', '{"document": 20, "part": "certificate"}'),
(174, 'ceus.ceurecord:17', 10, 'accepted', 'pending', 'accepted', 10, '2025-12-27 17:00:00', '', '{}'),
(175, 'ceus.ceurecord:18', 10, 'logged', '', 'pending', 10, '2026-05-08 17:00:00', '', '{}'),
(176, 'documents.document:21', 10, 'stored', '', '', 10, '2026-05-08 17:00:00', '', '{}'),
(177, 'ceus.ceurecord:18', 10, 'file added', '', '', 10, '2026-05-08 17:00:00', '', '{"document": 21, "part": "certificate"}'),
(178, 'ceus.ceurecord:18', 10, 'accepted', 'pending', 'accepted', 10, '2026-05-08 17:00:00', '', '{}'),
(179, 'ceus.ceurecord:19', 10, 'logged', '', 'pending', 10, '2026-09-17 17:00:00', '', '{}'),
(180, 'documents.document:22', 10, 'stored', '', '', 10, '2026-09-17 17:00:00', '', '{}'),
(181, 'ceus.ceurecord:19', 10, 'file added', '', '', 10, '2026-09-17 17:00:00', '', '{"document": 22, "part": "certificate"}'),
(182, 'ceus.ceurecord:19', 10, 'accepted', 'pending', 'accepted', 10, '2026-09-17 17:00:00', '', '{}'),
(183, 'ceus.ceurecord:20', 10, 'logged', '', 'pending', 10, '2025-12-13 17:00:00', '', '{}'),
(184, 'documents.document:23', 10, 'stored', '', '', 10, '2025-12-13 17:00:00', '', '{}'),
(185, 'ceus.ceurecord:20', 10, 'file added', '', '', 10, '2025-12-13 17:00:00', '', '{"document": 23, "part": "card_front"}'),
(186, 'documents.document:24', 10, 'stored', '', '', 10, '2025-12-13 17:00:00', '', '{}'),
(187, 'ceus.ceurecord:20', 10, 'file added', '', '', 10, '2025-12-13 17:00:00', '', '{"document": 24, "part": "card_back"}'),
(188, 'ceus.ceurecord:20', 10, 'accepted', 'pending', 'accepted', 10, '2025-12-13 17:00:00', '', '{}'),
(189, 'renewals.application:3', 10, 'started', '', 'draft', 10, '2027-02-14 17:00:00', '', '{}'),
(190, 'payments.charge:3', 10, 'raised', '', 'open', 10, '2027-02-14 17:00:00', '', '{}'),
(191, 'trainers.cycle:4', 10, 'records claimed', '', '', 10, '2027-02-14 17:00:00', '', '{"records": [16, 17, 18, 19, 20]}'),
(192, 'renewals.application:3', 10, 'submitted', 'draft', 'submitted', 10, '2027-02-14 17:00:00', '', '{"records": 5, "tier": "on_time", "total_cents": 9900}'),
(193, 'payments.checkoutsession:3', 10, 'opening', '', 'opening', 10, '2027-02-14 18:00:00', '', '{}'),
(194, 'payments.checkoutsession:3', 10, 'open', 'opening', 'open', NULL, '2027-02-14 18:00:00', '', '{}'),
(195, 'payments.checkoutsession:3', 10, 'confirming', 'open', 'confirming', NULL, '2027-02-14 18:00:00', '', '{}'),
(196, 'ceus.ceurecord:21', 11, 'logged', '', 'pending', 11, '2025-08-27 17:00:00', '', '{}'),
(197, 'documents.document:25', 11, 'stored', '', '', 11, '2025-08-27 17:00:00', '', '{}'),
(198, 'ceus.ceurecord:21', 11, 'file added', '', '', 11, '2025-08-27 17:00:00', '', '{"document": 25, "part": "certificate"}'),
(199, 'ceus.ceurecord:21', 11, 'accepted', 'pending', 'accepted', 11, '2025-08-27 17:00:00', '', '{}'),
(200, 'ceus.ceurecord:22', 11, 'logged', '', 'pending', 11, '2026-01-01 17:00:00', '', '{}'),
(201, 'documents.document:26', 11, 'stored', '', '', 11, '2026-01-01 17:00:00', '', '{}'),
(202, 'ceus.ceurecord:22', 11, 'file added', '', '', 11, '2026-01-01 17:00:00', '', '{"document": 26, "part": "certificate"}'),
(203, 'ceus.ceurecord:22', 11, 'accepted', 'pending', 'accepted', 11, '2026-01-01 17:00:00', '', '{}'),
(204, 'ceus.ceurecord:23', 11, 'logged', '', 'pending', 11, '2026-05-08 17:00:00', '', '{}'),
(205, 'documents.document:27', 11, 'stored', '', '', 11, '2026-05-08 17:00:00', '', '{}'),
(206, 'ceus.ceurecord:23', 11, 'file added', '', '', 11, '2026-05-08 17:00:00', '', '{"document": 27, "part": "certificate"}'),
(207, 'ceus.ceurecord:23', 11, 'accepted', 'pending', 'accepted', 11, '2026-05-08 17:00:00', '', '{}'),
(208, 'ceus.ceurecord:24', 11, 'logged', '', 'pending', 11, '2026-09-12 17:00:00', '', '{}'),
(209, 'documents.document:28', 11, 'stored', '', '', 11, '2026-09-12 17:00:00', '', '{}'),
(210, 'ceus.ceurecord:24', 11, 'file added', '', '', 11, '2026-09-12 17:00:00', '', '{"document": 28, "part": "certificate"}'),
(211, 'ceus.ceurecord:24', 11, 'accepted', 'pending', 'accepted', 11, '2026-09-12 17:00:00', '', '{}'),
(212, 'ceus.ceurecord:25', 11, 'logged', '', 'pending', 11, '2025-12-13 17:00:00', '', '{}'),
(213, 'documents.document:29', 11, 'stored', '', '', 11, '2025-12-13 17:00:00', '', '{}'),
(214, 'ceus.ceurecord:25', 11, 'file added', '', '', 11, '2025-12-13 17:00:00', '', '{"document": 29, "part": "card_front"}'),
(215, 'documents.document:30', 11, 'stored', '', '', 11, '2025-12-13 17:00:00', '', '{}'),
(216, 'ceus.ceurecord:25', 11, 'file added', '', '', 11, '2025-12-13 17:00:00', '', '{"document": 30, "part": "card_back"}'),
(217, 'ceus.ceurecord:25', 11, 'accepted', 'pending', 'accepted', 11, '2025-12-13 17:00:00', '', '{}'),
(218, 'renewals.application:4', 11, 'started', '', 'draft', 11, '2027-02-05 17:00:00', '', '{}'),
(219, 'payments.charge:4', 11, 'raised', '', 'open', 11, '2027-02-05 17:00:00', '', '{}'),
(220, 'trainers.cycle:5', 11, 'records claimed', '', '', 11, '2027-02-05 17:00:00', '', '{"records": [21, 22, 23, 24, 25]}'),
(221, 'renewals.application:4', 11, 'submitted', 'draft', 'submitted', 11, '2027-02-05 17:00:00', '', '{"records": 5, "tier": "on_time", "total_cents": 9900}'),
(222, 'trainers.credential:5', 11, 'suspended', 'in_force', 'suspended', 3, '2027-02-06 17:00:00', 'We could not tell from the card whether it is theirs.', '{"on": "2027-02-06"}'),
(223, 'payments.checkoutsession:4', 11, 'opening', '', 'opening', 11, '2027-02-07 18:00:00', '', '{}'),
(224, 'payments.checkoutsession:4', 11, 'open', 'opening', 'open', NULL, '2027-02-07 18:00:00', '', '{}'),
(225, 'payments.checkoutsession:4', 11, 'complete', 'open', 'complete', NULL, '2027-02-07 18:00:00', '', '{}'),
(226, 'payments.charge:4', 11, 'settled', 'open', 'paid', NULL, '2027-02-07 18:00:00', '', '{"payment": "pi_363ed111ef0edef34cad223d"}'),
(227, 'renewals.application:4', 11, 'paid', 'submitted', 'in_review', NULL, '2027-02-07 18:00:00', '', '{}'),
(228, 'renewals.decision:1', 11, 'decided', '', 'pending', 2, '2027-02-11 17:00:00', '', '{}'),
(229, 'renewals.decision:1', 11, 'released', 'pending', 'released', 2, '2027-02-11 17:10:00', '', '{}'),
(230, 'renewals.application:4', 11, 'returned', 'in_review', 'returned', 2, '2027-02-11 17:10:00', 'We cannot read the name on your CPR and AED card. Add a clearer picture.', '{}'),
(231, 'trainers.credential:5', 11, 'reinstated', 'suspended', 'in_force', 3, '2027-02-12 17:00:00', 'They have shown us who they are.', '{"on": "2027-02-12"}'),
(232, 'trainers.cycle:5', 11, 'records released', '', '', 11, '2027-02-14 17:00:00', '', '{"records": [21, 22, 23, 24, 25]}'),
(233, 'trainers.cycle:5', 11, 'records claimed', '', '', 11, '2027-02-14 17:00:00', '', '{"records": [21, 22, 23, 24, 25]}'),
(234, 'renewals.application:4', 11, 'corrected', 'returned', 'in_review', 11, '2027-02-14 17:00:00', '', '{}'),
(235, 'ceus.ceurecord:26', 12, 'logged', '', 'pending', 12, '2025-09-08 17:00:00', '', '{}'),
(236, 'documents.document:31', 12, 'stored', '', '', 12, '2025-09-08 17:00:00', '', '{}'),
(237, 'ceus.ceurecord:26', 12, 'file added', '', '', 12, '2025-09-08 17:00:00', '', '{"document": 31, "part": "certificate"}'),
(238, 'ceus.ceurecord:26', 12, 'accepted', 'pending', 'accepted', 12, '2025-09-08 17:00:00', '', '{}'),
(239, 'ceus.ceurecord:27', 12, 'logged', '', 'pending', 12, '2026-01-10 17:00:00', '', '{}'),
(240, 'documents.document:32', 12, 'stored', '', '', 12, '2026-01-10 17:00:00', '', '{}'),
(241, 'ceus.ceurecord:27', 12, 'file added', '', '', 12, '2026-01-10 17:00:00', '', '{"document": 32, "part": "certificate"}'),
(242, 'ceus.ceurecord:27', 12, 'accepted', 'pending', 'accepted', 12, '2026-01-10 17:00:00', '', '{}'),
(243, 'ceus.ceurecord:28', 12, 'logged', '', 'pending', 12, '2026-05-14 17:00:00', '', '{}'),
(244, 'documents.document:33', 12, 'stored', '', '', 12, '2026-05-14 17:00:00', '', '{}'),
(245, 'ceus.ceurecord:28', 12, 'file added', '', '', 12, '2026-05-14 17:00:00', '', '{"document": 33, "part": "certificate"}'),
(246, 'ceus.ceurecord:28', 12, 'accepted', 'pending', 'accepted', 12, '2026-05-14 17:00:00', '', '{}'),
(247, 'ceus.ceurecord:29', 12, 'logged', '', 'pending', 12, '2026-09-15 17:00:00', '', '{}'),
(248, 'documents.document:34', 12, 'stored', '', '', 12, '2026-09-15 17:00:00', '', '{}'),
(249, 'ceus.ceurecord:29', 12, 'file added', '', '', 12, '2026-09-15 17:00:00', '', '{"document": 34, "part": "certificate"}'),
(250, 'ceus.ceurecord:29', 12, 'accepted', 'pending', 'accepted', 12, '2026-09-15 17:00:00', '', '{}'),
(251, 'ceus.ceurecord:30', 12, 'logged', '', 'pending', 12, '2025-12-13 17:00:00', '', '{}'),
(252, 'documents.document:35', 12, 'stored', '', '', 12, '2025-12-13 17:00:00', '', '{}'),
(253, 'ceus.ceurecord:30', 12, 'file added', '', '', 12, '2025-12-13 17:00:00', '', '{"document": 35, "part": "card_front"}'),
(254, 'documents.document:36', 12, 'stored', '', '', 12, '2025-12-13 17:00:00', '', '{}'),
(255, 'ceus.ceurecord:30', 12, 'file added', '', '', 12, '2025-12-13 17:00:00', '', '{"document": 36, "part": "card_back"}'),
(256, 'ceus.ceurecord:30', 12, 'accepted', 'pending', 'accepted', 12, '2025-12-13 17:00:00', '', '{}'),
(257, 'renewals.application:5', 12, 'started', '', 'draft', 12, '2027-02-05 17:00:00', '', '{}'),
(258, 'payments.charge:5', 12, 'raised', '', 'open', 12, '2027-02-05 17:00:00', '', '{}'),
(259, 'trainers.cycle:6', 12, 'records claimed', '', '', 12, '2027-02-05 17:00:00', '', '{"records": [26, 27, 28, 29, 30]}'),
(260, 'renewals.application:5', 12, 'submitted', 'draft', 'submitted', 12, '2027-02-05 17:00:00', '', '{"records": 5, "tier": "on_time", "total_cents": 9900}'),
(261, 'trainers.credential:6', 12, 'suspended', 'in_force', 'suspended', 3, '2027-02-06 17:00:00', 'We could not tell from the card whether it is theirs.', '{"on": "2027-02-06"}'),
(262, 'payments.checkoutsession:5', 12, 'opening', '', 'opening', 12, '2027-02-07 18:00:00', '', '{}'),
(263, 'payments.checkoutsession:5', 12, 'open', 'opening', 'open', NULL, '2027-02-07 18:00:00', '', '{}'),
(264, 'payments.checkoutsession:5', 12, 'complete', 'open', 'complete', NULL, '2027-02-07 18:00:00', '', '{}'),
(265, 'payments.charge:5', 12, 'settled', 'open', 'paid', NULL, '2027-02-07 18:00:00', '', '{"payment": "pi_a9cadbc80272425f4beb321a"}'),
(266, 'renewals.application:5', 12, 'paid', 'submitted', 'in_review', NULL, '2027-02-07 18:00:00', '', '{}'),
(267, 'renewals.decision:2', 12, 'decided', '', 'pending', 2, '2027-02-11 17:00:00', '', '{}'),
(268, 'renewals.decision:2', 12, 'released', 'pending', 'released', 2, '2027-02-11 17:10:00', '', '{}'),
(269, 'renewals.application:5', 12, 'denied', 'in_review', 'denied', 2, '2027-02-11 17:10:00', 'The card on file belongs to another person.', '{}'),
(270, 'trainers.cycle:6', 12, 'records released', '', '', 2, '2027-02-11 17:10:00', '', '{"records": [26, 27, 28, 29, 30]}'),
(271, 'trainers.credential:6', 12, 'reinstated', 'suspended', 'in_force', 3, '2027-02-12 17:00:00', 'They have shown us who they are.', '{"on": "2027-02-12"}'),
(272, 'ceus.ceurecord:31', 9, 'logged', '', 'pending', 9, '2025-08-01 17:00:00', '', '{}'),
(273, 'documents.document:37', 9, 'stored', '', '', 9, '2025-08-01 17:00:00', '', '{}'),
(274, 'ceus.ceurecord:31', 9, 'file added', '', '', 9, '2025-08-01 17:00:00', '', '{"document": 37, "part": "certificate"}'),
(275, 'ceus.ceurecord:31', 9, 'accepted', 'pending', 'accepted', 9, '2025-08-01 17:00:00', '', '{}'),
(276, 'ceus.ceurecord:32', 9, 'logged', '', 'pending', 9, '2025-12-15 17:00:00', '', '{}'),
(277, 'documents.document:38', 9, 'stored', '', '', 9, '2025-12-15 17:00:00', '', '{}'),
(278, 'ceus.ceurecord:32', 9, 'file added', '', '', 9, '2025-12-15 17:00:00', '', '{"document": 38, "part": "certificate"}'),
(279, 'ceus.ceurecord:32', 9, 'accepted', 'pending', 'accepted', 9, '2025-12-15 17:00:00', '', '{}'),
(280, 'ceus.ceurecord:33', 9, 'logged', '', 'pending', 9, '2026-04-30 17:00:00', '', '{}'),
(281, 'documents.document:39', 9, 'stored', '', '', 9, '2026-04-30 17:00:00', '', '{}'),
(282, 'ceus.ceurecord:33', 9, 'file added', '', '', 9, '2026-04-30 17:00:00', '', '{"document": 39, "part": "certificate"}'),
(283, 'ceus.ceurecord:33', 9, 'accepted', 'pending', 'accepted', 9, '2026-04-30 17:00:00', '', '{}'),
(284, 'ceus.ceurecord:34', 9, 'logged', '', 'pending', 9, '2026-09-13 17:00:00', '', '{}'),
(285, 'documents.document:40', 9, 'stored', '', '', 9, '2026-09-13 17:00:00', '', '{}'),
(286, 'ceus.ceurecord:34', 9, 'file added', '', '', 9, '2026-09-13 17:00:00', '', '{"document": 40, "part": "certificate"}'),
(287, 'ceus.ceurecord:34', 9, 'accepted', 'pending', 'accepted', 9, '2026-09-13 17:00:00', '', '{}'),
(288, 'ceus.ceurecord:35', 9, 'logged', '', 'pending', 9, '2025-12-13 17:00:00', '', '{}'),
(289, 'documents.document:41', 9, 'stored', '', '', 9, '2025-12-13 17:00:00', '', '{}'),
(290, 'ceus.ceurecord:35', 9, 'file added', '', '', 9, '2025-12-13 17:00:00', '', '{"document": 41, "part": "card_front"}'),
(291, 'documents.document:42', 9, 'stored', '', '', 9, '2025-12-13 17:00:00', '', '{}'),
(292, 'ceus.ceurecord:35', 9, 'file added', '', '', 9, '2025-12-13 17:00:00', '', '{"document": 42, "part": "card_back"}'),
(293, 'ceus.ceurecord:35', 9, 'accepted', 'pending', 'accepted', 9, '2025-12-13 17:00:00', '', '{}'),
(294, 'renewals.application:6', 9, 'started', '', 'draft', 9, '2027-02-12 17:00:00', '', '{}'),
(295, 'payments.charge:6', 9, 'raised', '', 'open', 9, '2027-02-12 17:00:00', '', '{}'),
(296, 'trainers.cycle:3', 9, 'records claimed', '', '', 9, '2027-02-12 17:00:00', '', '{"records": [31, 32, 33, 34, 35]}'),
(297, 'renewals.application:6', 9, 'submitted', 'draft', 'submitted', 9, '2027-02-12 17:00:00', '', '{"records": 5, "tier": "on_time", "total_cents": 9900}'),
(298, 'payments.checkoutsession:6', 9, 'opening', '', 'opening', 9, '2027-02-12 18:00:00', '', '{}'),
(299, 'payments.checkoutsession:6', 9, 'open', 'opening', 'open', NULL, '2027-02-12 18:00:00', '', '{}'),
(300, 'payments.checkoutsession:6', 9, 'complete', 'open', 'complete', NULL, '2027-02-12 18:00:00', '', '{}'),
(301, 'payments.charge:6', 9, 'settled', 'open', 'paid', NULL, '2027-02-12 18:00:00', '', '{"payment": "pi_655f2a4a884c096a51548a20"}'),
(302, 'renewals.application:6', 9, 'paid', 'submitted', 'in_review', NULL, '2027-02-12 18:00:00', '', '{}'),
(303, 'renewals.application:6', 9, 'approved', 'in_review', 'approved', NULL, '2027-02-12 18:00:00', '', '{}'),
(304, 'trainers.cycle:20', 9, 'cycle_opened', '', '', NULL, '2027-02-12 18:00:00', '', '{"expires_on": "2029-03-17", "starts_on": "2027-03-18"}'),
(305, 'ceus.ceurecord:36', 16, 'logged', '', 'pending', 16, '2025-09-18 17:00:00', '', '{}'),
(306, 'documents.document:43', 16, 'stored', '', '', 16, '2025-09-18 17:00:00', '', '{}'),
(307, 'ceus.ceurecord:36', 16, 'file added', '', '', 16, '2025-09-18 17:00:00', '', '{"document": 43, "part": "certificate"}'),
(308, 'ceus.ceurecord:36', 16, 'accepted', 'pending', 'accepted', 16, '2025-09-18 17:00:00', '', '{}'),
(309, 'ceus.ceurecord:37', 16, 'logged', '', 'pending', 16, '2026-01-15 17:00:00', '', '{}'),
(310, 'documents.document:44', 16, 'stored', '', '', 16, '2026-01-15 17:00:00', '', '{}'),
(311, 'ceus.ceurecord:37', 16, 'file added', '', '', 16, '2026-01-15 17:00:00', '', '{"document": 44, "part": "certificate"}'),
(312, 'ceus.ceurecord:37', 16, 'accepted', 'pending', 'accepted', 16, '2026-01-15 17:00:00', '', '{}'),
(313, 'ceus.ceurecord:38', 16, 'logged', '', 'pending', 16, '2026-05-14 17:00:00', '', '{}'),
(314, 'documents.document:45', 16, 'stored', '', '', 16, '2026-05-14 17:00:00', '', '{}'),
(315, 'ceus.ceurecord:38', 16, 'file added', '', '', 16, '2026-05-14 17:00:00', '', '{"document": 45, "part": "certificate"}'),
(316, 'ceus.ceurecord:38', 16, 'accepted', 'pending', 'accepted', 16, '2026-05-14 17:00:00', '', '{}'),
(317, 'ceus.ceurecord:39', 16, 'logged', '', 'pending', 16, '2026-09-10 17:00:00', '', '{}'),
(318, 'documents.document:46', 16, 'stored', '', '', 16, '2026-09-10 17:00:00', '', '{}'),
(319, 'ceus.ceurecord:39', 16, 'file added', '', '', 16, '2026-09-10 17:00:00', '', '{"document": 46, "part": "certificate"}'),
(320, 'ceus.ceurecord:39', 16, 'accepted', 'pending', 'accepted', 16, '2026-09-10 17:00:00', '', '{}'),
(321, 'ceus.ceurecord:40', 16, 'logged', '', 'pending', 16, '2025-12-13 17:00:00', '', '{}'),
(322, 'documents.document:47', 16, 'stored', '', '', 16, '2025-12-13 17:00:00', '', '{}'),
(323, 'ceus.ceurecord:40', 16, 'file added', '', '', 16, '2025-12-13 17:00:00', '', '{"document": 47, "part": "card_front"}'),
(324, 'documents.document:48', 16, 'stored', '', '', 16, '2025-12-13 17:00:00', '', '{}'),
(325, 'ceus.ceurecord:40', 16, 'file added', '', '', 16, '2025-12-13 17:00:00', '', '{"document": 48, "part": "card_back"}'),
(326, 'ceus.ceurecord:40', 16, 'accepted', 'pending', 'accepted', 16, '2025-12-13 17:00:00', '', '{}'),
(327, 'renewals.application:7', 16, 'started', '', 'draft', 16, '2027-02-01 17:00:00', '', '{}'),
(328, 'payments.charge:7', 16, 'raised', '', 'open', 16, '2027-02-01 17:00:00', '', '{}'),
(329, 'trainers.cycle:10', 16, 'records claimed', '', '', 16, '2027-02-01 17:00:00', '', '{"records": [36, 37, 38, 39, 40]}'),
(330, 'renewals.application:7', 16, 'submitted', 'draft', 'submitted', 16, '2027-02-01 17:00:00', '', '{"records": 5, "tier": "on_time", "total_cents": 9900}'),
(331, 'payments.checkoutsession:7', 16, 'opening', '', 'opening', 16, '2027-02-07 17:00:00', '', '{}'),
(332, 'payments.checkoutsession:7', 16, 'open', 'opening', 'open', NULL, '2027-02-07 17:00:00', '', '{}'),
(333, 'payments.checkoutsession:7', 16, 'confirming', 'open', 'confirming', NULL, '2027-02-07 17:00:00', '', '{}'),
(334, 'renewals.application:7', 16, 'lapsed', 'submitted', 'lapsed', NULL, '2027-02-09 18:00:00', '', '{}'),
(335, 'trainers.cycle:10', 16, 'records released', '', '', NULL, '2027-02-09 18:00:00', '', '{"records": [36, 37, 38, 39, 40]}'),
(336, 'payments.charge:7', 16, 'voided', 'open', 'void', NULL, '2027-02-09 18:00:00', 'The time to pay ended.', '{}'),
(337, 'payments.checkoutsession:7', 16, 'complete', 'confirming', 'complete', NULL, '2027-02-10 17:00:00', '', '{}'),
(338, 'payments.refund:1', 16, 'requested', '', 'requested', NULL, '2027-02-10 17:00:00', 'Paid for what was not due any more', '{}'),
(339, 'payments.refund:1', 16, 'returned', 'requested', 'returned', NULL, '2027-02-10 18:00:00', '', '{}'),
(340, 'ceus.ceurecord:41', 13, 'logged', '', 'pending', 13, '2025-09-08 17:00:00', '', '{}'),
(341, 'documents.document:49', 13, 'stored', '', '', 13, '2025-09-08 17:00:00', '', '{}'),
(342, 'ceus.ceurecord:41', 13, 'file added', '', '', 13, '2025-09-08 17:00:00', '', '{"document": 49, "part": "certificate"}'),
(343, 'ceus.ceurecord:41', 13, 'accepted', 'pending', 'accepted', 13, '2025-09-08 17:00:00', '', '{}'),
(344, 'ceus.ceurecord:42', 13, 'logged', '', 'pending', 13, '2026-01-10 17:00:00', '', '{}'),
(345, 'documents.document:50', 13, 'stored', '', '', 13, '2026-01-10 17:00:00', '', '{}'),
(346, 'ceus.ceurecord:42', 13, 'file added', '', '', 13, '2026-01-10 17:00:00', '', '{"document": 50, "part": "certificate"}'),
(347, 'ceus.ceurecord:42', 13, 'accepted', 'pending', 'accepted', 13, '2026-01-10 17:00:00', '', '{}'),
(348, 'ceus.ceurecord:43', 13, 'logged', '', 'pending', 13, '2026-05-14 17:00:00', '', '{}'),
(349, 'documents.document:51', 13, 'stored', '', '', 13, '2026-05-14 17:00:00', '', '{}'),
(350, 'ceus.ceurecord:43', 13, 'file added', '', '', 13, '2026-05-14 17:00:00', '', '{"document": 51, "part": "certificate"}'),
(351, 'ceus.ceurecord:43', 13, 'accepted', 'pending', 'accepted', 13, '2026-05-14 17:00:00', '', '{}'),
(352, 'ceus.ceurecord:44', 13, 'logged', '', 'pending', 13, '2026-09-15 17:00:00', '', '{}'),
(353, 'documents.document:52', 13, 'stored', '', '', 13, '2026-09-15 17:00:00', '', '{}'),
(354, 'ceus.ceurecord:44', 13, 'file added', '', '', 13, '2026-09-15 17:00:00', '', '{"document": 52, "part": "certificate"}'),
(355, 'ceus.ceurecord:44', 13, 'accepted', 'pending', 'accepted', 13, '2026-09-15 17:00:00', '', '{}'),
(356, 'ceus.ceurecord:45', 13, 'logged', '', 'pending', 13, '2025-12-13 17:00:00', '', '{}'),
(357, 'documents.document:53', 13, 'stored', '', '', 13, '2025-12-13 17:00:00', '', '{}'),
(358, 'ceus.ceurecord:45', 13, 'file added', '', '', 13, '2025-12-13 17:00:00', '', '{"document": 53, "part": "card_front"}'),
(359, 'documents.document:54', 13, 'stored', '', '', 13, '2025-12-13 17:00:00', '', '{}'),
(360, 'ceus.ceurecord:45', 13, 'file added', '', '', 13, '2025-12-13 17:00:00', '', '{"document": 54, "part": "card_back"}'),
(361, 'ceus.ceurecord:45', 13, 'accepted', 'pending', 'accepted', 13, '2025-12-13 17:00:00', '', '{}'),
(362, 'renewals.application:8', 13, 'started', '', 'draft', 13, '2027-01-31 17:00:00', '', '{}'),
(363, 'payments.charge:8', 13, 'raised', '', 'open', 13, '2027-01-31 17:00:00', '', '{}'),
(364, 'trainers.cycle:7', 13, 'records claimed', '', '', 13, '2027-01-31 17:00:00', '', '{"records": [41, 42, 43, 44, 45]}'),
(365, 'renewals.application:8', 13, 'submitted', 'draft', 'submitted', 13, '2027-01-31 17:00:00', '', '{"records": 5, "tier": "on_time", "total_cents": 9900}'),
(366, 'payments.checkoutsession:8', 13, 'opening', '', 'opening', 13, '2027-01-31 18:00:00', '', '{}'),
(367, 'payments.checkoutsession:8', 13, 'open', 'opening', 'open', NULL, '2027-01-31 18:00:00', '', '{}'),
(368, 'payments.checkoutsession:8', 13, 'complete', 'open', 'complete', NULL, '2027-01-31 18:00:00', '', '{}'),
(369, 'payments.charge:8', 13, 'settled', 'open', 'paid', NULL, '2027-01-31 18:00:00', '', '{"payment": "pi_1c453747ec59c76729834a0e"}'),
(370, 'renewals.application:8', 13, 'paid', 'submitted', 'in_review', NULL, '2027-01-31 18:00:00', '', '{}'),
(371, 'audits.audit:1', 13, 'opened', '', 'open', NULL, '2027-01-31 18:00:00', '', '{}'),
(372, 'audits.audit:1', 13, 'time began', '', '', NULL, '2027-01-31 20:00:00', '', '{"due_on": "2027-03-02", "notified_on": "2027-01-31"}'),
(373, 'audits.audit:1', 13, 'sent', 'open', 'sent', 13, '2027-02-02 17:00:00', '', '{}'),
(374, 'audits.audit:1', 13, 'document to be replaced', '', '', 2, '2027-02-10 17:00:00', 'The picture is cut off, so we cannot read the date.', '{"record": 41}'),
(375, 'audits.audit:1', 13, 'document accepted', '', '', 2, '2027-02-10 17:00:00', '', '{"record": 45}'),
(376, 'audits.audit:1', 13, 'document accepted', '', '', 2, '2027-02-10 17:00:00', '', '{"record": 42}'),
(377, 'audits.audit:1', 13, 'document accepted', '', '', 2, '2027-02-10 17:00:00', '', '{"record": 43}'),
(378, 'audits.audit:1', 13, 'document accepted', '', '', 2, '2027-02-10 17:00:00', '', '{"record": 44}'),
(379, 'audits.audit:1', 13, 'returned', 'sent', 'replace', 2, '2027-02-10 17:00:00', '', '{"records": ["Pilates Mat Basics"]}'),
(380, 'ceus.ceurecord:46', 14, 'logged', '', 'pending', 14, '2025-09-10 17:00:00', '', '{}'),
(381, 'documents.document:55', 14, 'stored', '', '', 14, '2025-09-10 17:00:00', '', '{}'),
(382, 'ceus.ceurecord:46', 14, 'file added', '', '', 14, '2025-09-10 17:00:00', '', '{"document": 55, "part": "certificate"}'),
(383, 'ceus.ceurecord:46', 14, 'accepted', 'pending', 'accepted', 14, '2025-09-10 17:00:00', '', '{}'),
(384, 'ceus.ceurecord:47', 14, 'logged', '', 'pending', 14, '2026-01-09 17:00:00', '', '{}'),
(385, 'documents.document:56', 14, 'stored', '', '', 14, '2026-01-09 17:00:00', '', '{}'),
(386, 'ceus.ceurecord:47', 14, 'file added', '', '', 14, '2026-01-09 17:00:00', '', '{"document": 56, "part": "certificate"}'),
(387, 'ceus.ceurecord:47', 14, 'accepted', 'pending', 'accepted', 14, '2026-01-09 17:00:00', '', '{}'),
(388, 'ceus.ceurecord:48', 14, 'logged', '', 'pending', 14, '2026-05-10 17:00:00', '', '{}'),
(389, 'documents.document:57', 14, 'stored', '', '', 14, '2026-05-10 17:00:00', '', '{}'),
(390, 'ceus.ceurecord:48', 14, 'file added', '', '', 14, '2026-05-10 17:00:00', '', '{"document": 57, "part": "certificate"}'),
(391, 'ceus.ceurecord:48', 14, 'accepted', 'pending', 'accepted', 14, '2026-05-10 17:00:00', '', '{}'),
(392, 'ceus.ceurecord:49', 14, 'logged', '', 'pending', 14, '2026-09-08 17:00:00', '', '{}'),
(393, 'documents.document:58', 14, 'stored', '', '', 14, '2026-09-08 17:00:00', '', '{}'),
(394, 'ceus.ceurecord:49', 14, 'file added', '', '', 14, '2026-09-08 17:00:00', '', '{"document": 58, "part": "certificate"}'),
(395, 'ceus.ceurecord:49', 14, 'accepted', 'pending', 'accepted', 14, '2026-09-08 17:00:00', '', '{}'),
(396, 'ceus.ceurecord:50', 14, 'logged', '', 'pending', 14, '2025-12-13 17:00:00', '', '{}'),
(397, 'documents.document:59', 14, 'stored', '', '', 14, '2025-12-13 17:00:00', '', '{}'),
(398, 'ceus.ceurecord:50', 14, 'file added', '', '', 14, '2025-12-13 17:00:00', '', '{"document": 59, "part": "card_front"}'),
(399, 'documents.document:60', 14, 'stored', '', '', 14, '2025-12-13 17:00:00', '', '{}'),
(400, 'ceus.ceurecord:50', 14, 'file added', '', '', 14, '2025-12-13 17:00:00', '', '{"document": 60, "part": "card_back"}'),
(401, 'ceus.ceurecord:50', 14, 'accepted', 'pending', 'accepted', 14, '2025-12-13 17:00:00', '', '{}'),
(402, 'renewals.application:9', 14, 'started', '', 'draft', 14, '2027-01-26 17:00:00', '', '{}'),
(403, 'payments.charge:9', 14, 'raised', '', 'open', 14, '2027-01-26 17:00:00', '', '{}'),
(404, 'trainers.cycle:8', 14, 'records claimed', '', '', 14, '2027-01-26 17:00:00', '', '{"records": [46, 47, 48, 49, 50]}'),
(405, 'renewals.application:9', 14, 'submitted', 'draft', 'submitted', 14, '2027-01-26 17:00:00', '', '{"records": 5, "tier": "on_time", "total_cents": 9900}'),
(406, 'audits.audit:2', 14, 'proposed', '', 'proposed', 3, '2027-01-26 18:00:00', 'A club told us of a copied card.', '{}'),
(407, 'audits.audit:2', 14, 'agreed', '', '', 1, '2027-01-26 19:00:00', '', '{}'),
(408, 'payments.checkoutsession:9', 14, 'opening', '', 'opening', 14, '2027-01-27 18:00:00', '', '{}'),
(409, 'payments.checkoutsession:9', 14, 'open', 'opening', 'open', NULL, '2027-01-27 18:00:00', '', '{}'),
(410, 'payments.checkoutsession:9', 14, 'complete', 'open', 'complete', NULL, '2027-01-27 18:00:00', '', '{}'),
(411, 'payments.charge:9', 14, 'settled', 'open', 'paid', NULL, '2027-01-27 18:00:00', '', '{"payment": "pi_fc9cf684d5b35bccdd4af58f"}'),
(412, 'renewals.application:9', 14, 'paid', 'submitted', 'in_review', NULL, '2027-01-27 18:00:00', '', '{}'),
(413, 'audits.audit:2', 14, 'opened', 'proposed', 'open', NULL, '2027-01-27 18:00:00', '', '{}'),
(414, 'audits.audit:2', 14, 'time began', '', '', NULL, '2027-01-27 20:00:00', '', '{"due_on": "2027-02-26", "notified_on": "2027-01-27"}'),
(415, 'audits.audit:2', 14, 'sent', 'open', 'sent', 14, '2027-01-28 17:00:00', '', '{}'),
(416, 'audits.audit:2', 14, 'document accepted', '', '', 2, '2027-02-06 17:00:00', '', '{"record": 46}'),
(417, 'audits.audit:2', 14, 'document accepted', '', '', 2, '2027-02-06 17:00:00', '', '{"record": 50}'),
(418, 'audits.audit:2', 14, 'document accepted', '', '', 2, '2027-02-06 17:00:00', '', '{"record": 47}'),
(419, 'audits.audit:2', 14, 'document accepted', '', '', 2, '2027-02-06 17:00:00', '', '{"record": 48}'),
(420, 'audits.audit:2', 14, 'document accepted', '', '', 2, '2027-02-06 17:00:00', '', '{"record": 49}'),
(421, 'audits.decision:1', 14, 'decided', '', 'pending', 2, '2027-02-06 17:00:00', '', '{}'),
(422, 'audits.decision:1', 14, 'released', 'pending', 'released', 2, '2027-02-06 17:10:00', '', '{}'),
(423, 'audits.audit:2', 14, 'passed', 'sent', 'passed', 2, '2027-02-06 17:10:00', '', '{}'),
(424, 'renewals.application:9', 14, 'approved', 'in_review', 'approved', NULL, '2027-02-06 17:10:00', '', '{}'),
(425, 'trainers.cycle:21', 14, 'cycle_opened', '', '', NULL, '2027-02-06 17:10:00', '', '{"expires_on": "2029-05-11", "starts_on": "2027-05-12"}'),
(426, 'ceus.ceurecord:51', 15, 'logged', '', 'pending', 15, '2025-09-18 17:00:00', '', '{}'),
(427, 'documents.document:61', 15, 'stored', '', '', 15, '2025-09-18 17:00:00', '', '{}'),
(428, 'ceus.ceurecord:51', 15, 'file added', '', '', 15, '2025-09-18 17:00:00', '', '{"document": 61, "part": "certificate"}'),
(429, 'ceus.ceurecord:51', 15, 'accepted', 'pending', 'accepted', 15, '2025-09-18 17:00:00', '', '{}'),
(430, 'ceus.ceurecord:52', 15, 'logged', '', 'pending', 15, '2026-01-20 17:00:00', '', '{}'),
(431, 'documents.document:62', 15, 'stored', '', '', 15, '2026-01-20 17:00:00', '', '{}'),
(432, 'ceus.ceurecord:52', 15, 'file added', '', '', 15, '2026-01-20 17:00:00', '', '{"document": 62, "part": "certificate"}'),
(433, 'ceus.ceurecord:52', 15, 'accepted', 'pending', 'accepted', 15, '2026-01-20 17:00:00', '', '{}'),
(434, 'ceus.ceurecord:53', 15, 'logged', '', 'pending', 15, '2026-05-24 17:00:00', '', '{}'),
(435, 'documents.document:63', 15, 'stored', '', '', 15, '2026-05-24 17:00:00', '', '{}'),
(436, 'ceus.ceurecord:53', 15, 'file added', '', '', 15, '2026-05-24 17:00:00', '', '{"document": 63, "part": "certificate"}'),
(437, 'ceus.ceurecord:53', 15, 'accepted', 'pending', 'accepted', 15, '2026-05-24 17:00:00', '', '{}'),
(438, 'ceus.ceurecord:54', 15, 'logged', '', 'pending', 15, '2026-09-25 17:00:00', '', '{}'),
(439, 'documents.document:64', 15, 'stored', '', '', 15, '2026-09-25 17:00:00', '', '{}'),
(440, 'ceus.ceurecord:54', 15, 'file added', '', '', 15, '2026-09-25 17:00:00', '', '{"document": 64, "part": "certificate"}'),
(441, 'ceus.ceurecord:54', 15, 'accepted', 'pending', 'accepted', 15, '2026-09-25 17:00:00', '', '{}'),
(442, 'ceus.ceurecord:55', 15, 'logged', '', 'pending', 15, '2025-12-13 17:00:00', '', '{}'),
(443, 'documents.document:65', 15, 'stored', '', '', 15, '2025-12-13 17:00:00', '', '{}'),
(444, 'ceus.ceurecord:55', 15, 'file added', '', '', 15, '2025-12-13 17:00:00', '', '{"document": 65, "part": "card_front"}'),
(445, 'documents.document:66', 15, 'stored', '', '', 15, '2025-12-13 17:00:00', '', '{}'),
(446, 'ceus.ceurecord:55', 15, 'file added', '', '', 15, '2025-12-13 17:00:00', '', '{"document": 66, "part": "card_back"}'),
(447, 'ceus.ceurecord:55', 15, 'accepted', 'pending', 'accepted', 15, '2025-12-13 17:00:00', '', '{}'),
(448, 'renewals.application:10', 15, 'started', '', 'draft', 15, '2027-02-10 17:00:00', '', '{}'),
(449, 'payments.charge:10', 15, 'raised', '', 'open', 15, '2027-02-10 17:00:00', '', '{}'),
(450, 'trainers.cycle:9', 15, 'records claimed', '', '', 15, '2027-02-10 17:00:00', '', '{"records": [51, 52, 53, 54, 55]}'),
(451, 'renewals.application:10', 15, 'submitted', 'draft', 'submitted', 15, '2027-02-10 17:00:00', '', '{"records": 5, "tier": "on_time", "total_cents": 9900}'),
(452, 'audits.audit:3', 15, 'proposed', '', 'proposed', 3, '2027-02-10 18:00:00', 'A club told us of a copied card.', '{}'),
(453, 'audits.audit:3', 15, 'agreed', '', '', 1, '2027-02-10 19:00:00', '', '{}'),
(454, 'payments.checkoutsession:10', 15, 'opening', '', 'opening', 15, '2027-02-11 18:00:00', '', '{}'),
(455, 'payments.checkoutsession:10', 15, 'open', 'opening', 'open', NULL, '2027-02-11 18:00:00', '', '{}'),
(456, 'payments.checkoutsession:10', 15, 'complete', 'open', 'complete', NULL, '2027-02-11 18:00:00', '', '{}'),
(457, 'payments.charge:10', 15, 'settled', 'open', 'paid', NULL, '2027-02-11 18:00:00', '', '{"payment": "pi_b9d09575d19817caa9610d46"}'),
(458, 'renewals.application:10', 15, 'paid', 'submitted', 'in_review', NULL, '2027-02-11 18:00:00', '', '{}'),
(459, 'audits.audit:3', 15, 'opened', 'proposed', 'open', NULL, '2027-02-11 18:00:00', '', '{}'),
(460, 'audits.audit:3', 15, 'time began', '', '', NULL, '2027-02-11 20:00:00', '', '{"due_on": "2027-03-13", "notified_on": "2027-02-11"}'),
(461, 'audits.audit:3', 15, 'asked for more time', '', '', 15, '2027-02-14 17:00:00', 'I am at a sports camp until Friday and cannot reach my papers.', '{}'),
(462, 'ceus.ceurecord:56', 19, 'logged', '', 'pending', 19, '2026-01-08 17:00:00', '', '{}'),
(463, 'documents.document:67', 19, 'stored', '', '', 19, '2026-01-08 17:00:00', '', '{}'),
(464, 'ceus.ceurecord:56', 19, 'file added', '', '', 19, '2026-01-08 17:00:00', '', '{"document": 67, "part": "certificate"}'),
(465, 'ceus.ceurecord:56', 19, 'accepted', 'pending', 'accepted', 19, '2026-01-08 17:00:00', '', '{}'),
(466, 'ceus.ceurecord:57', 19, 'logged', '', 'pending', 19, '2026-03-29 17:00:00', '', '{}'),
(467, 'documents.document:68', 19, 'stored', '', '', 19, '2026-03-29 17:00:00', '', '{}'),
(468, 'ceus.ceurecord:57', 19, 'file added', '', '', 19, '2026-03-29 17:00:00', '', '{"document": 68, "part": "certificate"}'),
(469, 'ceus.ceurecord:57', 19, 'accepted', 'pending', 'accepted', 19, '2026-03-29 17:00:00', '', '{}'),
(470, 'ceus.ceurecord:58', 19, 'logged', '', 'pending', 19, '2026-06-18 17:00:00', '', '{}'),
(471, 'documents.document:69', 19, 'stored', '', '', 19, '2026-06-18 17:00:00', '', '{}'),
(472, 'ceus.ceurecord:58', 19, 'file added', '', '', 19, '2026-06-18 17:00:00', '', '{"document": 69, "part": "certificate"}'),
(473, 'ceus.ceurecord:58', 19, 'accepted', 'pending', 'accepted', 19, '2026-06-18 17:00:00', '', '{}'),
(474, 'ceus.ceurecord:59', 19, 'logged', '', 'pending', 19, '2026-09-06 17:00:00', '', '{}'),
(475, 'documents.document:70', 19, 'stored', '', '', 19, '2026-09-06 17:00:00', '', '{}'),
(476, 'ceus.ceurecord:59', 19, 'file added', '', '', 19, '2026-09-06 17:00:00', '', '{"document": 70, "part": "certificate"}'),
(477, 'ceus.ceurecord:59', 19, 'accepted', 'pending', 'accepted', 19, '2026-09-06 17:00:00', '', '{}'),
(478, 'ceus.ceurecord:60', 19, 'logged', '', 'pending', 19, '2026-11-25 17:00:00', '', '{}'),
(479, 'documents.document:71', 19, 'stored', '', '', 19, '2026-11-25 17:00:00', '', '{}'),
(480, 'ceus.ceurecord:60', 19, 'file added', '', '', 19, '2026-11-25 17:00:00', '', '{"document": 71, "part": "certificate"}'),
(481, 'ceus.ceurecord:60', 19, 'accepted', 'pending', 'accepted', 19, '2026-11-25 17:00:00', '', '{}'),
(482, 'ceus.ceurecord:61', 19, 'logged', '', 'pending', 19, '2025-11-27 17:00:00', '', '{}'),
(483, 'documents.document:72', 19, 'stored', '', '', 19, '2025-11-27 17:00:00', '', '{}'),
(484, 'ceus.ceurecord:61', 19, 'file added', '', '', 19, '2025-11-27 17:00:00', '', '{"document": 72, "part": "card_front"}'),
(485, 'documents.document:73', 19, 'stored', '', '', 19, '2025-11-27 17:00:00', '', '{}'),
(486, 'ceus.ceurecord:61', 19, 'file added', '', '', 19, '2025-11-27 17:00:00', '', '{"document": 73, "part": "card_back"}'),
(487, 'ceus.ceurecord:61', 19, 'accepted', 'pending', 'accepted', 19, '2025-11-27 17:00:00', '', '{}'),
(488, 'ceus.ceurecord:62', 23, 'logged', '', 'pending', 23, '2027-01-13 17:00:00', '', '{}'),
(489, 'documents.document:74', 23, 'stored', '', '', 23, '2027-01-13 17:00:00', '', '{}'),
(490, 'ceus.ceurecord:62', 23, 'file added', '', '', 23, '2027-01-13 17:00:00', '', '{"document": 74, "part": "certificate"}'),
(491, 'ceus.ceurecord:62', 23, 'accepted', 'pending', 'accepted', 23, '2027-01-13 17:00:00', '', '{}'),
(492, 'ceus.ceurecord:63', 23, 'logged', '', 'pending', 23, '2026-12-12 17:00:00', '', '{}'),
(493, 'documents.document:75', 23, 'stored', '', '', 23, '2026-12-12 17:00:00', '', '{}'),
(494, 'ceus.ceurecord:63', 23, 'file added', '', '', 23, '2026-12-12 17:00:00', '', '{"document": 75, "part": "card_front"}'),
(495, 'documents.document:76', 23, 'stored', '', '', 23, '2026-12-12 17:00:00', '', '{}'),
(496, 'ceus.ceurecord:63', 23, 'file added', '', '', 23, '2026-12-12 17:00:00', '', '{"document": 76, "part": "card_back"}'),
(497, 'ceus.ceurecord:63', 23, 'accepted', 'pending', 'accepted', 23, '2026-12-12 17:00:00', '', '{}'),
(498, 'ceus.ceurecord:64', 21, 'logged', '', 'pending', 21, '2026-07-28 17:00:00', '', '{}'),
(499, 'documents.document:77', 21, 'stored', '', '', 21, '2026-07-28 17:00:00', '', '{}'),
(500, 'ceus.ceurecord:64', 21, 'file added', '', '', 21, '2026-07-28 17:00:00', '', '{"document": 77, "part": "certificate"}'),
(501, 'ceus.ceurecord:64', 21, 'accepted', 'pending', 'accepted', 21, '2026-07-28 17:00:00', '', '{}'),
(502, 'ceus.ceurecord:65', 21, 'logged', '', 'pending', 21, '2026-11-05 17:00:00', '', '{}'),
(503, 'documents.document:78', 21, 'stored', '', '', 21, '2026-11-05 17:00:00', '', '{}'),
(504, 'ceus.ceurecord:65', 21, 'file added', '', '', 21, '2026-11-05 17:00:00', '', '{"document": 78, "part": "certificate"}'),
(505, 'ceus.ceurecord:65', 21, 'accepted', 'pending', 'accepted', 21, '2026-11-05 17:00:00', '', '{}'),
(506, 'ceus.ceurecord:66', 21, 'logged', '', 'pending', 21, '2026-07-22 17:00:00', '', '{}'),
(507, 'documents.document:79', 21, 'stored', '', '', 21, '2026-07-22 17:00:00', '', '{}'),
(508, 'ceus.ceurecord:66', 21, 'file added', '', '', 21, '2026-07-22 17:00:00', '', '{"document": 79, "part": "card_front"}'),
(509, 'documents.document:80', 21, 'stored', '', '', 21, '2026-07-22 17:00:00', '', '{}'),
(510, 'ceus.ceurecord:66', 21, 'file added', '', '', 21, '2026-07-22 17:00:00', '', '{"document": 80, "part": "card_back"}'),
(511, 'ceus.ceurecord:66', 21, 'accepted', 'pending', 'accepted', 21, '2026-07-22 17:00:00', '', '{}'),
(512, 'ceus.ceurecord:67', 18, 'logged', '', 'pending', 18, '2026-02-06 17:00:00', '', '{}'),
(513, 'documents.document:81', 18, 'stored', '', '', 18, '2026-02-06 17:00:00', '', '{}'),
(514, 'ceus.ceurecord:67', 18, 'file added', '', '', 18, '2026-02-06 17:00:00', '', '{"document": 81, "part": "certificate"}'),
(515, 'ceus.ceurecord:67', 18, 'accepted', 'pending', 'accepted', 18, '2026-02-06 17:00:00', '', '{}'),
(516, 'ceus.ceurecord:68', 18, 'logged', '', 'pending', 18, '2026-06-10 17:00:00', '', '{}'),
(517, 'documents.document:82', 18, 'stored', '', '', 18, '2026-06-10 17:00:00', '', '{}'),
(518, 'ceus.ceurecord:68', 18, 'file added', '', '', 18, '2026-06-10 17:00:00', '', '{"document": 82, "part": "certificate"}'),
(519, 'ceus.ceurecord:68', 18, 'accepted', 'pending', 'accepted', 18, '2026-06-10 17:00:00', '', '{}'),
(520, 'ceus.ceurecord:69', 18, 'logged', '', 'pending', 18, '2026-10-12 17:00:00', '', '{}'),
(521, 'documents.document:83', 18, 'stored', '', '', 18, '2026-10-12 17:00:00', '', '{}'),
(522, 'ceus.ceurecord:69', 18, 'file added', '', '', 18, '2026-10-12 17:00:00', '', '{"document": 83, "part": "certificate"}'),
(523, 'ceus.ceurecord:69', 18, 'accepted', 'pending', 'accepted', 18, '2026-10-12 17:00:00', '', '{}'),
(524, 'ceus.ceurecord:70', 18, 'logged', '', 'pending', 18, '2025-10-05 17:00:00', '', '{}'),
(525, 'documents.document:84', 18, 'stored', '', '', 18, '2025-10-05 17:00:00', '', '{}'),
(526, 'ceus.ceurecord:70', 18, 'file added', '', '', 18, '2025-10-05 17:00:00', '', '{"document": 84, "part": "card_front"}'),
(527, 'documents.document:85', 18, 'stored', '', '', 18, '2025-10-05 17:00:00', '', '{}'),
(528, 'ceus.ceurecord:70', 18, 'file added', '', '', 18, '2025-10-05 17:00:00', '', '{"document": 85, "part": "card_back"}'),
(529, 'ceus.ceurecord:70', 18, 'accepted', 'pending', 'accepted', 18, '2025-10-05 17:00:00', '', '{}'),
(530, 'ceus.ceurecord:71', 17, 'logged', '', 'pending', 17, '2026-01-11 17:00:00', '', '{}'),
(531, 'documents.document:86', 17, 'stored', '', '', 17, '2026-01-11 17:00:00', '', '{}'),
(532, 'ceus.ceurecord:71', 17, 'file added', '', '', 17, '2026-01-11 17:00:00', '', '{"document": 86, "part": "certificate"}'),
(533, 'ceus.ceurecord:71', 17, 'accepted', 'pending', 'accepted', 17, '2026-01-11 17:00:00', '', '{}'),
(534, 'ceus.ceurecord:72', 17, 'logged', '', 'pending', 17, '2026-05-24 17:00:00', '', '{}'),
(535, 'documents.document:87', 17, 'stored', '', '', 17, '2026-05-24 17:00:00', '', '{}'),
(536, 'ceus.ceurecord:72', 17, 'file added', '', '', 17, '2026-05-24 17:00:00', '', '{"document": 87, "part": "certificate"}'),
(537, 'ceus.ceurecord:72', 17, 'accepted', 'pending', 'accepted', 17, '2026-05-24 17:00:00', '', '{}'),
(538, 'ceus.ceurecord:73', 17, 'logged', '', 'pending', 17, '2026-10-04 17:00:00', '', '{}'),
(539, 'documents.document:88', 17, 'stored', '', '', 17, '2026-10-04 17:00:00', '', '{}'),
(540, 'ceus.ceurecord:73', 17, 'file added', '', '', 17, '2026-10-04 17:00:00', '', '{"document": 88, "part": "certificate"}'),
(541, 'ceus.ceurecord:73', 17, 'accepted', 'pending', 'accepted', 17, '2026-10-04 17:00:00', '', '{}'),
(542, 'ceus.ceurecord:74', 17, 'logged', '', 'pending', 17, '2026-08-02 17:00:00', '', '{}'),
(543, 'documents.document:89', 17, 'stored', '', '', 17, '2026-08-02 17:00:00', '', '{}'),
(544, 'ceus.ceurecord:74', 17, 'file added', '', '', 17, '2026-08-02 17:00:00', '', '{"document": 89, "part": "card_front"}'),
(545, 'documents.document:90', 17, 'stored', '', '', 17, '2026-08-02 17:00:00', '', '{}'),
(546, 'ceus.ceurecord:74', 17, 'file added', '', '', 17, '2026-08-02 17:00:00', '', '{"document": 90, "part": "card_back"}'),
(547, 'ceus.ceurecord:74', 17, 'accepted', 'pending', 'accepted', 17, '2026-08-02 17:00:00', '', '{}'),
(548, 'ceus.ceurecord:75', 22, 'logged', '', 'pending', 22, '2026-11-04 17:00:00', '', '{}'),
(549, 'documents.document:91', 22, 'stored', '', '', 22, '2026-11-04 17:00:00', '', '{}'),
(550, 'ceus.ceurecord:75', 22, 'file added', '', '', 22, '2026-11-04 17:00:00', '', '{"document": 91, "part": "certificate"}'),
(551, 'ceus.ceurecord:75', 22, 'accepted', 'pending', 'accepted', 22, '2026-11-04 17:00:00', '', '{}'),
(552, 'ceus.ceurecord:76', 22, 'logged', '', 'pending', 22, '2026-07-26 17:00:00', '', '{}'),
(553, 'documents.document:92', 22, 'stored', '', '', 22, '2026-07-26 17:00:00', '', '{}'),
(554, 'ceus.ceurecord:76', 22, 'file added', '', '', 22, '2026-07-26 17:00:00', '', '{"document": 92, "part": "card_front"}'),
(555, 'documents.document:93', 22, 'stored', '', '', 22, '2026-07-26 17:00:00', '', '{}'),
(556, 'ceus.ceurecord:76', 22, 'file added', '', '', 22, '2026-07-26 17:00:00', '', '{"document": 93, "part": "card_back"}'),
(557, 'ceus.ceurecord:76', 22, 'accepted', 'pending', 'accepted', 22, '2026-07-26 17:00:00', '', '{}'),
(558, 'ceus.ceurecord:77', 20, 'logged', '', 'pending', 20, '2026-06-11 17:00:00', '', '{}'),
(559, 'documents.document:94', 20, 'stored', '', '', 20, '2026-06-11 17:00:00', '', '{}'),
(560, 'ceus.ceurecord:77', 20, 'file added', '', '', 20, '2026-06-11 17:00:00', '', '{"document": 94, "part": "certificate"}'),
(561, 'ceus.ceurecord:77', 20, 'accepted', 'pending', 'accepted', 20, '2026-06-11 17:00:00', '', '{}'),
(562, 'ceus.ceurecord:78', 20, 'logged', '', 'pending', 20, '2026-10-13 17:00:00', '', '{}'),
(563, 'documents.document:95', 20, 'stored', '', '', 20, '2026-10-13 17:00:00', '', '{}'),
(564, 'ceus.ceurecord:78', 20, 'file added', '', '', 20, '2026-10-13 17:00:00', '', '{"document": 95, "part": "certificate"}'),
(565, 'ceus.ceurecord:78', 20, 'accepted', 'pending', 'accepted', 20, '2026-10-13 17:00:00', '', '{}'),
(566, 'ceus.ceurecord:79', 20, 'logged', '', 'pending', 20, '2026-02-07 17:00:00', '', '{}'),
(567, 'documents.document:96', 20, 'stored', '', '', 20, '2026-02-07 17:00:00', '', '{}'),
(568, 'ceus.ceurecord:79', 20, 'file added', '', '', 20, '2026-02-07 17:00:00', '', '{"document": 96, "part": "card_front"}'),
(569, 'documents.document:97', 20, 'stored', '', '', 20, '2026-02-07 17:00:00', '', '{}'),
(570, 'ceus.ceurecord:79', 20, 'file added', '', '', 20, '2026-02-07 17:00:00', '', '{"document": 97, "part": "card_back"}'),
(571, 'ceus.ceurecord:79', 20, 'accepted', 'pending', 'accepted', 20, '2026-02-07 17:00:00', '', '{}'),
(572, 'ceus.ceurecord:80', 8, 'logged', '', 'pending', 8, '2026-12-09 17:00:00', '', '{}'),
(573, 'documents.document:98', 8, 'stored', '', '', 8, '2026-12-09 17:00:00', '', '{}'),
(574, 'ceus.ceurecord:80', 8, 'file added', '', '', 8, '2026-12-09 17:00:00', '', '{"document": 98, "part": "certificate"}'),
(575, 'ceus.ceurecord:80', 8, 'accepted', 'pending', 'accepted', 8, '2026-12-09 17:00:00', '', '{}'),
(576, 'ceus.ceurecord:81', 8, 'logged', '', 'pending', 8, '2026-10-04 17:00:00', '', '{}'),
(577, 'documents.document:99', 8, 'stored', '', '', 8, '2026-10-04 17:00:00', '', '{}'),
(578, 'ceus.ceurecord:81', 8, 'file added', '', '', 8, '2026-10-04 17:00:00', '', '{"document": 99, "part": "card_front"}'),
(579, 'documents.document:100', 8, 'stored', '', '', 8, '2026-10-04 17:00:00', '', '{}'),
(580, 'ceus.ceurecord:81', 8, 'file added', '', '', 8, '2026-10-04 17:00:00', '', '{"document": 100, "part": "card_back"}'),
(581, 'ceus.ceurecord:81', 8, 'accepted', 'pending', 'accepted', 8, '2026-10-04 17:00:00', '', '{}'),
(582, 'petitions.petition:1', 8, 'started', '', 'draft', 8, '2027-02-14 17:00:00', '', '{}'),
(583, 'documents.document:101', 8, 'stored', '', '', 8, '2027-02-14 17:00:00', '', '{}'),
(584, 'petitions.petition:1', 8, 'file added', '', '', 8, '2027-02-14 17:00:00', '', '{"document": 101, "part": "certificate"}'),
(585, 'documents.document:102', 8, 'stored', '', '', 8, '2027-02-14 17:00:00', '', '{}'),
(586, 'petitions.petition:1', 8, 'file added', '', '', 8, '2027-02-14 17:00:00', '', '{"document": 102, "part": "agenda"}'),
(587, 'payments.charge:11', 8, 'raised', '', 'open', 8, '2027-02-14 17:00:00', '', '{}'),
(588, 'petitions.petition:1', 8, 'agreed', 'draft', 'unpaid', 8, '2027-02-14 17:00:00', '', '{"attestation": "2026-11"}'),
(589, 'petitions.petition:2', 17, 'started', '', 'draft', 17, '2027-02-03 17:00:00', '', '{}'),
(590, 'documents.document:103', 17, 'stored', '', '', 17, '2027-02-03 17:00:00', '', '{}'),
(591, 'petitions.petition:2', 17, 'file added', '', '', 17, '2027-02-03 17:00:00', '', '{"document": 103, "part": "certificate"}'),
(592, 'documents.document:104', 17, 'stored', '', '', 17, '2027-02-03 17:00:00', '', '{}'),
(593, 'petitions.petition:2', 17, 'file added', '', '', 17, '2027-02-03 17:00:00', '', '{"document": 104, "part": "agenda"}'),
(594, 'payments.charge:12', 17, 'raised', '', 'open', 17, '2027-02-03 17:00:00', '', '{}'),
(595, 'petitions.petition:2', 17, 'agreed', 'draft', 'unpaid', 17, '2027-02-03 17:00:00', '', '{"attestation": "2026-11"}'),
(596, 'payments.checkoutsession:11', 17, 'opening', '', 'opening', 17, '2027-02-03 18:00:00', '', '{}'),
(597, 'payments.checkoutsession:11', 17, 'open', 'opening', 'open', NULL, '2027-02-03 18:00:00', '', '{}'),
(598, 'payments.checkoutsession:11', 17, 'complete', 'open', 'complete', NULL, '2027-02-03 18:00:00', '', '{}'),
(599, 'payments.charge:12', 17, 'settled', 'open', 'paid', NULL, '2027-02-03 18:00:00', '', '{"payment": "pi_16419b57dbb19c916a0d7e73"}'),
(600, 'petitions.petition:2', 17, 'paid', 'unpaid', 'submitted', NULL, '2027-02-03 18:00:00', '', '{}'),
(601, 'petitions.petition:3', 18, 'started', '', 'draft', 18, '2027-01-27 17:00:00', '', '{}'),
(602, 'documents.document:105', 18, 'stored', '', '', 18, '2027-01-27 17:00:00', '', '{}'),
(603, 'petitions.petition:3', 18, 'file added', '', '', 18, '2027-01-27 17:00:00', '', '{"document": 105, "part": "certificate"}'),
(604, 'documents.document:106', 18, 'stored', '', '', 18, '2027-01-27 17:00:00', '', '{}'),
(605, 'petitions.petition:3', 18, 'file added', '', '', 18, '2027-01-27 17:00:00', '', '{"document": 106, "part": "agenda"}'),
(606, 'payments.charge:13', 18, 'raised', '', 'open', 18, '2027-01-27 17:00:00', '', '{}'),
(607, 'petitions.petition:3', 18, 'agreed', 'draft', 'unpaid', 18, '2027-01-27 17:00:00', '', '{"attestation": "2026-11"}'),
(608, 'payments.checkoutsession:12', 18, 'opening', '', 'opening', 18, '2027-01-27 18:00:00', '', '{}'),
(609, 'payments.checkoutsession:12', 18, 'open', 'opening', 'open', NULL, '2027-01-27 18:00:00', '', '{}'),
(610, 'payments.checkoutsession:12', 18, 'complete', 'open', 'complete', NULL, '2027-01-27 18:00:00', '', '{}'),
(611, 'payments.charge:13', 18, 'settled', 'open', 'paid', NULL, '2027-01-27 18:00:00', '', '{"payment": "pi_364fd1642374c5a5a1688a84"}'),
(612, 'petitions.petition:3', 18, 'paid', 'unpaid', 'submitted', NULL, '2027-01-27 18:00:00', '', '{}'),
(613, 'petitions.petition:4', 19, 'started', '', 'draft', 19, '2027-02-07 17:00:00', '', '{}'),
(614, 'documents.document:107', 19, 'stored', '', '', 19, '2027-02-07 17:00:00', '', '{}'),
(615, 'petitions.petition:4', 19, 'file added', '', '', 19, '2027-02-07 17:00:00', '', '{"document": 107, "part": "certificate"}'),
(616, 'documents.document:108', 19, 'stored', '', '', 19, '2027-02-07 17:00:00', '', '{}'),
(617, 'petitions.petition:4', 19, 'file added', '', '', 19, '2027-02-07 17:00:00', '', '{"document": 108, "part": "agenda"}'),
(618, 'payments.charge:14', 19, 'raised', '', 'open', 19, '2027-02-07 17:00:00', '', '{}'),
(619, 'petitions.petition:4', 19, 'agreed', 'draft', 'unpaid', 19, '2027-02-07 17:00:00', '', '{"attestation": "2026-11"}'),
(620, 'payments.checkoutsession:13', 19, 'opening', '', 'opening', 19, '2027-02-07 18:00:00', '', '{}'),
(621, 'payments.checkoutsession:13', 19, 'open', 'opening', 'open', NULL, '2027-02-07 18:00:00', '', '{}'),
(622, 'payments.checkoutsession:13', 19, 'complete', 'open', 'complete', NULL, '2027-02-07 18:00:00', '', '{}'),
(623, 'payments.charge:14', 19, 'settled', 'open', 'paid', NULL, '2027-02-07 18:00:00', '', '{"payment": "pi_039f5d765ae344102ced791a"}'),
(624, 'petitions.petition:4', 19, 'paid', 'unpaid', 'submitted', NULL, '2027-02-07 18:00:00', '', '{}'),
(625, 'petitions.petition:4', 19, 'asked', 'submitted', 'question', 2, '2027-02-12 17:00:00', '', '{"question": 1}'),
(626, 'petitions.petition:5', 20, 'started', '', 'draft', 20, '2027-02-06 17:00:00', '', '{}'),
(627, 'documents.document:109', 20, 'stored', '', '', 20, '2027-02-06 17:00:00', '', '{}'),
(628, 'petitions.petition:5', 20, 'file added', '', '', 20, '2027-02-06 17:00:00', '', '{"document": 109, "part": "certificate"}'),
(629, 'documents.document:110', 20, 'stored', '', '', 20, '2027-02-06 17:00:00', '', '{}'),
(630, 'petitions.petition:5', 20, 'file added', '', '', 20, '2027-02-06 17:00:00', '', '{"document": 110, "part": "agenda"}'),
(631, 'payments.charge:15', 20, 'raised', '', 'open', 20, '2027-02-06 17:00:00', '', '{}'),
(632, 'petitions.petition:5', 20, 'agreed', 'draft', 'unpaid', 20, '2027-02-06 17:00:00', '', '{"attestation": "2026-11"}'),
(633, 'payments.checkoutsession:14', 20, 'opening', '', 'opening', 20, '2027-02-06 18:00:00', '', '{}'),
(634, 'payments.checkoutsession:14', 20, 'open', 'opening', 'open', NULL, '2027-02-06 18:00:00', '', '{}'),
(635, 'payments.checkoutsession:14', 20, 'complete', 'open', 'complete', NULL, '2027-02-06 18:00:00', '', '{}'),
(636, 'payments.charge:15', 20, 'settled', 'open', 'paid', NULL, '2027-02-06 18:00:00', '', '{"payment": "pi_95b76bcde33c4320ab61e405"}'),
(637, 'petitions.petition:5', 20, 'paid', 'unpaid', 'submitted', NULL, '2027-02-06 18:00:00', '', '{}'),
(638, 'petitions.petition:5', 20, 'asked', 'submitted', 'question', 2, '2027-02-09 17:00:00', '', '{"question": 2}'),
(639, 'petitions.petition:5', 20, 'answered', 'question', 'answered', 20, '2027-02-13 17:00:00', '', '{"question": 2}'),
(640, 'petitions.petition:6', 21, 'started', '', 'draft', 21, '2027-02-05 17:00:00', '', '{}'),
(641, 'documents.document:111', 21, 'stored', '', '', 21, '2027-02-05 17:00:00', '', '{}'),
(642, 'petitions.petition:6', 21, 'file added', '', '', 21, '2027-02-05 17:00:00', '', '{"document": 111, "part": "certificate"}'),
(643, 'documents.document:112', 21, 'stored', '', '', 21, '2027-02-05 17:00:00', '', '{}'),
(644, 'petitions.petition:6', 21, 'file added', '', '', 21, '2027-02-05 17:00:00', '', '{"document": 112, "part": "agenda"}'),
(645, 'payments.charge:16', 21, 'raised', '', 'open', 21, '2027-02-05 17:00:00', '', '{}'),
(646, 'petitions.petition:6', 21, 'agreed', 'draft', 'unpaid', 21, '2027-02-05 17:00:00', '', '{"attestation": "2026-11"}'),
(647, 'payments.checkoutsession:15', 21, 'opening', '', 'opening', 21, '2027-02-05 18:00:00', '', '{}'),
(648, 'payments.checkoutsession:15', 21, 'open', 'opening', 'open', NULL, '2027-02-05 18:00:00', '', '{}'),
(649, 'payments.checkoutsession:15', 21, 'complete', 'open', 'complete', NULL, '2027-02-05 18:00:00', '', '{}'),
(650, 'payments.charge:16', 21, 'settled', 'open', 'paid', NULL, '2027-02-05 18:00:00', '', '{"payment": "pi_e4ce9cb78c9248e372c97044"}'),
(651, 'petitions.petition:6', 21, 'paid', 'unpaid', 'submitted', NULL, '2027-02-05 18:00:00', '', '{}'),
(652, 'petitions.decision:1', 21, 'decided', '', 'pending', 2, '2027-02-11 17:00:00', '', '{}'),
(653, 'petitions.decision:1', 21, 'released', 'pending', 'released', 2, '2027-02-11 17:10:00', '', '{}'),
(654, 'ceus.ceurecord:82', 21, 'granted', '', 'accepted', 2, '2027-02-11 17:10:00', '', '{}'),
(655, 'petitions.petition:6', 21, 'approved', 'submitted', 'approved', 2, '2027-02-11 17:10:00', 'Your agenda shows three contact hours.', '{"decision": 1, "hundredths": 30, "reason_code": "fewer"}'),
(656, 'petitions.petition:7', 22, 'started', '', 'draft', 22, '2027-02-05 17:00:00', '', '{}'),
(657, 'documents.document:113', 22, 'stored', '', '', 22, '2027-02-05 17:00:00', '', '{}'),
(658, 'petitions.petition:7', 22, 'file added', '', '', 22, '2027-02-05 17:00:00', '', '{"document": 113, "part": "certificate"}'),
(659, 'documents.document:114', 22, 'stored', '', '', 22, '2027-02-05 17:00:00', '', '{}'),
(660, 'petitions.petition:7', 22, 'file added', '', '', 22, '2027-02-05 17:00:00', '', '{"document": 114, "part": "agenda"}'),
(661, 'payments.charge:17', 22, 'raised', '', 'open', 22, '2027-02-05 17:00:00', '', '{}'),
(662, 'petitions.petition:7', 22, 'agreed', 'draft', 'unpaid', 22, '2027-02-05 17:00:00', '', '{"attestation": "2026-11"}'),
(663, 'payments.checkoutsession:16', 22, 'opening', '', 'opening', 22, '2027-02-05 18:00:00', '', '{}'),
(664, 'payments.checkoutsession:16', 22, 'open', 'opening', 'open', NULL, '2027-02-05 18:00:00', '', '{}'),
(665, 'payments.checkoutsession:16', 22, 'complete', 'open', 'complete', NULL, '2027-02-05 18:00:00', '', '{}'),
(666, 'payments.charge:17', 22, 'settled', 'open', 'paid', NULL, '2027-02-05 18:00:00', '', '{"payment": "pi_86c33f4e76b8dc10a5dd5ac8"}'),
(667, 'petitions.petition:7', 22, 'paid', 'unpaid', 'submitted', NULL, '2027-02-05 18:00:00', '', '{}'),
(668, 'petitions.decision:2', 22, 'decided', '', 'pending', 3, '2027-02-11 17:00:00', '', '{}'),
(669, 'petitions.decision:2', 22, 'released', 'pending', 'released', 3, '2027-02-11 17:10:00', '', '{}'),
(670, 'petitions.petition:7', 22, 'denied', 'submitted', 'denied', 3, '2027-02-11 17:10:00', 'The course sells a product more than it teaches.', '{"decision": 2, "hundredths": null, "reason_code": "promotion"}'),
(671, 'petitions.petition:8', 23, 'started', '', 'draft', 23, '2027-02-08 17:00:00', '', '{}'),
(672, 'documents.document:115', 23, 'stored', '', '', 23, '2027-02-08 17:00:00', '', '{}'),
(673, 'petitions.petition:8', 23, 'file added', '', '', 23, '2027-02-08 17:00:00', '', '{"document": 115, "part": "certificate"}'),
(674, 'documents.document:116', 23, 'stored', '', '', 23, '2027-02-08 17:00:00', '', '{}'),
(675, 'petitions.petition:8', 23, 'file added', '', '', 23, '2027-02-08 17:00:00', '', '{"document": 116, "part": "agenda"}'),
(676, 'payments.charge:18', 23, 'raised', '', 'open', 23, '2027-02-08 17:00:00', '', '{}'),
(677, 'petitions.petition:8', 23, 'agreed', 'draft', 'unpaid', 23, '2027-02-08 17:00:00', '', '{"attestation": "2026-11"}'),
(678, 'payments.checkoutsession:17', 23, 'opening', '', 'opening', 23, '2027-02-08 18:00:00', '', '{}'),
(679, 'payments.checkoutsession:17', 23, 'open', 'opening', 'open', NULL, '2027-02-08 18:00:00', '', '{}'),
(680, 'payments.checkoutsession:17', 23, 'complete', 'open', 'complete', NULL, '2027-02-08 18:00:00', '', '{}'),
(681, 'payments.charge:18', 23, 'settled', 'open', 'paid', NULL, '2027-02-08 18:00:00', '', '{"payment": "pi_9d5e709d1d36832f7ab4b095"}'),
(682, 'petitions.petition:8', 23, 'paid', 'unpaid', 'submitted', NULL, '2027-02-08 18:00:00', '', '{}'),
(683, 'petitions.decision:3', 23, 'decided', '', 'pending', 2, '2027-02-15 19:00:00', '', '{}'),
(684, 'audits.drawperiod:7', NULL, 'closed', 'open', 'closed', NULL, '2027-01-01 17:00:00', '', '{}'),
(685, 'audits.drawperiod:6', NULL, 'closed', 'open', 'closed', NULL, '2026-10-01 17:00:00', '', '{}'),
(686, 'audits.drawperiod:5', NULL, 'closed', 'open', 'closed', NULL, '2026-07-01 17:00:00', '', '{}'),
(687, 'audits.drawperiod:4', NULL, 'closed', 'open', 'closed', NULL, '2026-04-01 17:00:00', '', '{}'),
(688, 'audits.drawperiod:3', NULL, 'closed', 'open', 'closed', NULL, '2026-01-01 17:00:00', '', '{}'),
(689, 'audits.drawperiod:2', NULL, 'closed', 'open', 'closed', NULL, '2025-10-01 17:00:00', '', '{}'),
(690, 'audits.drawperiod:1', NULL, 'closed', 'open', 'closed', NULL, '2025-07-01 17:00:00', '', '{}'),
(691, 'audits.drawperiod:9', NULL, 'announced', '', 'announced', NULL, '2027-02-15 19:00:00', '', '{}'),
(692, 'trainers.trainer:10', 10, 'mail_refused', '', '', NULL, '2027-02-15 19:00:00', '', '{"address": "vera@example.org", "words": "550 No such mailbox"}');

INSERT INTO "outbox_notice" ("id", "kind", "subject", "event", "trainer_id", "payload", "private", "urgency", "send_at", "state", "leased_until", "retry_at", "attempts", "last_error", "message_id", "to_address", "title", "text", "html", "ended_at") VALUES
(1, 'renewals.unpaid', 'renewals.application:1', '1h', 7, '{}', FALSE, 'firm', '2025-04-06 18:00:00', 'superseded', NULL, NULL, 0, '', '<cf6fd10375d5e0da43a07ddb020d4d62@example.org>', '', '', '', '', '2025-04-06 18:00:00'),
(4, 'payments.receipt', 'payments.charge:1', 'paid', 7, '{"charge": 1, "told_at": "2025-04-06T11:00:00-07:00"}', FALSE, 'firm', '2025-04-06 18:00:00', 'sent', NULL, NULL, 0, '', '<813fb1d2ec07b1e5d18c8fb7efd4982a@example.org>', 'jordan@example.org', 'Receipt: you paid $99 on April 6, 2025', 'You paid $99 on April 6, 2025. Thank you.

For: Renewal of certification 1193 4482
Renewal fee: $99.00
Total paid: $99.00 USD
Receipt number: 1

This was a practice payment: no money moved.


See and print the receipt:
http://127.0.0.1:8000/payments/1/receipt/

-- 
A copy of this message is kept in the portal under Messages.
Questions: help@example.org
', '<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Receipt: you paid $99 on April 6, 2025</title>
<style>
body { margin: 0; padding: 24px 16px; background: #f4f7f8; color: #14202b; font: 17px/1.5 system-ui, sans-serif; }
main, footer { max-width: 36em; margin: 0 auto; }
main { padding: 24px; border-radius: 8px; background: #fff; }
h1 { margin: 0 0 16px; font-size: 24px; line-height: 1.3; }
p, ul, table { margin: 0 0 16px; }
th, td { padding: 4px 16px 4px 0; text-align: start; vertical-align: top; }
td.amount { text-align: end; font-variant-numeric: tabular-nums; }
.code { font: 700 28px/1.3 ui-monospace, monospace; letter-spacing: .1em; }
.action a { display: inline-block; padding: 10px 20px; border-radius: 8px; background: #0b5d66; color: #fff; font-weight: 600; }
footer { padding: 16px 24px; color: #46545f; font-size: 15px; }
footer p { margin: 0 0 4px; }
@media (prefers-color-scheme: dark) {
body { background: #0f171d; color: #e8eef2; }
main { background: #17222a; }
.action a { background: #4fc0c9; color: #06242a; }
footer { color: #adbbc5; }
}
</style>
</head>
<body>
<main>
<h1>Receipt: you paid $99 on April 6, 2025</h1>
<p>You paid $99 on <time datetime="2025-04-06">April 6, 2025</time>. Thank you.</p>
<p>For: Renewal of certification 1193 4482</p>
<table>
<tr><th scope="row">Renewal fee</th><td class="amount">$99.00</td></tr>
<tr><th scope="row">Total paid</th><td class="amount">$99.00 USD</td></tr>
</table>
<p>Receipt number: 1</p>
<p>This was a practice payment: no money moved.</p>
<p class="action"><a href="http://127.0.0.1:8000/payments/1/receipt/">See and print the receipt</a></p>
</main>
<footer>
<p>A copy of this message is kept in the portal under Messages.</p>
<p>Questions: help@example.org</p>
</footer>
</body>
</html>
', '2025-04-06 18:00:00'),
(5, 'renewals.renewed', 'renewals.application:1', 'approved', 7, '{}', FALSE, 'firm', '2025-04-06 18:00:00', 'sent', NULL, NULL, 0, '', '<9a7b8a3ddea54249a29a51b9e31d9d3e@example.org>', 'jordan@example.org', 'Renewed: certified through May 1, 2027', 'You are certified through May 1, 2027.

We approved your renewal R-3FTDC5CD of certification 1193 4482.
Your new cycle begins on May 2, 2025. The courses for your next renewal count from that day.


Get your certificate:
http://127.0.0.1:8000/certificate/

-- 
A copy of this message is kept in the portal under Messages.
Questions: help@example.org
', '<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Renewed: certified through May 1, 2027</title>
<style>
body { margin: 0; padding: 24px 16px; background: #f4f7f8; color: #14202b; font: 17px/1.5 system-ui, sans-serif; }
main, footer { max-width: 36em; margin: 0 auto; }
main { padding: 24px; border-radius: 8px; background: #fff; }
h1 { margin: 0 0 16px; font-size: 24px; line-height: 1.3; }
p, ul, table { margin: 0 0 16px; }
th, td { padding: 4px 16px 4px 0; text-align: start; vertical-align: top; }
td.amount { text-align: end; font-variant-numeric: tabular-nums; }
.code { font: 700 28px/1.3 ui-monospace, monospace; letter-spacing: .1em; }
.action a { display: inline-block; padding: 10px 20px; border-radius: 8px; background: #0b5d66; color: #fff; font-weight: 600; }
footer { padding: 16px 24px; color: #46545f; font-size: 15px; }
footer p { margin: 0 0 4px; }
@media (prefers-color-scheme: dark) {
body { background: #0f171d; color: #e8eef2; }
main { background: #17222a; }
.action a { background: #4fc0c9; color: #06242a; }
footer { color: #adbbc5; }
}
</style>
</head>
<body>
<main>
<h1>Renewed: certified through May 1, 2027</h1>
<p>You are certified through <time datetime="2027-05-01">May 1, 2027</time>.</p>
<p>We approved your renewal R-3FTDC5CD of certification 1193 4482.</p>
<p>Your new cycle begins on <time datetime="2025-05-02">May 2, 2025</time>. The courses for your next renewal count from that day.</p>
<p class="action"><a href="http://127.0.0.1:8000/certificate/">Get your certificate</a></p>
</main>
<footer>
<p>A copy of this message is kept in the portal under Messages.</p>
<p>Questions: help@example.org</p>
</footer>
</body>
</html>
', '2025-04-06 18:00:00'),
(13, 'renewals.unpaid', 'renewals.application:3', '72h', 10, '{}', FALSE, 'firm', '2027-02-17 17:00:00', 'due', NULL, NULL, 0, '', '<4e08ee002a257b7ede1ad24faca5932c@example.org>', '', '', '', '', NULL),
(14, 'payments.confirming', 'payments.charge:3', 'visit:3', 10, '{"charge": 3, "told_at": "2027-02-14T11:00:00-07:00"}', FALSE, 'firm', '2027-02-14 18:00:00', 'sent', NULL, NULL, 0, '', '<b63e165915c411db9401b0f5e8f1ff55@example.org>', 'vera@example.org', 'Waiting for your bank since February 14, 2027', 'We are waiting for your bank to confirm your payment of $99.

For: Renewal of certification 1193 4631

There is nothing to do. We will email you when your bank has answered. This can take a few days.


See where it stands:
http://127.0.0.1:8000/home/

-- 
A copy of this message is kept in the portal under Messages.
Questions: help@example.org
', '<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Waiting for your bank since February 14, 2027</title>
<style>
body { margin: 0; padding: 24px 16px; background: #f4f7f8; color: #14202b; font: 17px/1.5 system-ui, sans-serif; }
main, footer { max-width: 36em; margin: 0 auto; }
main { padding: 24px; border-radius: 8px; background: #fff; }
h1 { margin: 0 0 16px; font-size: 24px; line-height: 1.3; }
p, ul, table { margin: 0 0 16px; }
th, td { padding: 4px 16px 4px 0; text-align: start; vertical-align: top; }
td.amount { text-align: end; font-variant-numeric: tabular-nums; }
.code { font: 700 28px/1.3 ui-monospace, monospace; letter-spacing: .1em; }
.action a { display: inline-block; padding: 10px 20px; border-radius: 8px; background: #0b5d66; color: #fff; font-weight: 600; }
footer { padding: 16px 24px; color: #46545f; font-size: 15px; }
footer p { margin: 0 0 4px; }
@media (prefers-color-scheme: dark) {
body { background: #0f171d; color: #e8eef2; }
main { background: #17222a; }
.action a { background: #4fc0c9; color: #06242a; }
footer { color: #adbbc5; }
}
</style>
</head>
<body>
<main>
<h1>Waiting for your bank since February 14, 2027</h1>
<p>We are waiting for your bank to confirm your payment of $99.</p>
<p>For: Renewal of certification 1193 4631</p>
<p>There is nothing to do. We will email you when your bank has answered. This can take a few days.</p>
<p class="action"><a href="http://127.0.0.1:8000/home/">See where it stands</a></p>
</main>
<footer>
<p>A copy of this message is kept in the portal under Messages.</p>
<p>Questions: help@example.org</p>
</footer>
</body>
</html>
', '2027-02-14 18:00:00'),
(19, 'renewals.returned', 'renewals.application:4', '2027-02-11T10:10:00-07:00', 11, '{}', FALSE, 'firm', '2027-02-11 17:10:00', 'superseded', NULL, NULL, 0, '', '<26a7cd3618d8fc34d5de3e1f2e5fe929@example.org>', '', '', '', '', '2027-02-14 17:00:00'),
(24, 'renewals.denied', 'renewals.application:5', '2027-02-11T10:10:00-07:00', 12, '{}', FALSE, 'firm', '2027-02-11 17:10:00', 'sent', NULL, NULL, 0, '', '<ed0b6fcc985996055698a87e52f552f2@example.org>', 'yusuf@example.org', 'Not renewed: our decision of February 11, 2027', 'We could not renew your certification 1193 4664. We decided this on February 11, 2027.

Why: The card on file belongs to another person.

The $99 that you paid is not returned, because our review has begun. To ask for another look, write to help@example.org.
You can apply again through May 5, 2028.


See your renewal:
http://127.0.0.1:8000/renew/R-9MZPS8WF/

-- 
A copy of this message is kept in the portal under Messages.
Questions: help@example.org
', '<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Not renewed: our decision of February 11, 2027</title>
<style>
body { margin: 0; padding: 24px 16px; background: #f4f7f8; color: #14202b; font: 17px/1.5 system-ui, sans-serif; }
main, footer { max-width: 36em; margin: 0 auto; }
main { padding: 24px; border-radius: 8px; background: #fff; }
h1 { margin: 0 0 16px; font-size: 24px; line-height: 1.3; }
p, ul, table { margin: 0 0 16px; }
th, td { padding: 4px 16px 4px 0; text-align: start; vertical-align: top; }
td.amount { text-align: end; font-variant-numeric: tabular-nums; }
.code { font: 700 28px/1.3 ui-monospace, monospace; letter-spacing: .1em; }
.action a { display: inline-block; padding: 10px 20px; border-radius: 8px; background: #0b5d66; color: #fff; font-weight: 600; }
footer { padding: 16px 24px; color: #46545f; font-size: 15px; }
footer p { margin: 0 0 4px; }
@media (prefers-color-scheme: dark) {
body { background: #0f171d; color: #e8eef2; }
main { background: #17222a; }
.action a { background: #4fc0c9; color: #06242a; }
footer { color: #adbbc5; }
}
</style>
</head>
<body>
<main>
<h1>Not renewed: our decision of February 11, 2027</h1>
<p>We could not renew your certification 1193 4664. We decided this on <time datetime="2027-02-11">February 11, 2027</time>.</p>
<p>Why: The card on file belongs to another person.</p>
<p>The $99 that you paid is not returned, because our review has begun. To ask for another look, write to help@example.org.</p>
<p>You can apply again through <time datetime="2028-05-05">May 5, 2028</time>.</p>
<p class="action"><a href="http://127.0.0.1:8000/renew/R-9MZPS8WF/">See your renewal</a></p>
</main>
<footer>
<p>A copy of this message is kept in the portal under Messages.</p>
<p>Questions: help@example.org</p>
</footer>
</body>
</html>
', '2027-02-11 17:10:00'),
(33, 'payments.confirming', 'payments.charge:7', 'visit:7', 16, '{"charge": 7, "told_at": "2027-02-07T10:00:00-07:00"}', FALSE, 'firm', '2027-02-07 17:00:00', 'superseded', NULL, NULL, 0, '', '<11ff8f9f5948517ca972c6f323e903f0@example.org>', '', '', '', '', '2027-02-07 17:00:00'),
(34, 'renewals.lapsed', 'renewals.application:7', 'lapsed', 16, '{}', FALSE, 'firm', '2027-02-09 18:00:00', 'sent', NULL, NULL, 0, '', '<29978966ba1db81847bd82bcdef414de@example.org>', 'rosa@example.org', 'Your renewal ended unpaid on February 8, 2027', 'Your renewal R-QX7HNL9K was not paid through February 8, 2027, so it has ended. Nothing was charged.

Your courses are free for a new renewal. You can start again through May 20, 2028, at the price of that day.
If a payment for the ended renewal still arrives, we return it.


See your renewal:
http://127.0.0.1:8000/renew/R-QX7HNL9K/

-- 
A copy of this message is kept in the portal under Messages.
Questions: help@example.org
', '<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Your renewal ended unpaid on February 8, 2027</title>
<style>
body { margin: 0; padding: 24px 16px; background: #f4f7f8; color: #14202b; font: 17px/1.5 system-ui, sans-serif; }
main, footer { max-width: 36em; margin: 0 auto; }
main { padding: 24px; border-radius: 8px; background: #fff; }
h1 { margin: 0 0 16px; font-size: 24px; line-height: 1.3; }
p, ul, table { margin: 0 0 16px; }
th, td { padding: 4px 16px 4px 0; text-align: start; vertical-align: top; }
td.amount { text-align: end; font-variant-numeric: tabular-nums; }
.code { font: 700 28px/1.3 ui-monospace, monospace; letter-spacing: .1em; }
.action a { display: inline-block; padding: 10px 20px; border-radius: 8px; background: #0b5d66; color: #fff; font-weight: 600; }
footer { padding: 16px 24px; color: #46545f; font-size: 15px; }
footer p { margin: 0 0 4px; }
@media (prefers-color-scheme: dark) {
body { background: #0f171d; color: #e8eef2; }
main { background: #17222a; }
.action a { background: #4fc0c9; color: #06242a; }
footer { color: #adbbc5; }
}
</style>
</head>
<body>
<main>
<h1>Your renewal ended unpaid on February 8, 2027</h1>
<p>Your renewal R-QX7HNL9K was not paid through <time datetime="2027-02-08">February 8, 2027</time>, so it has ended. Nothing was charged.</p>
<p>Your courses are free for a new renewal. You can start again through <time datetime="2028-05-20">May 20, 2028</time>, at the price of that day.</p>
<p>If a payment for the ended renewal still arrives, we return it.</p>
<p class="action"><a href="http://127.0.0.1:8000/renew/R-QX7HNL9K/">See your renewal</a></p>
</main>
<footer>
<p>A copy of this message is kept in the portal under Messages.</p>
<p>Questions: help@example.org</p>
</footer>
</body>
</html>
', '2027-02-09 18:00:00'),
(35, 'payments.returned', 'payments.charge:7', 'refund:1', 16, '{"cause": "not_due", "cents": 9900, "charge": 7, "currency": "USD", "hand_reference": "", "told_at": "2027-02-10T11:00:00-07:00"}', FALSE, 'firm', '2027-02-10 18:00:00', 'sent', NULL, NULL, 0, '', '<df0e12c338ebb3de2ea161a306a812fa@example.org>', 'rosa@example.org', 'We returned $99 to you on February 10, 2027', 'We returned $99 to the card or account that you paid with. Banks take up to 10 days to show it.

For: Renewal of certification 1193 4722

Your payment came when it was not due any more, so we could not use it.


See where you stand:
http://127.0.0.1:8000/home/

-- 
A copy of this message is kept in the portal under Messages.
Questions: help@example.org
', '<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>We returned $99 to you on February 10, 2027</title>
<style>
body { margin: 0; padding: 24px 16px; background: #f4f7f8; color: #14202b; font: 17px/1.5 system-ui, sans-serif; }
main, footer { max-width: 36em; margin: 0 auto; }
main { padding: 24px; border-radius: 8px; background: #fff; }
h1 { margin: 0 0 16px; font-size: 24px; line-height: 1.3; }
p, ul, table { margin: 0 0 16px; }
th, td { padding: 4px 16px 4px 0; text-align: start; vertical-align: top; }
td.amount { text-align: end; font-variant-numeric: tabular-nums; }
.code { font: 700 28px/1.3 ui-monospace, monospace; letter-spacing: .1em; }
.action a { display: inline-block; padding: 10px 20px; border-radius: 8px; background: #0b5d66; color: #fff; font-weight: 600; }
footer { padding: 16px 24px; color: #46545f; font-size: 15px; }
footer p { margin: 0 0 4px; }
@media (prefers-color-scheme: dark) {
body { background: #0f171d; color: #e8eef2; }
main { background: #17222a; }
.action a { background: #4fc0c9; color: #06242a; }
footer { color: #adbbc5; }
}
</style>
</head>
<body>
<main>
<h1>We returned $99 to you on February 10, 2027</h1>
<p>We returned $99 to the card or account that you paid with. Banks take up to 10 days to show it.</p>
<p>For: Renewal of certification 1193 4722</p>
<p>Your payment came when it was not due any more, so we could not use it.</p>
<p class="action"><a href="http://127.0.0.1:8000/home/">See where you stand</a></p>
</main>
<footer>
<p>A copy of this message is kept in the portal under Messages.</p>
<p>Questions: help@example.org</p>
</footer>
</body>
</html>
', '2027-02-10 18:00:00'),
(40, 'audits.opened', 'audits.audit:1', 'opened', 13, '{}', FALSE, 'firm', '2027-01-31 18:00:00', 'sent', NULL, NULL, 0, '', '<9a11d422817170a8562a2a9b2071778c@example.org>', 'cara@example.org', 'Send documents by the end of March 2, 2027', 'Your renewal R-XBQW5DSN was chosen for a check of its documents (audit). The choice was random. We already have everything that we need. Look at it and send it by the end of March 2, 2027, Phoenix time.

Your certification stays active while we check. If you do not send them in time, we cannot renew your certification.


See your documents:
http://127.0.0.1:8000/audit/A-JNC3V6KB/

-- 
A copy of this message is kept in the portal under Messages.
Questions: help@example.org
', '<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Send documents by the end of March 2, 2027</title>
<style>
body { margin: 0; padding: 24px 16px; background: #f4f7f8; color: #14202b; font: 17px/1.5 system-ui, sans-serif; }
main, footer { max-width: 36em; margin: 0 auto; }
main { padding: 24px; border-radius: 8px; background: #fff; }
h1 { margin: 0 0 16px; font-size: 24px; line-height: 1.3; }
p, ul, table { margin: 0 0 16px; }
th, td { padding: 4px 16px 4px 0; text-align: start; vertical-align: top; }
td.amount { text-align: end; font-variant-numeric: tabular-nums; }
.code { font: 700 28px/1.3 ui-monospace, monospace; letter-spacing: .1em; }
.action a { display: inline-block; padding: 10px 20px; border-radius: 8px; background: #0b5d66; color: #fff; font-weight: 600; }
footer { padding: 16px 24px; color: #46545f; font-size: 15px; }
footer p { margin: 0 0 4px; }
@media (prefers-color-scheme: dark) {
body { background: #0f171d; color: #e8eef2; }
main { background: #17222a; }
.action a { background: #4fc0c9; color: #06242a; }
footer { color: #adbbc5; }
}
</style>
</head>
<body>
<main>
<h1>Send documents by the end of March 2, 2027</h1>
<p>Your renewal R-XBQW5DSN was chosen for a check of its documents (audit). The choice was random. We already have everything that we need. Look at it and send it by the end of <time datetime="2027-03-02">March 2, 2027</time>, Phoenix time.</p>
<p>Your certification stays active while we check. If you do not send them in time, we cannot renew your certification.</p>
<p class="action"><a href="http://127.0.0.1:8000/audit/A-JNC3V6KB/">See your documents</a></p>
</main>
<footer>
<p>A copy of this message is kept in the portal under Messages.</p>
<p>Questions: help@example.org</p>
</footer>
</body>
</html>
', '2027-01-31 18:00:00'),
(41, 'audits.reminder', 'audits.audit:1', '2027-03-02:audit_20', 13, '{}', FALSE, 'firm', '2027-02-10 16:00:00', 'superseded', NULL, NULL, 0, '', '<be2adaed34a2b71a766d5836f7b27453@example.org>', '', '', '', '', '2027-02-10 16:00:00'),
(42, 'audits.reminder', 'audits.audit:1', '2027-03-02:audit_10', 13, '{}', FALSE, 'firm', '2027-02-20 16:00:00', 'due', NULL, NULL, 0, '', '<7665527ba9375775a0fdfe8799fc0c37@example.org>', '', '', '', '', NULL),
(45, 'audits.sent', 'audits.audit:1', '2027-02-02T10:00:00-07:00', 13, '{}', FALSE, 'firm', '2027-02-02 17:00:00', 'sent', NULL, NULL, 0, '', '<e71dfce125a38358904ba2ee51120a1c@example.org>', 'cara@example.org', 'We have your documents', 'We have your documents for the check of your renewal R-XBQW5DSN. There is nothing to do now. We will write to you when we have looked at them.

Your certification stays active while we check.


See your documents:
http://127.0.0.1:8000/audit/A-JNC3V6KB/

-- 
A copy of this message is kept in the portal under Messages.
Questions: help@example.org
', '<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>We have your documents</title>
<style>
body { margin: 0; padding: 24px 16px; background: #f4f7f8; color: #14202b; font: 17px/1.5 system-ui, sans-serif; }
main, footer { max-width: 36em; margin: 0 auto; }
main { padding: 24px; border-radius: 8px; background: #fff; }
h1 { margin: 0 0 16px; font-size: 24px; line-height: 1.3; }
p, ul, table { margin: 0 0 16px; }
th, td { padding: 4px 16px 4px 0; text-align: start; vertical-align: top; }
td.amount { text-align: end; font-variant-numeric: tabular-nums; }
.code { font: 700 28px/1.3 ui-monospace, monospace; letter-spacing: .1em; }
.action a { display: inline-block; padding: 10px 20px; border-radius: 8px; background: #0b5d66; color: #fff; font-weight: 600; }
footer { padding: 16px 24px; color: #46545f; font-size: 15px; }
footer p { margin: 0 0 4px; }
@media (prefers-color-scheme: dark) {
body { background: #0f171d; color: #e8eef2; }
main { background: #17222a; }
.action a { background: #4fc0c9; color: #06242a; }
footer { color: #adbbc5; }
}
</style>
</head>
<body>
<main>
<h1>We have your documents</h1>
<p>We have your documents for the check of your renewal R-XBQW5DSN. There is nothing to do now. We will write to you when we have looked at them.</p>
<p>Your certification stays active while we check.</p>
<p class="action"><a href="http://127.0.0.1:8000/audit/A-JNC3V6KB/">See your documents</a></p>
</main>
<footer>
<p>A copy of this message is kept in the portal under Messages.</p>
<p>Questions: help@example.org</p>
</footer>
</body>
</html>
', '2027-02-02 17:00:00'),
(46, 'audits.replace', 'audits.audit:1', '2027-02-10T10:00:00-07:00', 13, '{}', FALSE, 'firm', '2027-02-10 17:00:00', 'sent', NULL, NULL, 0, '', '<1cacb8190d3844964df30f143fc51720@example.org>', 'cara@example.org', 'Send a new copy by the end of March 2, 2027', 'We need another document for the check of your renewal R-XBQW5DSN:

- Pilates Mat Basics: The picture is cut off, so we cannot read the date.


Send it by the end of March 2, 2027, Phoenix time. If you do not send it in time, we cannot renew your certification.


See your documents:
http://127.0.0.1:8000/audit/A-JNC3V6KB/

-- 
A copy of this message is kept in the portal under Messages.
Questions: help@example.org
', '<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Send a new copy by the end of March 2, 2027</title>
<style>
body { margin: 0; padding: 24px 16px; background: #f4f7f8; color: #14202b; font: 17px/1.5 system-ui, sans-serif; }
main, footer { max-width: 36em; margin: 0 auto; }
main { padding: 24px; border-radius: 8px; background: #fff; }
h1 { margin: 0 0 16px; font-size: 24px; line-height: 1.3; }
p, ul, table { margin: 0 0 16px; }
th, td { padding: 4px 16px 4px 0; text-align: start; vertical-align: top; }
td.amount { text-align: end; font-variant-numeric: tabular-nums; }
.code { font: 700 28px/1.3 ui-monospace, monospace; letter-spacing: .1em; }
.action a { display: inline-block; padding: 10px 20px; border-radius: 8px; background: #0b5d66; color: #fff; font-weight: 600; }
footer { padding: 16px 24px; color: #46545f; font-size: 15px; }
footer p { margin: 0 0 4px; }
@media (prefers-color-scheme: dark) {
body { background: #0f171d; color: #e8eef2; }
main { background: #17222a; }
.action a { background: #4fc0c9; color: #06242a; }
footer { color: #adbbc5; }
}
</style>
</head>
<body>
<main>
<h1>Send a new copy by the end of March 2, 2027</h1>
<p>We need another document for the check of your renewal R-XBQW5DSN:</p>
<ul><li>Pilates Mat Basics: The picture is cut off, so we cannot read the date.</li></ul>
<p>Send it by the end of <time datetime="2027-03-02">March 2, 2027</time>, Phoenix time. If you do not send it in time, we cannot renew your certification.</p>
<p class="action"><a href="http://127.0.0.1:8000/audit/A-JNC3V6KB/">See your documents</a></p>
</main>
<footer>
<p>A copy of this message is kept in the portal under Messages.</p>
<p>Questions: help@example.org</p>
</footer>
</body>
</html>
', '2027-02-10 17:00:00'),
(56, 'audits.sent', 'audits.audit:2', '2027-01-28T10:00:00-07:00', 14, '{}', FALSE, 'firm', '2027-01-28 17:00:00', 'superseded', NULL, NULL, 0, '', '<3151755d9d535682a7d4442a8eb608b8@example.org>', '', '', '', '', '2027-01-28 17:00:00'),
(68, 'petitions.longer', 'petitions.petition:2', '2027-02-17', 17, '{}', FALSE, 'firm', '2027-02-18 16:00:00', 'due', NULL, NULL, 0, '', '<f0ecc5c90c6e41d87a9f53ab06bf963e@example.org>', '', '', '', '', NULL),
(69, 'petitions.undecided', 'petitions.petition:2', '2027-08-30:undecided_14', 17, '{}', FALSE, 'firm', '2027-08-16 16:00:00', 'due', NULL, NULL, 0, '', '<59d61e5a8702d576c4132744a53afee9@example.org>', '', '', '', '', NULL),
(70, 'petitions.received', 'petitions.petition:2', 'paid', 17, '{}', FALSE, 'firm', '2027-02-03 18:00:00', 'sent', NULL, NULL, 0, '', '<2b6f39a18f1a2feb674e6ab1a761d1c8@example.org>', 'chidi.ellison@example.org', 'Petition P-6627UP4T received on February 3, 2027', 'We have your petition P-6627UP4T about “Coaching Older Adults Outdoors” and your payment of $25. We will answer by the end of February 17, 2027.

Nothing counts until we have decided. If we have a question, we will write to you.


See your petition:
http://127.0.0.1:8000/petitions/P-6627UP4T/

-- 
A copy of this message is kept in the portal under Messages.
Questions: help@example.org
', '<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Petition P-6627UP4T received on February 3, 2027</title>
<style>
body { margin: 0; padding: 24px 16px; background: #f4f7f8; color: #14202b; font: 17px/1.5 system-ui, sans-serif; }
main, footer { max-width: 36em; margin: 0 auto; }
main { padding: 24px; border-radius: 8px; background: #fff; }
h1 { margin: 0 0 16px; font-size: 24px; line-height: 1.3; }
p, ul, table { margin: 0 0 16px; }
th, td { padding: 4px 16px 4px 0; text-align: start; vertical-align: top; }
td.amount { text-align: end; font-variant-numeric: tabular-nums; }
.code { font: 700 28px/1.3 ui-monospace, monospace; letter-spacing: .1em; }
.action a { display: inline-block; padding: 10px 20px; border-radius: 8px; background: #0b5d66; color: #fff; font-weight: 600; }
footer { padding: 16px 24px; color: #46545f; font-size: 15px; }
footer p { margin: 0 0 4px; }
@media (prefers-color-scheme: dark) {
body { background: #0f171d; color: #e8eef2; }
main { background: #17222a; }
.action a { background: #4fc0c9; color: #06242a; }
footer { color: #adbbc5; }
}
</style>
</head>
<body>
<main>
<h1>Petition P-6627UP4T received on February 3, 2027</h1>
<p>We have your petition P-6627UP4T about “Coaching Older Adults Outdoors” and your payment of $25. We will answer by the end of <time datetime="2027-02-17">February 17, 2027</time>.</p>
<p>Nothing counts until we have decided. If we have a question, we will write to you.</p>
<p class="action"><a href="http://127.0.0.1:8000/petitions/P-6627UP4T/">See your petition</a></p>
</main>
<footer>
<p>A copy of this message is kept in the portal under Messages.</p>
<p>Questions: help@example.org</p>
</footer>
</body>
</html>
', '2027-02-03 18:00:00'),
(72, 'petitions.longer', 'petitions.petition:3', '2027-02-10', 18, '{}', FALSE, 'firm', '2027-02-11 16:00:00', 'sent', NULL, NULL, 0, '', '<d2b8d6de680cabd1baf7922923de91bc@example.org>', 'caleb.dubois@example.org', 'Your petition takes longer than February 10, 2027', 'We promised you an answer about “Breathing for Endurance” by the end of February 10, 2027. We have not decided yet, and we are sorry.

There is nothing you need to do. You keep your place, and we write to you as soon as we have decided.


See your petition:
http://127.0.0.1:8000/petitions/P-G5UQWMMR/

-- 
A copy of this message is kept in the portal under Messages.
Questions: help@example.org
', '<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Your petition takes longer than February 10, 2027</title>
<style>
body { margin: 0; padding: 24px 16px; background: #f4f7f8; color: #14202b; font: 17px/1.5 system-ui, sans-serif; }
main, footer { max-width: 36em; margin: 0 auto; }
main { padding: 24px; border-radius: 8px; background: #fff; }
h1 { margin: 0 0 16px; font-size: 24px; line-height: 1.3; }
p, ul, table { margin: 0 0 16px; }
th, td { padding: 4px 16px 4px 0; text-align: start; vertical-align: top; }
td.amount { text-align: end; font-variant-numeric: tabular-nums; }
.code { font: 700 28px/1.3 ui-monospace, monospace; letter-spacing: .1em; }
.action a { display: inline-block; padding: 10px 20px; border-radius: 8px; background: #0b5d66; color: #fff; font-weight: 600; }
footer { padding: 16px 24px; color: #46545f; font-size: 15px; }
footer p { margin: 0 0 4px; }
@media (prefers-color-scheme: dark) {
body { background: #0f171d; color: #e8eef2; }
main { background: #17222a; }
.action a { background: #4fc0c9; color: #06242a; }
footer { color: #adbbc5; }
}
</style>
</head>
<body>
<main>
<h1>Your petition takes longer than February 10, 2027</h1>
<p>We promised you an answer about “Breathing for Endurance” by the end of <time datetime="2027-02-10">February 10, 2027</time>. We have not decided yet, and we are sorry.</p>
<p>There is nothing you need to do. You keep your place, and we write to you as soon as we have decided.</p>
<p class="action"><a href="http://127.0.0.1:8000/petitions/P-G5UQWMMR/">See your petition</a></p>
</main>
<footer>
<p>A copy of this message is kept in the portal under Messages.</p>
<p>Questions: help@example.org</p>
</footer>
</body>
</html>
', '2027-02-11 16:00:00'),
(78, 'petitions.received', 'petitions.petition:4', 'paid', 19, '{}', FALSE, 'firm', '2027-02-07 18:00:00', 'superseded', NULL, NULL, 0, '', '<e77a704c8e18b80b09a235e62743d09e@example.org>', '', '', '', '', '2027-02-07 18:00:00'),
(79, 'petitions.question', 'petitions.petition:4', 'question:1', 19, '{}', FALSE, 'firm', '2027-02-12 17:00:00', 'sent', NULL, NULL, 0, '', '<840227cb34768810b8ebd89ed6d933a4@example.org>', 'aaliyah.abernathy@example.org', 'Question: answer by the end of February 26, 2027', 'We have a question about your petition P-65GBPV5F, “Programming for Adaptive Athletes”:

Which hours of the course were practice, and who led them? Send the agenda with the times on it.

Answer by the end of February 26, 2027, Phoenix time. Without an answer we close the petition, and the fee is not returned.


Answer our question:
http://127.0.0.1:8000/petitions/P-65GBPV5F/

-- 
A copy of this message is kept in the portal under Messages.
Questions: help@example.org
', '<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Question: answer by the end of February 26, 2027</title>
<style>
body { margin: 0; padding: 24px 16px; background: #f4f7f8; color: #14202b; font: 17px/1.5 system-ui, sans-serif; }
main, footer { max-width: 36em; margin: 0 auto; }
main { padding: 24px; border-radius: 8px; background: #fff; }
h1 { margin: 0 0 16px; font-size: 24px; line-height: 1.3; }
p, ul, table { margin: 0 0 16px; }
th, td { padding: 4px 16px 4px 0; text-align: start; vertical-align: top; }
td.amount { text-align: end; font-variant-numeric: tabular-nums; }
.code { font: 700 28px/1.3 ui-monospace, monospace; letter-spacing: .1em; }
.action a { display: inline-block; padding: 10px 20px; border-radius: 8px; background: #0b5d66; color: #fff; font-weight: 600; }
footer { padding: 16px 24px; color: #46545f; font-size: 15px; }
footer p { margin: 0 0 4px; }
@media (prefers-color-scheme: dark) {
body { background: #0f171d; color: #e8eef2; }
main { background: #17222a; }
.action a { background: #4fc0c9; color: #06242a; }
footer { color: #adbbc5; }
}
</style>
</head>
<body>
<main>
<h1>Question: answer by the end of February 26, 2027</h1>
<p>We have a question about your petition P-65GBPV5F, “Programming for Adaptive Athletes”:</p>
<p>Which hours of the course were practice, and who led them? Send the agenda with the times on it.</p>
<p>Answer by the end of <time datetime="2027-02-26">February 26, 2027</time>, Phoenix time. Without an answer we close the petition, and the fee is not returned.</p>
<p class="action"><a href="http://127.0.0.1:8000/petitions/P-65GBPV5F/">Answer our question</a></p>
</main>
<footer>
<p>A copy of this message is kept in the portal under Messages.</p>
<p>Questions: help@example.org</p>
</footer>
</body>
</html>
', '2027-02-12 17:00:00'),
(80, 'petitions.question_ends', 'petitions.petition:4', '1:2027-02-26:question_7', 19, '{}', FALSE, 'firm', '2027-02-19 16:00:00', 'due', NULL, NULL, 0, '', '<e81e138b9c249624e02506814d09d008@example.org>', '', '', '', '', NULL),
(86, 'petitions.question', 'petitions.petition:5', 'question:2', 20, '{}', FALSE, 'firm', '2027-02-09 17:00:00', 'superseded', NULL, NULL, 0, '', '<0efc36a4b7ef41c65332a4cbe6088363@example.org>', '', '', '', '', '2027-02-09 17:00:00'),
(94, 'petitions.approved', 'petitions.petition:6', 'decision:1', 21, '{"decision": 1}', FALSE, 'firm', '2027-02-11 17:10:00', 'sent', NULL, NULL, 0, '', '<2404956c67935024231fd42846270fb8@example.org>', 'beatriz.cordero@example.org', 'Approved on February 11, 2027: 0.3 CEUs', 'We counted “Mobility after Knee Surgery” (petition P-CUKEHFFZ): 0.3 CEUs, completed on January 26, 2027.

You asked for 0.4 CEUs. Your agenda shows three contact hours.


See your petition:
http://127.0.0.1:8000/petitions/P-CUKEHFFZ/

-- 
A copy of this message is kept in the portal under Messages.
Questions: help@example.org
', '<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Approved on February 11, 2027: 0.3 CEUs</title>
<style>
body { margin: 0; padding: 24px 16px; background: #f4f7f8; color: #14202b; font: 17px/1.5 system-ui, sans-serif; }
main, footer { max-width: 36em; margin: 0 auto; }
main { padding: 24px; border-radius: 8px; background: #fff; }
h1 { margin: 0 0 16px; font-size: 24px; line-height: 1.3; }
p, ul, table { margin: 0 0 16px; }
th, td { padding: 4px 16px 4px 0; text-align: start; vertical-align: top; }
td.amount { text-align: end; font-variant-numeric: tabular-nums; }
.code { font: 700 28px/1.3 ui-monospace, monospace; letter-spacing: .1em; }
.action a { display: inline-block; padding: 10px 20px; border-radius: 8px; background: #0b5d66; color: #fff; font-weight: 600; }
footer { padding: 16px 24px; color: #46545f; font-size: 15px; }
footer p { margin: 0 0 4px; }
@media (prefers-color-scheme: dark) {
body { background: #0f171d; color: #e8eef2; }
main { background: #17222a; }
.action a { background: #4fc0c9; color: #06242a; }
footer { color: #adbbc5; }
}
</style>
</head>
<body>
<main>
<h1>Approved on February 11, 2027: 0.3 CEUs</h1>
<p>We counted “Mobility after Knee Surgery” (petition P-CUKEHFFZ): 0.3 CEUs, completed on <time datetime="2027-01-26">January 26, 2027</time>.</p>
<p>You asked for 0.4 CEUs. Your agenda shows three contact hours.</p>
<p class="action"><a href="http://127.0.0.1:8000/petitions/P-CUKEHFFZ/">See your petition</a></p>
</main>
<footer>
<p>A copy of this message is kept in the portal under Messages.</p>
<p>Questions: help@example.org</p>
</footer>
</body>
</html>
', '2027-02-11 17:10:00'),
(99, 'petitions.denied', 'petitions.petition:7', 'decision:2', 22, '{"decision": 2}', FALSE, 'firm', '2027-02-11 17:10:00', 'sent', NULL, NULL, 0, '', '<d79c87f4669d58704ec50f5f7c8ea6d8@example.org>', 'dalia.farah@example.org', 'Not counted: our decision of February 11, 2027', 'We looked at “Sell More Sessions” (petition P-ZM6ZAH66) and did not count it.

Why: The course sells a product more than it teaches.

The fee is not returned. You can ask once that somebody else looks at it again.


See your petition:
http://127.0.0.1:8000/petitions/P-ZM6ZAH66/

-- 
A copy of this message is kept in the portal under Messages.
Questions: help@example.org
', '<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Not counted: our decision of February 11, 2027</title>
<style>
body { margin: 0; padding: 24px 16px; background: #f4f7f8; color: #14202b; font: 17px/1.5 system-ui, sans-serif; }
main, footer { max-width: 36em; margin: 0 auto; }
main { padding: 24px; border-radius: 8px; background: #fff; }
h1 { margin: 0 0 16px; font-size: 24px; line-height: 1.3; }
p, ul, table { margin: 0 0 16px; }
th, td { padding: 4px 16px 4px 0; text-align: start; vertical-align: top; }
td.amount { text-align: end; font-variant-numeric: tabular-nums; }
.code { font: 700 28px/1.3 ui-monospace, monospace; letter-spacing: .1em; }
.action a { display: inline-block; padding: 10px 20px; border-radius: 8px; background: #0b5d66; color: #fff; font-weight: 600; }
footer { padding: 16px 24px; color: #46545f; font-size: 15px; }
footer p { margin: 0 0 4px; }
@media (prefers-color-scheme: dark) {
body { background: #0f171d; color: #e8eef2; }
main { background: #17222a; }
.action a { background: #4fc0c9; color: #06242a; }
footer { color: #adbbc5; }
}
</style>
</head>
<body>
<main>
<h1>Not counted: our decision of February 11, 2027</h1>
<p>We looked at “Sell More Sessions” (petition P-ZM6ZAH66) and did not count it.</p>
<p>Why: The course sells a product more than it teaches.</p>
<p>The fee is not returned. You can ask once that somebody else looks at it again.</p>
<p class="action"><a href="http://127.0.0.1:8000/petitions/P-ZM6ZAH66/">See your petition</a></p>
</main>
<footer>
<p>A copy of this message is kept in the portal under Messages.</p>
<p>Questions: help@example.org</p>
</footer>
</body>
</html>
', '2027-02-11 17:10:00'),
(104, 'renewals.reminder', 'trainers.cycle:4', 'before_90:2027-04-06', 10, '{}', FALSE, 'optional', '2027-01-11 16:40:00', 'superseded', NULL, NULL, 0, '', '<renewals.reminder.4.before_90.2027-04-06@example.org>', '', '', '', '', '2027-01-11 16:40:00'),
(105, 'renewals.reminder', 'trainers.cycle:18', 'opens:2027-05-01', 7, '{}', FALSE, 'early', '2027-01-11 17:00:00', 'sent', NULL, NULL, 0, '', '<renewals.reminder.18.opens.2027-05-01@example.org>', 'jordan@example.org', 'You can renew for $99 through May 1, 2027', 'You can renew now.
You are certified through May 1, 2027. Renewing early does not shorten it.

Last day to renew on time: May 1, 2027
From November 2, 2026 through May 1, 2027 you renew on time. It costs $99.

Last day with the $30 late fee: July 30, 2027
From May 2, 2027 through July 30, 2027 you can still renew, with a late fee. It costs $129.

Last day you can renew at all: April 30, 2028
From July 31, 2027 through April 30, 2028 you can still renew, with an additional fee. It costs $149.


Renew for $99:
http://127.0.0.1:8000/renew/check/

-- 
This is about certification 1193 4482.
A copy of this message is kept in the portal under Messages.
Questions: help@example.org
', '<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>You can renew for $99 through May 1, 2027</title>
<style>
body { margin: 0; padding: 24px 16px; background: #f4f7f8; color: #14202b; font: 17px/1.5 system-ui, sans-serif; }
main, footer { max-width: 36em; margin: 0 auto; }
main { padding: 24px; border-radius: 8px; background: #fff; }
h1 { margin: 0 0 16px; font-size: 24px; line-height: 1.3; }
p, ul, table { margin: 0 0 16px; }
th, td { padding: 4px 16px 4px 0; text-align: start; vertical-align: top; }
td.amount { text-align: end; font-variant-numeric: tabular-nums; }
.code { font: 700 28px/1.3 ui-monospace, monospace; letter-spacing: .1em; }
.action a { display: inline-block; padding: 10px 20px; border-radius: 8px; background: #0b5d66; color: #fff; font-weight: 600; }
footer { padding: 16px 24px; color: #46545f; font-size: 15px; }
footer p { margin: 0 0 4px; }
@media (prefers-color-scheme: dark) {
body { background: #0f171d; color: #e8eef2; }
main { background: #17222a; }
.action a { background: #4fc0c9; color: #06242a; }
footer { color: #adbbc5; }
}
</style>
</head>
<body>
<main>
<h1>You can renew now</h1>
<p>You are certified through May 1, 2027. Renewing early does not shorten it.</p>
<p><strong>Last day to renew on time: <time datetime="2027-05-01">May 1, 2027</time></strong><br>From November 2, 2026 through May 1, 2027 you renew on time. It costs $99.</p>
<p><strong>Last day with the $30 late fee: <time datetime="2027-07-30">July 30, 2027</time></strong><br>From May 2, 2027 through July 30, 2027 you can still renew, with a late fee. It costs $129.</p>
<p><strong>Last day you can renew at all: <time datetime="2028-04-30">April 30, 2028</time></strong><br>From July 31, 2027 through April 30, 2028 you can still renew, with an additional fee. It costs $149.</p>

<p class="action"><a href="http://127.0.0.1:8000/renew/check/">Renew for $99</a></p>
</main>
<footer>
<p>This is about certification 1193 4482.</p>
<p>A copy of this message is kept in the portal under Messages.</p>
<p>Questions: help@example.org</p>
</footer>
</body>
</html>
', '2027-01-11 17:00:00');

INSERT INTO "outbox_mailevent" ("id", "event_id", "notice_id", "kind", "address", "words", "at") VALUES
(1, 'provider:1', NULL, 'bounced', 'vera@example.org', '550 No such mailbox', '2027-02-15 19:00:00');

INSERT INTO "outbox_heartbeat" ("part", "at") VALUES
('scheduler', '2027-02-15 19:00:00');

INSERT INTO "trainers_credential" ("id", "trainer_id", "number", "policy_code", "awarded_on", "state", "state_on") VALUES
(1, 7, '11934482', 'nasm-cpt', '2019-05-01', 'in_force', NULL),
(2, 8, '20063352', 'nasm-cpt', '2024-10-02', 'in_force', NULL),
(3, 9, '11934672', 'nasm-cpt', '2023-03-17', 'in_force', NULL),
(4, 10, '11934631', 'nasm-cpt', '2017-04-06', 'in_force', NULL),
(5, 11, '11934649', 'nasm-cpt', '2021-04-21', 'in_force', '2027-02-12'),
(6, 12, '11934664', 'nasm-cpt', '2023-05-06', 'in_force', '2027-02-12'),
(7, 13, '11934839', 'nasm-cpt', '2017-05-06', 'in_force', NULL),
(8, 14, '11934847', 'nasm-cpt', '2017-05-11', 'in_force', NULL),
(9, 15, '11934862', 'nasm-cpt', '2019-05-16', 'in_force', NULL),
(10, 16, '11934722', 'nasm-cpt', '2019-05-21', 'in_force', NULL),
(11, 17, '20039595', 'nasm-cpt', '2017-08-30', 'in_force', NULL),
(12, 18, '20031676', 'nasm-cpt', '2023-10-03', 'in_force', NULL),
(13, 19, '20007919', 'nasm-cpt', '2017-10-18', 'in_force', NULL),
(14, 20, '20055433', 'nasm-cpt', '2022-02-05', 'in_force', NULL),
(15, 21, '20023757', 'nasm-cpt', '2022-04-17', 'in_force', NULL),
(16, 22, '20047514', 'nasm-cpt', '2020-07-24', 'in_force', NULL),
(17, 23, '20015838', 'nasm-cpt', '2020-12-10', 'in_force', NULL);

INSERT INTO "trainers_cycle" ("id", "credential_id", "starts_on", "expires_on", "opens_on", "completion_deadline", "last_day_to_apply", "remind_on", "draw_id") VALUES
(1, 1, '2023-05-02', '2025-05-01', '2024-11-02', '2025-07-30', '2026-04-30', NULL, '17ba6685746f5370d904e1635943ae88'),
(2, 2, '2024-10-02', '2026-10-02', '2026-04-05', '2026-12-31', '2027-10-01', NULL, 'b1113dbcf5ad9c0c70210af82808ef52'),
(3, 3, '2025-03-18', '2027-03-17', '2026-09-18', '2027-06-15', '2028-03-16', NULL, 'af4dab990bac0521c7ec3297c91c1bad'),
(4, 4, '2025-04-07', '2027-04-06', '2026-10-08', '2027-07-05', '2028-04-05', '2027-03-07', '508a722e26154fc046db760c8f75f9d1'),
(5, 5, '2025-04-22', '2027-04-21', '2026-10-23', '2027-07-20', '2028-04-20', '2027-02-20', 'd26438f0bd7ebe5de108e7e0b8a62a67'),
(6, 6, '2025-05-07', '2027-05-06', '2026-11-07', '2027-08-04', '2028-05-05', '2027-03-07', '4df98931c41b262d6040ea371f2e7382'),
(7, 7, '2025-05-07', '2027-05-06', '2026-11-07', '2027-08-04', '2028-05-05', '2027-03-07', '5310a63ad47c3e3e5eb0beee843dd018'),
(8, 8, '2025-05-12', '2027-05-11', '2026-11-12', '2027-08-09', '2028-05-10', NULL, 'a449d3b8f22cc481aeaa9e6ed282b9be'),
(9, 9, '2025-05-17', '2027-05-16', '2026-11-17', '2027-08-14', '2028-05-15', '2027-02-15', 'd404db87219b4ae77c350516a7c9e5f8'),
(10, 10, '2025-05-22', '2027-05-21', '2026-11-22', '2027-08-19', '2028-05-20', '2027-02-20', 'dd8b557afd2791b8188e409e64337d73'),
(11, 11, '2025-08-31', '2027-08-30', '2027-03-03', '2027-11-28', '2028-08-29', '2027-03-03', 'a58e39b95a4d703bfc36c2d17abaa2f1'),
(12, 12, '2025-10-04', '2027-10-03', '2027-04-06', '2028-01-01', '2028-10-02', '2027-04-06', 'b923e14092688865a03c6de79a2b329a'),
(13, 13, '2025-10-19', '2027-10-18', '2027-04-21', '2028-01-16', '2028-10-17', '2027-04-21', '25a12b146b58910301018c0aa2a8369c'),
(14, 14, '2026-02-06', '2028-02-05', '2027-08-09', '2028-05-05', '2029-02-04', '2027-08-09', 'b45dfce19d36d190d6541245b23ea794'),
(15, 15, '2026-04-18', '2028-04-17', '2027-10-20', '2028-07-16', '2029-04-16', '2027-04-18', 'eedf01803fc0937ea2ebecda806cbad1'),
(16, 16, '2026-07-25', '2028-07-24', '2028-01-26', '2028-10-22', '2029-07-23', '2027-07-25', 'dc42fa702b726f92e6428e0178ae6291'),
(17, 17, '2026-12-11', '2028-12-10', '2028-06-13', '2029-03-10', '2029-12-09', '2027-12-11', 'cf3c5a5e344ebd2f11ac8b217cb790bc'),
(18, 1, '2025-05-02', '2027-05-01', '2026-11-02', '2027-07-30', '2028-04-30', '2027-03-02', '97213c58b4c4866716cadde7f63fcb88'),
(19, 2, '2026-10-03', '2028-10-02', '2028-04-05', '2028-12-31', '2029-10-01', '2027-10-03', '80269be8636cd18009d695ac26add4ad'),
(20, 3, '2027-03-18', '2029-03-17', '2028-09-18', '2029-06-15', '2030-03-16', '2028-03-17', 'cdc31358e62b888dca932b526452f4e1'),
(21, 8, '2027-05-12', '2029-05-11', '2028-11-12', '2029-08-09', '2030-05-10', '2028-05-11', '4b59502cbeca8a3d715236b85225ec8f');

INSERT INTO "trainers_trainer_groups" ("id", "trainer_id", "group_id") VALUES
(1, 2, 2),
(2, 3, 3),
(3, 4, 4),
(4, 5, 5),
(5, 6, 1);

INSERT INTO "trainers_trainer" ("id", "password", "last_login", "is_superuser", "email", "name", "time_zone", "is_active", "is_staff", "joined_at", "wants_reminders", "mail_trouble_at", "mail_trouble", "feed_nonce") VALUES
(1, 'md5$IX9WPXlF8MwAkh6zxbmKIs$40fd020d15730612b4b20786fc0b366c', '2027-02-15 19:00:00', TRUE, 'admin@example.org', 'Ada Admin', 'America/Phoenix', TRUE, TRUE, '2021-02-16 17:00:00', TRUE, NULL, '', ''),
(2, 'md5$IX9WPXlF8MwAkh6zxbmKIs$40fd020d15730612b4b20786fc0b366c', '2027-02-15 19:00:00', FALSE, 'reviewer@example.org', 'Robin Review', 'America/Phoenix', TRUE, TRUE, '2021-02-16 17:00:00', TRUE, NULL, '', ''),
(3, 'md5$IX9WPXlF8MwAkh6zxbmKIs$40fd020d15730612b4b20786fc0b366c', '2027-02-15 19:00:00', FALSE, 'lead@example.org', 'Lee Lead', 'America/Phoenix', TRUE, TRUE, '2021-02-16 17:00:00', TRUE, NULL, '', ''),
(4, 'md5$IX9WPXlF8MwAkh6zxbmKIs$40fd020d15730612b4b20786fc0b366c', '2027-02-15 19:00:00', FALSE, 'finance@example.org', 'Frankie Finance', 'America/Phoenix', TRUE, TRUE, '2021-02-16 17:00:00', TRUE, NULL, '', ''),
(5, 'md5$IX9WPXlF8MwAkh6zxbmKIs$40fd020d15730612b4b20786fc0b366c', '2027-02-15 19:00:00', FALSE, 'registrar@example.org', 'Reggie Registrar', 'America/Phoenix', TRUE, TRUE, '2021-02-16 17:00:00', TRUE, NULL, '', ''),
(6, 'md5$IX9WPXlF8MwAkh6zxbmKIs$40fd020d15730612b4b20786fc0b366c', '2027-02-15 19:00:00', FALSE, 'readonly@example.org', 'Reese Read-Only', 'America/Phoenix', TRUE, TRUE, '2021-02-16 17:00:00', TRUE, NULL, '', ''),
(7, 'md5$IX9WPXlF8MwAkh6zxbmKIs$40fd020d15730612b4b20786fc0b366c', '2027-02-15 19:00:00', FALSE, 'jordan@example.org', 'Jordan Rivera', 'America/Phoenix', TRUE, FALSE, '2023-05-02 17:00:00', TRUE, NULL, '', ''),
(8, 'md5$IX9WPXlF8MwAkh6zxbmKIs$40fd020d15730612b4b20786fc0b366c', '2027-02-15 19:00:00', FALSE, 'elena.hoang@example.org', 'Elena Hoang', 'America/Phoenix', TRUE, FALSE, '2024-10-02 17:00:00', TRUE, NULL, '', ''),
(9, 'md5$IX9WPXlF8MwAkh6zxbmKIs$40fd020d15730612b4b20786fc0b366c', '2027-02-15 19:00:00', FALSE, 'zoe@example.org', 'Zoe Castellanos', 'America/Phoenix', TRUE, FALSE, '2025-03-18 17:00:00', TRUE, NULL, '', ''),
(10, 'md5$IX9WPXlF8MwAkh6zxbmKIs$40fd020d15730612b4b20786fc0b366c', '2027-02-15 19:00:00', FALSE, 'vera@example.org', 'Vera Costa', 'America/Phoenix', TRUE, FALSE, '2025-04-07 17:00:00', TRUE, '2027-02-15 19:00:00', '550 No such mailbox', ''),
(11, 'md5$IX9WPXlF8MwAkh6zxbmKIs$40fd020d15730612b4b20786fc0b366c', '2027-02-15 19:00:00', FALSE, 'wes@example.org', 'Wes Coleman', 'America/Phoenix', TRUE, FALSE, '2025-04-22 17:00:00', TRUE, NULL, '', ''),
(12, 'md5$IX9WPXlF8MwAkh6zxbmKIs$40fd020d15730612b4b20786fc0b366c', '2027-02-15 19:00:00', FALSE, 'yusuf@example.org', 'Yusuf Demir', 'America/Phoenix', TRUE, FALSE, '2025-05-07 17:00:00', TRUE, NULL, '', ''),
(13, 'md5$IX9WPXlF8MwAkh6zxbmKIs$40fd020d15730612b4b20786fc0b366c', '2027-02-15 19:00:00', FALSE, 'cara@example.org', 'Cara Mancini', 'America/Phoenix', TRUE, FALSE, '2025-05-07 17:00:00', TRUE, NULL, '', ''),
(14, 'md5$IX9WPXlF8MwAkh6zxbmKIs$40fd020d15730612b4b20786fc0b366c', '2027-02-15 19:00:00', FALSE, 'erin@example.org', 'Erin Gallo', 'America/Phoenix', TRUE, FALSE, '2025-05-12 17:00:00', TRUE, NULL, '', ''),
(15, 'md5$IX9WPXlF8MwAkh6zxbmKIs$40fd020d15730612b4b20786fc0b366c', '2027-02-15 19:00:00', FALSE, 'gita@example.org', 'Gita Varga', 'America/Phoenix', TRUE, FALSE, '2025-05-17 17:00:00', TRUE, NULL, '', ''),
(16, 'md5$IX9WPXlF8MwAkh6zxbmKIs$40fd020d15730612b4b20786fc0b366c', '2027-02-15 19:00:00', FALSE, 'rosa@example.org', 'Rosa Jimenez', 'America/Phoenix', TRUE, FALSE, '2025-05-22 17:00:00', TRUE, NULL, '', ''),
(17, 'md5$IX9WPXlF8MwAkh6zxbmKIs$40fd020d15730612b4b20786fc0b366c', '2027-02-15 19:00:00', FALSE, 'chidi.ellison@example.org', 'Chidi Ellison', 'America/New_York', TRUE, FALSE, '2025-08-31 17:00:00', TRUE, NULL, '', ''),
(18, 'md5$IX9WPXlF8MwAkh6zxbmKIs$40fd020d15730612b4b20786fc0b366c', '2027-02-15 19:00:00', FALSE, 'caleb.dubois@example.org', 'Caleb Dubois', 'America/Phoenix', TRUE, FALSE, '2025-10-04 17:00:00', TRUE, NULL, '', ''),
(19, '!6623f48235222b0fbcd295328c76ce629cc266cf', NULL, FALSE, 'aaliyah.abernathy@example.org', 'Aaliyah Abernathy', 'America/Phoenix', TRUE, FALSE, '2025-10-19 17:00:00', TRUE, NULL, '', ''),
(20, 'md5$IX9WPXlF8MwAkh6zxbmKIs$40fd020d15730612b4b20786fc0b366c', '2027-02-15 19:00:00', FALSE, 'darius.gallagher@example.org', 'Darius Gallagher', 'America/Los_Angeles', TRUE, FALSE, '2026-02-06 17:00:00', TRUE, NULL, '', ''),
(21, 'md5$IX9WPXlF8MwAkh6zxbmKIs$40fd020d15730612b4b20786fc0b366c', '2027-02-15 19:00:00', FALSE, 'beatriz.cordero@example.org', 'Beatriz Cordero', 'America/Phoenix', TRUE, FALSE, '2026-04-18 17:00:00', TRUE, NULL, '', ''),
(22, 'md5$IX9WPXlF8MwAkh6zxbmKIs$40fd020d15730612b4b20786fc0b366c', '2027-02-15 19:00:00', FALSE, 'dalia.farah@example.org', 'Dalia Farah', 'America/Chicago', TRUE, FALSE, '2026-07-25 17:00:00', TRUE, NULL, '', ''),
(23, 'md5$IX9WPXlF8MwAkh6zxbmKIs$40fd020d15730612b4b20786fc0b366c', '2027-02-15 19:00:00', FALSE, 'amara.bakshi@example.org', 'Amara Bakshi', 'America/Phoenix', TRUE, FALSE, '2026-12-11 17:00:00', TRUE, NULL, '', '');

INSERT INTO "documents_document" ("id", "owner_id", "original_name", "media_type", "size", "sha256", "sent_sha256", "stored_as", "uploaded_by_id", "uploaded_at") VALUES
(1, 7, 'certificate-2023-09-19.pdf', 'application/pdf', 962, '332f893aa12886ba281e0cf7a3b4f6343101b10aee586f1b05f4b616c32fd49a', 'cadc4e9e66f46913886676110bdd58f2b9118a74eaed21faa2eb61f5524d06cb', '2023/09/20/9f39ef53b20a39ea3ecb0060d5e07070.pdf', 7, '2023-09-20 17:00:00'),
(2, 7, 'certificate-2024-02-07.pdf', 'application/pdf', 979, 'c96a51657df5bd4b089bf2c0f426bb4d47a385419f9a6ffd5c91d7bc2c47ba2a', 'fd5e8742109f5a79349b1b8808e2f9ecf0a8612a6f0fc32e7ca62d690237476f', '2024/02/08/618cfae164f4e6ab88c0a09271a36740.pdf', 7, '2024-02-08 17:00:00'),
(3, 7, 'certificate-2024-06-27.pdf', 'application/pdf', 976, '0bcba69792b147f3884930e01fc4d1970286e1611afe8a5c8d47d13865c0d6bc', 'fb546f62cc1be4294972707396e9b70ac1b17c89a4ef4cfd2ce83eada9c7d4bd', '2024/06/28/9fb6fa1a3efc6acffb875314bb9c6c95.pdf', 7, '2024-06-28 17:00:00'),
(4, 7, 'certificate-2024-11-15.pdf', 'application/pdf', 967, '7b0cb55180b7463c975bb359fb86ac97c09a7ff881397de8a8d0af00e8c4523c', 'ab3ec03d16b3e8feef4db864fd79343ab0474f73c919c8854ccd64c028fa281c', '2024/11/16/f93846a32468c9db706ebe078a824ba1.pdf', 7, '2024-11-16 17:00:00'),
(5, 7, 'card-front.jpg', 'image/jpeg', 22709, '365e230aa73253a06d7efd0567bab36c9cb9877fd97bbf5ec6c98df07c4d58ee', '7eda57a7f213892a560a45d90260703e70aa000b8cd38a9944797ff5139db6f0', '2023/05/03/ceb940c1c2e4c215850de5dbae26f3fb.jpg', 7, '2023-05-03 17:00:00'),
(6, 7, 'card-back.jpg', 'image/jpeg', 22803, '43693b79213b822cf7b95febffaea345d28810f9ff13d4c5573e36e6522d4011', '7e5ec20e57e2bd645669eb2a863acef0310e7345bf680b1c98a0864699d3b4ce', '2023/05/03/ddb01f54b6181aa65964130bbd653eef.jpg', 7, '2023-05-03 17:00:00'),
(7, 8, 'certificate-2025-02-19.pdf', 'application/pdf', 971, '3a75835ffccdb928075bdb8b3a1e06766af37a54fea0316014ffbf3d8f2ac590', '779b62f407e83cf4ab8e5702f5f1f082b0dc4240b1c3eb3e0e1fda320f8ac4a8', '2025/02/20/03be09a8f3bffcc8c8e8443f827bbd5c.pdf', 8, '2025-02-20 17:00:00'),
(8, 8, 'certificate-2025-07-10.pdf', 'application/pdf', 973, '9ed41c261ddc1934e5a890ed8940701be23376cde444aeb6309ed89f00dc21dd', '1c8cab853890495a4fb3867c0714fe270b22cb614e3285af453432009206e172', '2025/07/11/07c5e10838cbf83946aadb7ef7fee506.pdf', 8, '2025-07-11 17:00:00'),
(9, 8, 'certificate-2025-11-28.pdf', 'application/pdf', 958, 'be4094b094353fbb5e1c656e25a4250dc75efa39b7c07b820984b50176bd4028', '23d483e74598023acd439231603c8ff4d791f8deb7172d6f365c6630c3d68aef', '2025/11/29/99e9f23f0d4b61554cf5bcf9a4e8b95c.pdf', 8, '2025-11-29 17:00:00'),
(10, 8, 'certificate-2026-04-18.pdf', 'application/pdf', 968, '6ac3bd4c5a498295a4ff7d06006510b9025aa18e2673a63ff3a6f25db3a9ff2e', 'eb45dd2baccfbec578b7c279ec65261f9997e202f4085e9babfe87151c732c23', '2026/04/19/50c130d652778493e5f528285594c54f.pdf', 8, '2026-04-19 17:00:00'),
(11, 8, 'card-front.jpg', 'image/jpeg', 22594, 'd7d56b151178274d0cd2cc2fe8adcfa8f86fec5895e625b0020ba62262eaca76', '630f9a6733eac221f0d2997ab0431ade0555e91fc462c0b568219620ffdd26c0', '2024/10/03/b45f5631db4de375bfc9dfa30df86c7d.jpg', 8, '2024-10-03 17:00:00'),
(12, 8, 'card-back.jpg', 'image/jpeg', 22695, '377c0e1c8a034544b7507946b4ba1657d52dba3c8326eebc2c5ee74389b4a27c', '17f873ab7150e3b89f24b090a2a2bab848e5532c2fa7ee0428da0067e9dd0332', '2024/10/03/28fdc7d63054e37599472eb2595a5d59.jpg', 8, '2024-10-03 17:00:00'),
(13, 7, 'certificate-2025-09-09.pdf', 'application/pdf', 981, '5e59642bfc1121bc21c7ddce43f23f079ea9502140e46a5d8ef1b62f3d36e90f', '7be0ee8440bcae8bdafd6ee30024572f7afc08737d0d0f17c3086420f7f2b133', '2025/09/10/cc4d535a7d8362b66ce13023d299ea6d.pdf', 7, '2025-09-10 17:00:00'),
(14, 7, 'certificate-2026-01-17.pdf', 'application/pdf', 970, 'ba291a2074c93f563dd3cfeb7cd23b4c6b6375ce6f6e8f8f3c8ebc540f99efd2', '1201e7354325ce15cea4971c0d037a3978a4133127dbd715e76485295304f561', '2026/01/18/4ab8ab82266a90ccb8232199d4c11a07.pdf', 7, '2026-01-18 17:00:00'),
(15, 7, 'certificate-2026-05-27.pdf', 'application/pdf', 961, 'e89add47e6eb6cf76fac3c2c88628db37fc86cd0deda1d99c23b23d88f9b3e66', '8094879ac459891459cfbb11c825547267557a9095a05a23d17caaf3fc4c836c', '2026/05/28/7b82c470fc002fc8784d09692ab7d2b1.pdf', 7, '2026-05-28 17:00:00'),
(16, 7, 'certificate-2026-10-04.pdf', 'application/pdf', 957, '924cd3bcbe50cde40b16f31b545610d70add5d4dc18240f9b4fd9eafd2af25cd', 'cd842bc01c649ee94d003d61c874ab8b38ddbb795771bcbd929302ac92f094f0', '2026/10/05/37942ff1b6faf0b67c866f87dfa45ad8.pdf', 7, '2026-10-05 17:00:00'),
(17, 7, 'card-front.jpg', 'image/jpeg', 22677, '0c031a6d40b69fe192368cc0e75f495ae2c8cfd44dcabcd82091f5c2799d2543', 'ced5f175141a8040436a3473a8b06b60145f91b2cadb85fc48bea50c130dde1b', '2025/12/13/a1a59392f1e193e88d37dd585780b59d.jpg', 7, '2025-12-13 17:00:00'),
(18, 7, 'card-back.jpg', 'image/jpeg', 22789, 'dcf64bdba08c09af5fde1c6ed2789e8c1a50190767fe1d126c78000cfc99d20a', 'e4d5ecdd8264db1bcabe3efff8795409fabf1605922e2bc3300bf27d50818c70', '2025/12/13/779c1b1fd98df087b5b6c6d89b175de3.jpg', 7, '2025-12-13 17:00:00'),
(19, 10, 'certificate-2025-08-16.pdf', 'application/pdf', 965, 'de60223f4cd2f96a6aa06c0fe588a8a6d2c5c5337036086d666656fbe8875e03', '664d7622503b6594cf5425a0ff4816698dc5febdb15c9f42d99953b6cc7cbe12', '2025/08/17/90712f0d443c43e09eaebfe3b60bb69d.pdf', 10, '2025-08-17 17:00:00'),
(20, 10, 'certificate-2025-12-26.pdf', 'application/pdf', 965, '1c5842e1847d4d51225e3eb7ec7796f8ec5e169b4a7609b153d66b4ed72391b8', '97c3a95d574e2fde5e5b4d66470aec9a3f57eecd8d5d241c24a82cb757998ff2', '2025/12/27/f785e9e693450c041229d2dd5cb0d018.pdf', 10, '2025-12-27 17:00:00'),
(21, 10, 'certificate-2026-05-07.pdf', 'application/pdf', 963, 'a945eb859abfce0996313e522f7cb4ab0dddefa348ca698ec0dd1744c7ae2b67', 'aed41d2d10e90f1a2b5f73e754873280a9a63896a3c3d1daa0dab5c108cf9974', '2026/05/08/909d02417e3c984d2fda015067b0dfa7.pdf', 10, '2026-05-08 17:00:00'),
(22, 10, 'certificate-2026-09-16.pdf', 'application/pdf', 958, 'a2d4515b3126de7b6a5a758ea1d66369dabe4195d505b0b3023f9268d576a9cd', '168ff090548a466bcf1db8c6d8d5ab99afe83ef50efa26040862a3525ce1f8c7', '2026/09/17/7d07190c8625789b1b96f25d8e07d945.pdf', 10, '2026-09-17 17:00:00'),
(23, 10, 'card-front.jpg', 'image/jpeg', 22014, '0354548c36ce72eceed8fb9f9e2f8b3cb0f5404da03794f7a0d78e2966ae5ad0', '184cff6f1ea9684e8016c94b7cb70d067df99b3ee212db4a681265922b4fe8da', '2025/12/13/4692b498c792897d425c756f58cbd032.jpg', 10, '2025-12-13 17:00:00'),
(24, 10, 'card-back.jpg', 'image/jpeg', 22126, '8e71064195fb8223449205489cd39246cdd481bb19c26bd55bf08f7b950a302f', '9d1b30add3cff0b44ce7022693535e68034d8d8547e4f5f349f22f3ff7917415', '2025/12/13/83623987b0c08c6e578f7aba2d8046f3.jpg', 10, '2025-12-13 17:00:00'),
(25, 11, 'certificate-2025-08-26.pdf', 'application/pdf', 971, '75d42450864264bf3d44d1caef59ff987c7fc3b5bffbd977906022dfea31dc7e', '489b99455f75b79609676416796902cd747ec732c776bbfc83b92b21d6690d66', '2025/08/27/26cc9b7c0bdd129247ee3f7c2e046da9.pdf', 11, '2025-08-27 17:00:00'),
(26, 11, 'certificate-2025-12-31.pdf', 'application/pdf', 955, '87619f57c51e873df018d608079ef7257dcd373f3d6908bcf835f524134c7b2e', 'ce5d8eea4a90ed99c85ae733e035041c8873a3b50e8f684ec421c881ddf1bea1', '2026/01/01/c46b128385dc5d453816aa02a7ea12bf.pdf', 11, '2026-01-01 17:00:00'),
(27, 11, 'certificate-2026-05-07.pdf', 'application/pdf', 963, '690c2a76bb80969b1e3b402292bb440b9c4b4c7a95e3f6e95c3d0fac867d3e05', 'e64890a43cf898cea06802ae37a579fc34cadb25d540432f9f5b3e8bbcdf1551', '2026/05/08/21911700ba60d56ac08ccac9db0126cb.pdf', 11, '2026-05-08 17:00:00'),
(28, 11, 'certificate-2026-09-11.pdf', 'application/pdf', 964, 'e597cb42443c40421a8d62c9222b5d501b710a9e65faa7b556e05ad17d2b8fac', 'c6474a7ac9bcf655ef7d1a77315d9aa7d8b20e9f9e2904953f54406d2286e9fc', '2026/09/12/89099c3782ff3bb2bad6c5e1a9defed5.pdf', 11, '2026-09-12 17:00:00'),
(29, 11, 'card-front.jpg', 'image/jpeg', 22677, '0d715d48adb02adf110f2695bcc778e745104079d36b7b5917d5729157e37319', 'bceaed0c4eaf3b6ca9205cbf072c5cce49d1ba39667caf30448f6f04cba7aede', '2025/12/13/53c1e8a71fbfdbdb7d8e8c28b4980e8a.jpg', 11, '2025-12-13 17:00:00'),
(30, 11, 'card-back.jpg', 'image/jpeg', 22765, '54b88ebff83022f37f1fccc2ab774e3ef93c35d8318b06fbc936b9863eb4e5e3', '6af831763fdacb254f86084e5598dad2af7761fb17f192c1ffa5d342bae5f459', '2025/12/13/74174687ce6db5d9bf55e0f41b53112b.jpg', 11, '2025-12-13 17:00:00'),
(31, 12, 'certificate-2025-09-07.pdf', 'application/pdf', 962, '6ccefc1652c2b806a567de3cc460bfa1103edf22a17ef4ca9789e1e9b036e527', 'a340f7f21716c92758de4694ae04bf0f7bf61a341981ac0a392243ba96986251', '2025/09/08/20260b554bf50361ea3a74b49c9c57b8.pdf', 12, '2025-09-08 17:00:00'),
(32, 12, 'certificate-2026-01-09.pdf', 'application/pdf', 963, '81a557c2bd5e7268dde8ee14831d80c07212b18e6163609b0e24b71dd7f7ab29', '893bbc785ba32e9292707934790bacf0a785b9bf963ca81bdf3d1cb3dbbe14c9', '2026/01/10/01a45778bf2b1b264ac9b06773f7e485.pdf', 12, '2026-01-10 17:00:00'),
(33, 12, 'certificate-2026-05-13.pdf', 'application/pdf', 967, '3a52dadb1ee959af65758de374263205d2664cee7f57e92e191d8fd2064ed9e8', 'e597c5168a7eff9181ccd47f03b3f8e39db487caf45940da4a700d2f058a4814', '2026/05/14/8f4c5083b710bcb99110c5fd4419ea2e.pdf', 12, '2026-05-14 17:00:00'),
(34, 12, 'certificate-2026-09-14.pdf', 'application/pdf', 963, '399e1cc8cca8078512e3a9f35ab6c3cfaf9fce968176e1f549e9f1585e04b5fb', '31dc3c5967ead17b91e6bfe5a1a0bd2bfb1e1f0bf08ae7c3a6eb39b3eba9377e', '2026/09/15/54dcbde1f41ed076b85cccfa7c517a1f.pdf', 12, '2026-09-15 17:00:00'),
(35, 12, 'card-front.jpg', 'image/jpeg', 22131, '13e47e5619ac45c72e3c1aef24a0b16087821e41431ec0bf187546b856efff0f', '815e950ce7f58901325ba451f5b15a4718342f0bde00069d7e9c245f6cbff768', '2025/12/13/532f512fdd4d7bf99c1e004193098b0c.jpg', 12, '2025-12-13 17:00:00'),
(36, 12, 'card-back.jpg', 'image/jpeg', 22219, '56f35bb844badfdd8e0cfbca3f656ae25cea5282b46905d7d70e81e05e4ab99a', 'e2e590267761a483ee3ce554054c1922073cd57852bf824de573ec7b53fa1487', '2025/12/13/f6ab1fe5f4aee39a79e7079fce14275b.jpg', 12, '2025-12-13 17:00:00'),
(37, 9, 'certificate-2025-07-31.pdf', 'application/pdf', 976, '077f343c08674ec375ec1b371f994138c620cd80da2a00565179e910cef6aa1e', '270a08e441c334b978242fcc4a84871f5a15d31f19f650a1414cabffcdf6fd06', '2025/08/01/56e9938d37c72015f1b2af99733cb95e.pdf', 9, '2025-08-01 17:00:00'),
(38, 9, 'certificate-2025-12-14.pdf', 'application/pdf', 961, '8ca4ba2341e9c017673c81a5fda8ee9344b61adc94fb88c086031f83a4097d67', '0e6ce3ad4353aa1a5b4fd6fef509db99c14965d7a17547f0d01d26d3a4326741', '2025/12/15/055897f29d24081fc1e8e16f5fb5ebb4.pdf', 9, '2025-12-15 17:00:00'),
(39, 9, 'certificate-2026-04-29.pdf', 'application/pdf', 978, 'b80d12dafa8291925089da0927d9e6cdfc6a730314ecfcce4ae14c3c5ec508ad', '85148f3d1d62b30aa478a922ecb873f659eb37f4dc1a62fbc80e44f701127638', '2026/04/30/01282a6ada08a06f5fcc1ac072038e7d.pdf', 9, '2026-04-30 17:00:00'),
(40, 9, 'certificate-2026-09-12.pdf', 'application/pdf', 978, '188ce7cba88d2fd2a346fafdc17d44845de8e2827ec02435c8249d3d6eafad88', 'b13555e8d42504397e34da7af0180f7f0a4a6083c5304812b9541ba03692cb7d', '2026/09/13/6f93027d213bde0187dac08063aa1bb6.pdf', 9, '2026-09-13 17:00:00'),
(41, 9, 'card-front.jpg', 'image/jpeg', 23283, '85a59e48783d6503f0132952ed99e4be45078db7760a46ce85e927bf2e90440f', 'f33057f6ed42e70d0b1990a917e4fe6306eb8b1173c8c9b3dd13a155a8d3e6b6', '2025/12/13/4720d0ad5c42e70740424023c3aa503f.jpg', 9, '2025-12-13 17:00:00'),
(42, 9, 'card-back.jpg', 'image/jpeg', 23368, '555473947c123a2d9af15e870355b7f917c922721da31cd5bda5030d196d059a', '0da79ef716353b98481447c2fd33f8aaab4e761eefe4b9e15702c0881cc9d61d', '2025/12/13/1ce99a25aaa83d6eb31990abcba32736.jpg', 9, '2025-12-13 17:00:00'),
(43, 16, 'certificate-2025-09-17.pdf', 'application/pdf', 963, '8ee86c312e22e8ed90faefb2a534433dfbc98e2abe36d4f16feed2a3bf2b1118', 'a5b66eb016e3651fcd8b7251d8e3ed593b090aeafb92305088140f5688503979', '2025/09/18/a0568bd164805bd737f92cf99510522f.pdf', 16, '2025-09-18 17:00:00'),
(44, 16, 'certificate-2026-01-14.pdf', 'application/pdf', 977, '0e2fee9de32e4b21eb406514d9b9131f93cbe2d98e1b5cca72335a60729ceb29', '479cea7dc498f18dddc124c5c3897763a65815a8d749c898e5aded36adf220c7', '2026/01/15/edc23d7fb4014a5136f3e4bfeea7e8be.pdf', 16, '2026-01-15 17:00:00'),
(45, 16, 'certificate-2026-05-13.pdf', 'application/pdf', 965, '23870f93f769abb1bbe88f9fbc0e94791624dfbb03d08f43b1054baad6961339', '7e7dd860db6434cb83b9ec4d00b9e5f850654c2485fb3eb1b3401ec3a75b4ffc', '2026/05/14/eb7b10c7c5e1dabb22c99e3c41f8203a.pdf', 16, '2026-05-14 17:00:00'),
(46, 16, 'certificate-2026-09-09.pdf', 'application/pdf', 967, 'ec3c8b81f23b61c7754622f32964442985d4b8a19fea6270ea0c27a4f487da5d', '94ec75d58ace6c08c824a189e926ed5db781ce09c3e8423807c3672fb01116d0', '2026/09/10/3d9922d3456488c5a169674c42724117.pdf', 16, '2026-09-10 17:00:00'),
(47, 16, 'card-front.jpg', 'image/jpeg', 22662, 'bded763381a67aadfd3d384e0d2ec8a815a3299505a7a9b82ec281fc29941b8e', '7294427fb48c03b0895d9eb61e980d1c314a4a7edb3d4d33c343eaf19ecbe029', '2025/12/13/1b112d3ebe0a787946dd1e7929563b40.jpg', 16, '2025-12-13 17:00:00'),
(48, 16, 'card-back.jpg', 'image/jpeg', 22750, 'c8371c5a631c8777616b0f7e589380b2c9b11a43c1330bf7a76568c4a5cf265a', 'b4111ebd9b4f152ec7a9bdcc27b0d190267fe7b2b6a50e0f95deadf2b2ef788a', '2025/12/13/30ea1e37e25e2d1fc7cf6d574d1a38bc.jpg', 16, '2025-12-13 17:00:00'),
(49, 13, 'certificate-2025-09-07.pdf', 'application/pdf', 957, '074314dc4c9653d3cc3f33cc17bc513f3abfada885c6a85f2ce778791a576871', 'd1e6aae0acb08ecd786ca6dcc6320d85df5e44fa2ba0c8c08cf48ff35c209269', '2025/09/08/5820c36dcfcadca3c977c1213f548f70.pdf', 13, '2025-09-08 17:00:00'),
(50, 13, 'certificate-2026-01-09.pdf', 'application/pdf', 971, '55ddf06af2508df5500a5710286e326996102d90ec2b5df0ce6087868bd6946c', '6b2dde1beeabd317b95e79215a77d395c1796436365bbbd052033d066b73bb5a', '2026/01/10/9b61854a657fba0685ae1674f87f8f51.pdf', 13, '2026-01-10 17:00:00'),
(51, 13, 'certificate-2026-05-13.pdf', 'application/pdf', 969, '00893ee93a17b893b3d7ca2738ebee8f1e1b39eb29d019ef18e42a82878a7b92', 'a899af58a217edfe46607859b2ff372374a480164a4112a81b9552a5209b1096', '2026/05/14/8908922c4308eae484d09866a4b76881.pdf', 13, '2026-05-14 17:00:00'),
(52, 13, 'certificate-2026-09-14.pdf', 'application/pdf', 962, 'a521c835d948424d0b3401f650428e32e8ebd158d1015cf9ee8f2a195fb73c73', 'cc46e1d4676bfccde744381a1d3cf175e0c453c912c56a54015e64f8fe2ed93f', '2026/09/15/9021f48fc3ad0da72849a2fb9a76e618.pdf', 13, '2026-09-15 17:00:00'),
(53, 13, 'card-front.jpg', 'image/jpeg', 22440, '5e84fe46caafb467bc9657977b45ff01999e946e5a628e4624aee5f24b72d58d', 'd3298ddd08b8c0326a7ce73b89ceb649b408cc77d5e56b0ea88e475f3efddc17', '2025/12/13/f4e2bb4c8f554bb29c4a137822414159.jpg', 13, '2025-12-13 17:00:00'),
(54, 13, 'card-back.jpg', 'image/jpeg', 22533, 'd40c1c1bce12e712777e6203c9771a6b9392beae2541b65dae998c4730736457', 'b6c3a56fa79d8f6f7db3c9cffedc6b3f2479adbbb123de08b24b8ab71b11d017', '2025/12/13/67a59e28ba9dd0b52312dbc536d2d4cb.jpg', 13, '2025-12-13 17:00:00'),
(55, 14, 'certificate-2025-09-09.pdf', 'application/pdf', 958, '4d3f549eb3241225d52ba65f1c6f36676032c41120779556f9afadefcf0d2fbc', '68a8fc33dc77e85e447795b0cacbe8f3cf9a3b07d379ecc067c567f9c0d30b57', '2025/09/10/a4ac243e96e41608cb7d5e69e7cc9279.pdf', 14, '2025-09-10 17:00:00'),
(56, 14, 'certificate-2026-01-08.pdf', 'application/pdf', 967, '0625bbad0ac9177a509113b2b450434747c7cff38b692862a7b072d6ff96af73', 'dd8390a887e4b1ab710ca4c39729e612b9365735d021490e8160e0b001756881', '2026/01/09/f9df2b9f8865907d1d7c90e3e1eb6848.pdf', 14, '2026-01-09 17:00:00'),
(57, 14, 'certificate-2026-05-09.pdf', 'application/pdf', 956, '5950dbe185bcd4ceeacd5cde277e38a194d091dd05452edf7042b2eb79f42bb3', '1843836ee3aa954190b53f8341b5854c3ab2464b4d8682139121f827406936c2', '2026/05/10/1bbd960a69a2d8d371d5e528e39ac138.pdf', 14, '2026-05-10 17:00:00'),
(58, 14, 'certificate-2026-09-07.pdf', 'application/pdf', 963, 'cb0dd65079f5cdb091ae321f6f4d226419dcc6e85ff49a966857135110cf137d', '69bc94222005dd4b036ba89684a800c38b4c978e597a5ac801d0f40dc8c67d87', '2026/09/08/0b013b5cce7d54b401473a2c238143fa.pdf', 14, '2026-09-08 17:00:00'),
(59, 14, 'card-front.jpg', 'image/jpeg', 21691, '37de1688bdecd312a66a351b309e2e5897e86760cbdb012a4ee9ada51c5f6f2c', '1798e68653d25a3a384d779afa5f88879722a8a7cace1160b2360d8403d1f352', '2025/12/13/93ad28eeb11c6cac2733aeecb7eb4290.jpg', 14, '2025-12-13 17:00:00'),
(60, 14, 'card-back.jpg', 'image/jpeg', 21784, '1fafff4fcc79ce83192c7058099edfe7fa0cdd23cf670ef8f62ecbff68ce0865', '5ab842304dcbc21ebb32998c3e81578d506b2d76104bc369b623db5bc70ca8db', '2025/12/13/bcb487a25ffda3f3011d8cec24f319d5.jpg', 14, '2025-12-13 17:00:00'),
(61, 15, 'certificate-2025-09-17.pdf', 'application/pdf', 971, 'ac5510d65ddee3cb3795adb3b12e39f915b3e7d11d5e4eca0cb6c8ba0935cd20', '67c18e6cb79317ade6bc5f896c0011b4e0e6f3a72633bcd03b8f2bd8c90cbd6c', '2025/09/18/786731e4b1cba529c8335cc4733925bd.pdf', 15, '2025-09-18 17:00:00'),
(62, 15, 'certificate-2026-01-19.pdf', 'application/pdf', 966, 'a4dcb15b1bbdefea47d24ec9fa1c4edbdceeb96cb39e6f34d10a071737348ec4', '250e70e544603a80fbbdbd0d3ac475e61edc436809b3e7c4a3974cccf213a878', '2026/01/20/f92fc8630bb53d69a1b24babe96a3dd6.pdf', 15, '2026-01-20 17:00:00'),
(63, 15, 'certificate-2026-05-23.pdf', 'application/pdf', 964, 'c64fca5cc23790a4a8bb04c48ed4ea356cf2416d25e30a8af92ac049e46a6556', 'b62bfc91370aef6f0e1874c11326565f805f2f85c81de95a8035eeca2d5a3946', '2026/05/24/f404f66a307740530254328bddea6fff.pdf', 15, '2026-05-24 17:00:00'),
(64, 15, 'certificate-2026-09-24.pdf', 'application/pdf', 964, '0ccbe59a11be8fb0c2767c35ad06f27dcc63038025897b08f6961be721ab0fc8', '9b66a574914a88f2b8dada6b141a06b355c13ff38c7fa048f30cbd9bbe461eb2', '2026/09/25/f2fcc8814b6493ab69a7e4699b675940.pdf', 15, '2026-09-25 17:00:00'),
(65, 15, 'card-front.jpg', 'image/jpeg', 22045, '1771abc209b081892c709a495b61a1e9980f05b66e5238ae540efe84d6aa781b', '89684fe4e556856e4d9d62b3ed2d8a1978e663dc316792f2d8ac4cf964141eb4', '2025/12/13/36fbfd72d59132454cccb0b0b69a75b7.jpg', 15, '2025-12-13 17:00:00'),
(66, 15, 'card-back.jpg', 'image/jpeg', 22132, '8b0ac0e29dba9f23bae7591fb40b3c092f256e58dd1d4f8f636b7623b3f69957', 'e21b075579769960aa03cecb076461239e061e5637e4810adcfedd06c54b136f', '2025/12/13/1de92c03ef0353fe7bc246d65e07069e.jpg', 15, '2025-12-13 17:00:00'),
(67, 19, 'certificate-2026-01-07.pdf', 'application/pdf', 965, 'c79611b2a7fc6de6ead0377b9dcae77018547b014058fe0dda99bdec9fea43f1', '2cea7c0d094deb096a37696b90f86a1818bbec46ac24d2c9390a4a39cce47e93', '2026/01/08/e2118e4661272340afab2922a64463dd.pdf', 19, '2026-01-08 17:00:00'),
(68, 19, 'certificate-2026-03-28.pdf', 'application/pdf', 985, '138d95333ed1a4e223ddd7be488ab3bc61bb9c1aba3953bb9181b3f21f932f2f', '9faab6ad5a6928f91782f563209f325e8e302938506eb17f512c5118c163a49b', '2026/03/29/a1fa623a35a8bf3cb9df76795c1de250.pdf', 19, '2026-03-29 17:00:00'),
(69, 19, 'certificate-2026-06-17.pdf', 'application/pdf', 974, '5a90e728fbf0fe1de5125d93488b6ff25d611a4cc276eb94f6f3b28ffc857d0f', '4aa72fbfa10871e8713c8eb1b36dd29e468cff6a50b6af90b166e72fdff749ac', '2026/06/18/c5e6464099123ce4995ca6c36f1c6a4d.pdf', 19, '2026-06-18 17:00:00'),
(70, 19, 'certificate-2026-09-05.pdf', 'application/pdf', 982, '4f0a7383aa080160683157224fb2b2640f05fe0bdff6d9622f97fdddb68d2a9a', 'eb096ed16d54b9d47176d6b81bd256a1de716ef973e175365b15217006f2d935', '2026/09/06/787b3b85f1e47fc7919388de25a5483a.pdf', 19, '2026-09-06 17:00:00'),
(71, 19, 'certificate-2026-11-24.pdf', 'application/pdf', 982, 'a2852eab25d1440fcdff5f95c4223c8f19ef66de64978a89e6650ec8aa237907', 'dcbe85580cfa539de60629239c2c3dbd141bee659d612bc3e73a0bd054f456cf', '2026/11/25/d3989e677d40f75e75e5788fbe17b03c.pdf', 19, '2026-11-25 17:00:00'),
(72, 19, 'card-front.jpg', 'image/jpeg', 23721, 'aa940c0fa6d6c9f2c542a26c70ad6aed16232cc5e07ccd46f919a30a16820186', '6e6e52c9331af3ea57944825016926ff5d096b97f1f5a9abee3bf8b12110b4dd', '2025/11/27/f3514bd56894fbd6374125877d362cea.jpg', 19, '2025-11-27 17:00:00'),
(73, 19, 'card-back.jpg', 'image/jpeg', 23816, '074dad82f0701a9fa0ce304dba3cf0791ee3145054ee4be40afd45765b7b872f', '9f734059458c0429aebab6f3f82a3d20b8ad4b4349f16334788b59dd5965f50c', '2025/11/27/c2a925d804223051c425c5ef09dead4b.jpg', 19, '2025-11-27 17:00:00'),
(74, 23, 'certificate-2027-01-12.pdf', 'application/pdf', 974, 'ee492b4925369b043ff2dedc03f03b35faf70cf7ffc6792c76158765a7d1e437', '3def15e207e1dd84a5e31c4157a3e21595028b9c533fc699fda07a09c3561c7d', '2027/01/13/d8fdd2c00ecfa6683a028cb2e4873627.pdf', 23, '2027-01-13 17:00:00'),
(75, 23, 'card-front.jpg', 'image/jpeg', 22766, 'd0bf66e9e0e9344b9e1518ed71efb1effc2896a51e0618233147e266b7b0234f', 'bcce09578c52c2607312d54d42f75e550792c533de900f7a289b0f6f0627dfb1', '2026/12/12/998d82fc66008614ebbc804d8fa23a8a.jpg', 23, '2026-12-12 17:00:00'),
(76, 23, 'card-back.jpg', 'image/jpeg', 22851, 'a3a4dc63553b2327b056178bbf5f79cd4f9e1d8c5a3e59cd6bf2036dafd6348f', '460790114c5758b691da1442bc42e8d736c02bc0d1c9a340d1f232519ac2f7d3', '2026/12/12/1bf9ab78af7c05954ef31d7f4a3f45bb.jpg', 23, '2026-12-12 17:00:00'),
(77, 21, 'certificate-2026-07-27.pdf', 'application/pdf', 968, '9e065d8962a1280573a65c723c8716c9e52ea9b7cef42ed84db300e4e2de988c', '044028e862be37fafd06bd135322a909da3550f2306cfae3fbcceeee778088ab', '2026/07/28/dee639967bc8a4903c4bd5c7243cb5df.pdf', 21, '2026-07-28 17:00:00'),
(78, 21, 'certificate-2026-11-04.pdf', 'application/pdf', 975, '978e5fffadc28ba09f4fcc89598c873f6b01e792dd37c82e7f2ddbf9b94f15c7', 'cfb49e708954ec679ffc5bea5c46689a3ec42a880a21cbe8c18a0b81902654bd', '2026/11/05/4b8da3485a03c630f30303e19b5c2d4a.pdf', 21, '2026-11-05 17:00:00'),
(79, 21, 'card-front.jpg', 'image/jpeg', 23282, 'f9b1f9c1aabf69d5e066c4da39472febd1aefcec2faedddd32de1ade68cf0f5e', '7d64214499c6c061b013fb5ebe8bda3f4650f64fb559d8885a57c18f7d76b603', '2026/07/22/c8ed3b7c2ba051568841e4f9a9a3a727.jpg', 21, '2026-07-22 17:00:00'),
(80, 21, 'card-back.jpg', 'image/jpeg', 23367, 'd47f219ce11713587b656d9e0b900a28b262107494e5d63def04b165a2c15c2f', 'e130602a6188812f00e6a5880475c415dcea79b9e9d00e0f35b7e16b25cc4729', '2026/07/22/5189125ea6d2aa2bcf12a52a0bf4b0d2.jpg', 21, '2026-07-22 17:00:00'),
(81, 18, 'certificate-2026-02-05.pdf', 'application/pdf', 961, 'aee54c52ea26d2579a1c73c5229cfe385fa56a3509cdd4fbbe0d61cb7db42cb3', '3de88601da2a0153c3c7359aaa7ba0573818ae3ce67a006d90607c10235861d6', '2026/02/06/c284445ed32c0df81a0f18ff5db3c4ec.pdf', 18, '2026-02-06 17:00:00'),
(82, 18, 'certificate-2026-06-09.pdf', 'application/pdf', 953, 'ca5eea13844c354b57115b0f070a2a8a1da0682d2730426b432e933a271ad844', 'c8b2eaf5ce7c4487b76c889c03ffedb2b18a811acd3c6ff5cc1340869be727af', '2026/06/10/41dcddbe38b15b960258a2a77d48b468.pdf', 18, '2026-06-10 17:00:00'),
(83, 18, 'certificate-2026-10-11.pdf', 'application/pdf', 974, '3b3de4d95328ff7032ce00d1b66881f46bfe49e8bb9d393dbeaf31a5cf8baca4', '134ce104c9d63f15a10e0dc925e5a8f568e8d6818fa214c82be8b9f6af0f3c9d', '2026/10/12/e2ea24574191ed423debfeac78d88458.pdf', 18, '2026-10-12 17:00:00'),
(84, 18, 'card-front.jpg', 'image/jpeg', 22738, 'd79c21c0f201a154b3940a3f81878b32d74a03a2fee619a3dc133c8dfd93bb8a', 'e6e1e21beff6a51ed8c121637ca49bed39efb990cab780a2ed68ea827fc7f7ce', '2025/10/05/37b87130ec2c9c07eb75fbb8dfed7dbb.jpg', 18, '2025-10-05 17:00:00'),
(85, 18, 'card-back.jpg', 'image/jpeg', 22831, '5978a8a5a84f2cc195dd8756f04bee24306027a080db0ccc1e6fe9a061fa25d4', '96aa26333c1acc78c60ae1c394f6dc556421d81cbfc5f7dff7ed0e4759a6c122', '2025/10/05/ab3da15daa9426494cc73223751aedeb.jpg', 18, '2025-10-05 17:00:00'),
(86, 17, 'certificate-2026-01-10.pdf', 'application/pdf', 969, 'f88e6de6263391c7f9ab278c613ed3e6bcb76152589c5ffbe54d252bd653f366', '60ca100f93e12953e1dec481812c7cf21c7fd8ae9ec99c3e10a59a1a07c61ae5', '2026/01/11/8f8b6e577b2fe3ee3eaa0a24cff413a8.pdf', 17, '2026-01-11 17:00:00'),
(87, 17, 'certificate-2026-05-23.pdf', 'application/pdf', 958, 'a641ca37a1e1468ec8dbfa4990904736f672b48fca1956e8c0130772be9b59c5', '7ebbe0e5461be1fdffd0e2bd30b3bfc35b45ba42403400982efe5c268ccf6e53', '2026/05/24/9c2cc436b0bf12c2e60cb48540b482e9.pdf', 17, '2026-05-24 17:00:00'),
(88, 17, 'certificate-2026-10-03.pdf', 'application/pdf', 958, '2e1744b9f67cdc9f3604999b0d9597dddc0b686df557f52338d70a4b514f7547', '5bcc6d09e4650b3c431d095a4b748c7044572180f1aee31a6196a20687e9feca', '2026/10/04/34a84ff5271250b755ea3d952479efb2.pdf', 17, '2026-10-04 17:00:00'),
(89, 17, 'card-front.jpg', 'image/jpeg', 22430, '928c0d27ce7381834f4193311a3e546733a8cfc3fbd2dfb14419abb043e0d1fb', '06c66d225a02dd1398d04df0d852ea0332211ce39471dba1dc97970e669c9776', '2026/08/02/4e82e52159f07f535ed55e89d658bf24.jpg', 17, '2026-08-02 17:00:00'),
(90, 17, 'card-back.jpg', 'image/jpeg', 22517, '3eefc2e5075076d514d79c99c899f96988dd6fda6ec8f2595e9f6210e5daa3c4', 'd91c0da1b91f32c77fac2eea42c0ce49ebc410743454458b46209e84d2e3bf5b', '2026/08/02/39e77339d9a1c816a3753027f1d934eb.jpg', 17, '2026-08-02 17:00:00'),
(91, 22, 'certificate-2026-11-03.pdf', 'application/pdf', 970, '6d54ca150bc3d1b16034529a18c18540bedffbb651a01b7725effe13c205c974', '7d7056a9e56efacd0bb508087f1fd04e1af4515f844f7e2880fc5056615ba1d3', '2026/11/04/72470928e7e2437f769d054f3a06cd12.pdf', 22, '2026-11-04 17:00:00'),
(92, 22, 'card-front.jpg', 'image/jpeg', 22216, 'e9cbd3287fc6f951f062a18b5ace6aa3e3c70d2520e634d42f5ed69a6a556817', '5394f594c205b6f88213ca5fc01777b1063fafd3d107eee9ac9e316cf31afefe', '2026/07/26/a11f05c3ade80e9ba3764934f5e5e1b9.jpg', 22, '2026-07-26 17:00:00'),
(93, 22, 'card-back.jpg', 'image/jpeg', 22304, '837d31c6a271b97ab11a5aec392b4564386aa5323e80553f3c52af117bccc38e', '15a93dadae6d777fce7a40edab288731c71eb2ee62a63fb7a1af92f532c52b20', '2026/07/26/65d037eb16edb17c74830e9520ecc537.jpg', 22, '2026-07-26 17:00:00'),
(94, 20, 'certificate-2026-06-10.pdf', 'application/pdf', 976, '6f73511438f1f56783774eac83e8e0851817922b3b94fc2ff33cb77a9d88e856', '605510555605ea14a191c66ab7017824d3838e48425265994f80cba948130541', '2026/06/11/a793610e82c8b0cd589f9f1b4fc838a2.pdf', 20, '2026-06-11 17:00:00'),
(95, 20, 'certificate-2026-10-12.pdf', 'application/pdf', 965, '80c1f4811fef4738663147de56b29f808b8b8ed9b2eacd2732e10e7d310dd138', '86de4b9be5ef200073d7f9fdec646db894c9da8fa92ff280b33a81ff941b7a22', '2026/10/13/afa0723cd5317ea8f552a3916e60952b.pdf', 20, '2026-10-13 17:00:00'),
(96, 20, 'card-front.jpg', 'image/jpeg', 23421, '752204a6edb5c894a96dc42bfc31f008c0ba394d0a927f978d8eaa6fb81f1590', 'f310c3ef84ee91b5ea7237f07020527808c7deeb771b4907b99a5f617bf39232', '2026/02/07/8752440a48052048c3bde26adfac83b3.jpg', 20, '2026-02-07 17:00:00'),
(97, 20, 'card-back.jpg', 'image/jpeg', 23516, '149fefae25c89a3e99890fb39837865316281e15a36eff823f4eb52fe7e52a4f', '0ef619534623258f41aefb5dd7968c79b0b541f77f3538b85b2ad0f2efcd64d7', '2026/02/07/9dbf1927822d576b0590246e5177472d.jpg', 20, '2026-02-07 17:00:00'),
(98, 8, 'certificate-2026-12-08.pdf', 'application/pdf', 968, '0d23a210425aa8b14452e6808eb7cbb09b593d8626eec19c47e7898668d80fd0', '34229337223e89256eec90128cbabe432a388c5a25655cc30a737c088a9183b3', '2026/12/09/17c7587f1e7677312b02d5679c744c98.pdf', 8, '2026-12-09 17:00:00'),
(99, 8, 'card-front.jpg', 'image/jpeg', 22573, '312d955be4e5739db768bb29adf2f072db3d3429a13806fbd174e450ff87155d', '8742f626a7f596305ec33835fd91c21194ea84e5b0fedba54b328c8ea16c131a', '2026/10/04/e240995624e0829de4e7b9032fd59f11.jpg', 8, '2026-10-04 17:00:00'),
(100, 8, 'card-back.jpg', 'image/jpeg', 22658, 'a404ff1a63b906d0d9989b534761f668b18b677aa2240573bbfa9474c778f0bc', 'd8e0639f906b43ff1ceced2529570da8642ec4eed7aa4863104b558a7fa7f7d5', '2026/10/04/62f047565a0a450b32edc0d257740309.jpg', 8, '2026-10-04 17:00:00'),
(101, 8, 'certificate-2027-02-04.jpg', 'image/jpeg', 26263, '82e3536eedfac7a0f116fc88b427f5c8cbe119d40d89316624190f3b67dcbacb', '14440d85241ae1a230e38d7ab24b419ad3d8e0246a8b07c3680a8199dd2cacd8', '2027/02/14/63a8374a0680c0d99dabbad9b892a547.jpg', 8, '2027-02-14 17:00:00'),
(102, 8, 'certificate-2027-02-04.pdf', 'application/pdf', 967, 'a7284b41bbe49606db638ffbad299a0822ce4b198979c69e7d9e8888d1e43092', '070d32ca964b2bcf0e683f5f041af23bff5d64687b94258ee420a0945989e160', '2027/02/14/b7e0630191214524052153f2a3735576.pdf', 8, '2027-02-14 17:00:00'),
(103, 17, 'certificate-2027-01-24.jpg', 'image/jpeg', 26620, '52104ce6fc3688d3762b13c0ce65ba8aafda87d425f6eda747a84a940dcbb4ac', '0fbddeaafc932ec3559e4580d2e8b422240d8dea184c11e99b142c546e79dfbf', '2027/02/03/3dbee6cbd596938c04d20ee4c404bc60.jpg', 17, '2027-02-03 17:00:00'),
(104, 17, 'certificate-2027-01-24.pdf', 'application/pdf', 966, '8a76790aeb835ddbe2b0d9e5cbff69e79484d66fb823f0c796ac73b4bf545179', 'dc56809988dee806f5caa733e14638ee90dad619edaaa274a0617d78fb062506', '2027/02/03/a2b11ef6cb73acc00f6982315f81805c.pdf', 17, '2027-02-03 17:00:00'),
(105, 18, 'certificate-2027-01-17.jpg', 'image/jpeg', 25603, '8872b2cc3c755e5f463f6123145fcf10a426011adc53f4d8454ad4988187c9e0', '9f6fc7914ff9571d809b01c8d251a19cf14d11907661ef5f9cf959b5d4ae8d1a', '2027/01/27/a1cbed2d02dcf1da7bb7352b13f9b3a6.jpg', 18, '2027-01-27 17:00:00'),
(106, 18, 'certificate-2027-01-17.pdf', 'application/pdf', 962, 'cc47661faa92516443e9c90c59cbf9725df7b800866ed65029f1acb8563478e1', '128e6a9eeb74b20696da43609883f1bf0179e24352500573b1a7e69d722f29f1', '2027/01/27/9bdfb9c1650c7ad3ec18458220434c2e.pdf', 18, '2027-01-27 17:00:00'),
(107, 19, 'certificate-2027-01-28.jpg', 'image/jpeg', 28971, 'ee054efdd3c17dfbc91a83488afddc002d401d7313098eb6ae80073f65d5cf6d', '0fd8b71a6104028c10ea5bbf6a4d719dacc33a99ef85e58a8e8262d42f3a78b1', '2027/02/07/243a558e584e771f56723c4dc63f1e15.jpg', 19, '2027-02-07 17:00:00'),
(108, 19, 'certificate-2027-01-28.pdf', 'application/pdf', 977, '256a801867bc66362e0c36311b1f8aef7094f5890c5d59e7bf91a21f3e4ace76', '7f8c11a1e85f6d9b750e2132d24e036e75d4a092037492c0dcd47e923585743f', '2027/02/07/d5530ee22beed2db6dcb49cff5ef362e.pdf', 19, '2027-02-07 17:00:00'),
(109, 20, 'certificate-2027-01-27.jpg', 'image/jpeg', 27545, '51dc74e0a1d8af49cc7fb66b76530a984c5ce89c91a3d36aa7d7c522f555ef16', 'b433d9881f89b52b6dd9c9e92c4afb55fafc8e4c4826ea90ec86ca35d7c09fc8', '2027/02/06/bb477a1c0d0bc79e8b606b8200f6392b.jpg', 20, '2027-02-06 17:00:00'),
(110, 20, 'certificate-2027-01-27.pdf', 'application/pdf', 975, '13b079d35749e49b6688db68ae44e0c2cb0b02e78dc69b4af1ac3ffa9cb97e34', '15b15db9cd9658c75d62a73185e9d9c69570bac7155d29d733a7c4a3c857ca87', '2027/02/06/0f22a8155b933003d482971bff1b5abd.pdf', 20, '2027-02-06 17:00:00'),
(111, 21, 'certificate-2027-01-26.jpg', 'image/jpeg', 27721, '462a7b568b8cf59a0154f6557d90bf455d38b6cca8b808ac8662379097ab3939', '2a1094d05fb345b624e12e62db8dde01145841e760137bcb926684ed11f67bf4', '2027/02/05/e62da076d183453fad38f46c80ceaa20.jpg', 21, '2027-02-05 17:00:00'),
(112, 21, 'certificate-2027-01-26.pdf', 'application/pdf', 975, '7ff85bac8a693bf56a09bcb63e21613ab1fdc8cfaf4eea8189d1d400b565b6a0', '812e080c44b3eb1c0cc256ccb761db2bcfffea320dc76851fd7a496a28064b0a', '2027/02/05/c2e0b2f2c6ecc5b854bf654f48a3eed2.pdf', 21, '2027-02-05 17:00:00'),
(113, 22, 'certificate-2027-01-26.jpg', 'image/jpeg', 24802, '8730f74668736a4a3224e19c7dedef2bb9b5c40a3946e66cdecb2a4b0c4183b1', 'aad112cfd45bf037dbe6a564f8316004ec7d6aaa3ef7058d68580c27c271f617', '2027/02/05/9bd64131e4cf97f3a72c439dc68d61d0.jpg', 22, '2027-02-05 17:00:00'),
(114, 22, 'certificate-2027-01-26.pdf', 'application/pdf', 959, '31884a5e081b91c0ee69098e02ef68b5cc6ea8cedcd57fb84361373111cbe651', 'df8dec088b1dac7272402567df1357df251386eb9b7380b4e9f11e59341f928b', '2027/02/05/f0379001dddc3fe91d61080e6c51bdf8.pdf', 22, '2027-02-05 17:00:00'),
(115, 23, 'certificate-2027-01-29.jpg', 'image/jpeg', 27125, '905ec8e2a7e31d898e5c6d8a3dad7cb93a11f281d4637897a829301a12c1a014', 'f5de297c898736d35d267071df966135dec800b5ceebcd9c3cf8e050bcf8c9aa', '2027/02/08/4c41c082bb5d01e9447e5d67a53aca4e.jpg', 23, '2027-02-08 17:00:00'),
(116, 23, 'certificate-2027-01-29.pdf', 'application/pdf', 973, '446c3110c562df852c6cddec89dc480395a92aea90684689e454ed173488bdc6', '88649a253277176b7992c935c24e0af319670d24586471772fefc220d4d47ee3', '2027/02/08/c8102768cc2e8c89dae25bfa5cd7ba45.pdf', 23, '2027-02-08 17:00:00');

INSERT INTO "payments_charge" ("id", "trainer_id", "subject", "kind", "description", "lines", "amount_cents", "currency", "live", "state", "raised_at", "pay_by", "paid_at", "voided_at") VALUES
(1, 7, 'renewals.application:1', 'renewal', 'Renewal of certification 1193 4482', '[{"amount_cents": 9900, "clause": "Q6", "code": "renewal", "label": "Renewal fee", "text": "The renewal fee is $99."}]', 9900, 'USD', FALSE, 'paid', '2025-04-06 17:00:00', '2025-04-14 07:00:00', '2025-04-06 18:00:00', NULL),
(2, 8, 'renewals.application:2', 'renewal', 'Renewal of certification 2006 3352', '[{"amount_cents": 9900, "clause": "Q6", "code": "renewal", "label": "Renewal fee", "text": "The renewal fee is $99."}]', 9900, 'USD', FALSE, 'paid', '2026-09-07 17:00:00', '2026-09-15 07:00:00', '2026-09-07 18:00:00', NULL),
(3, 10, 'renewals.application:3', 'renewal', 'Renewal of certification 1193 4631', '[{"amount_cents": 9900, "clause": "Q6", "code": "renewal", "label": "Renewal fee", "text": "The renewal fee is $99."}]', 9900, 'USD', FALSE, 'open', '2027-02-14 17:00:00', '2027-02-22 07:00:00', NULL, NULL),
(4, 11, 'renewals.application:4', 'renewal', 'Renewal of certification 1193 4649', '[{"amount_cents": 9900, "clause": "Q6", "code": "renewal", "label": "Renewal fee", "text": "The renewal fee is $99."}]', 9900, 'USD', FALSE, 'paid', '2027-02-05 17:00:00', '2027-02-13 07:00:00', '2027-02-07 18:00:00', NULL),
(5, 12, 'renewals.application:5', 'renewal', 'Renewal of certification 1193 4664', '[{"amount_cents": 9900, "clause": "Q6", "code": "renewal", "label": "Renewal fee", "text": "The renewal fee is $99."}]', 9900, 'USD', FALSE, 'paid', '2027-02-05 17:00:00', '2027-02-13 07:00:00', '2027-02-07 18:00:00', NULL),
(6, 9, 'renewals.application:6', 'renewal', 'Renewal of certification 1193 4672', '[{"amount_cents": 9900, "clause": "Q6", "code": "renewal", "label": "Renewal fee", "text": "The renewal fee is $99."}]', 9900, 'USD', FALSE, 'paid', '2027-02-12 17:00:00', '2027-02-20 07:00:00', '2027-02-12 18:00:00', NULL),
(7, 16, 'renewals.application:7', 'renewal', 'Renewal of certification 1193 4722', '[{"amount_cents": 9900, "clause": "Q6", "code": "renewal", "label": "Renewal fee", "text": "The renewal fee is $99."}]', 9900, 'USD', FALSE, 'void', '2027-02-01 17:00:00', '2027-02-09 07:00:00', NULL, '2027-02-09 18:00:00'),
(8, 13, 'renewals.application:8', 'renewal', 'Renewal of certification 1193 4839', '[{"amount_cents": 9900, "clause": "Q6", "code": "renewal", "label": "Renewal fee", "text": "The renewal fee is $99."}]', 9900, 'USD', FALSE, 'paid', '2027-01-31 17:00:00', '2027-02-08 07:00:00', '2027-01-31 18:00:00', NULL),
(9, 14, 'renewals.application:9', 'renewal', 'Renewal of certification 1193 4847', '[{"amount_cents": 9900, "clause": "Q6", "code": "renewal", "label": "Renewal fee", "text": "The renewal fee is $99."}]', 9900, 'USD', FALSE, 'paid', '2027-01-26 17:00:00', '2027-02-03 07:00:00', '2027-01-27 18:00:00', NULL),
(10, 15, 'renewals.application:10', 'renewal', 'Renewal of certification 1193 4862', '[{"amount_cents": 9900, "clause": "Q6", "code": "renewal", "label": "Renewal fee", "text": "The renewal fee is $99."}]', 9900, 'USD', FALSE, 'paid', '2027-02-10 17:00:00', '2027-02-18 07:00:00', '2027-02-11 18:00:00', NULL),
(11, 8, 'petitions.petition:1', 'petition', 'Petition P-UY83ZJF7: Kettlebell Biomechanics', '[{"amount_cents": 2500, "clause": "S10", "code": "petition_fee", "label": "Petition fee", "text": "Each course or event that you ask us to count costs this fee. It is not refunded."}]', 2500, 'USD', FALSE, 'open', '2027-02-14 17:00:00', NULL, NULL, NULL),
(12, 17, 'petitions.petition:2', 'petition', 'Petition P-6627UP4T: Coaching Older Adults Outdoors', '[{"amount_cents": 2500, "clause": "S10", "code": "petition_fee", "label": "Petition fee", "text": "Each course or event that you ask us to count costs this fee. It is not refunded."}]', 2500, 'USD', FALSE, 'paid', '2027-02-03 17:00:00', NULL, '2027-02-03 18:00:00', NULL),
(13, 18, 'petitions.petition:3', 'petition', 'Petition P-G5UQWMMR: Breathing for Endurance', '[{"amount_cents": 2500, "clause": "S10", "code": "petition_fee", "label": "Petition fee", "text": "Each course or event that you ask us to count costs this fee. It is not refunded."}]', 2500, 'USD', FALSE, 'paid', '2027-01-27 17:00:00', NULL, '2027-01-27 18:00:00', NULL),
(14, 19, 'petitions.petition:4', 'petition', 'Petition P-65GBPV5F: Programming for Adaptive Athletes', '[{"amount_cents": 2500, "clause": "S10", "code": "petition_fee", "label": "Petition fee", "text": "Each course or event that you ask us to count costs this fee. It is not refunded."}]', 2500, 'USD', FALSE, 'paid', '2027-02-07 17:00:00', NULL, '2027-02-07 18:00:00', NULL),
(15, 20, 'petitions.petition:5', 'petition', 'Petition P-LGXYS8SD: Sandbag Strength, Level 2', '[{"amount_cents": 2500, "clause": "S10", "code": "petition_fee", "label": "Petition fee", "text": "Each course or event that you ask us to count costs this fee. It is not refunded."}]', 2500, 'USD', FALSE, 'paid', '2027-02-06 17:00:00', NULL, '2027-02-06 18:00:00', NULL),
(16, 21, 'petitions.petition:6', 'petition', 'Petition P-CUKEHFFZ: Mobility after Knee Surgery', '[{"amount_cents": 2500, "clause": "S10", "code": "petition_fee", "label": "Petition fee", "text": "Each course or event that you ask us to count costs this fee. It is not refunded."}]', 2500, 'USD', FALSE, 'paid', '2027-02-05 17:00:00', NULL, '2027-02-05 18:00:00', NULL),
(17, 22, 'petitions.petition:7', 'petition', 'Petition P-ZM6ZAH66: Sell More Sessions', '[{"amount_cents": 2500, "clause": "S10", "code": "petition_fee", "label": "Petition fee", "text": "Each course or event that you ask us to count costs this fee. It is not refunded."}]', 2500, 'USD', FALSE, 'paid', '2027-02-05 17:00:00', NULL, '2027-02-05 18:00:00', NULL),
(18, 23, 'petitions.petition:8', 'petition', 'Petition P-8HC99LCD: Tendon Loading in Practice', '[{"amount_cents": 2500, "clause": "S10", "code": "petition_fee", "label": "Petition fee", "text": "Each course or event that you ask us to count costs this fee. It is not refunded."}]', 2500, 'USD', FALSE, 'paid', '2027-02-08 17:00:00', NULL, '2027-02-08 18:00:00', NULL);

INSERT INTO "payments_checkoutsession" ("id", "charge_id", "idempotency_key", "provider_id", "payment_ref", "url", "return_url", "cancel_url", "state", "opened_at", "expires_at", "refused_at", "asked_at", "ended_at") VALUES
(1, 1, 'checkout-a94ed239a951461be67c48eb6df22023', 'cs_test_eee5691d3f364a17143589be7419caf4', 'pi_487186b4562ba56bcc891f15', 'http://127.0.0.1:37073/pay/cs_test_eee5691d3f364a17143589be7419caf4', 'http://127.0.0.1:8000/home/', 'http://127.0.0.1:8000/home/', 'complete', '2025-04-06 18:00:00', '2025-04-07 17:00:00', NULL, NULL, '2025-04-06 18:00:00'),
(2, 2, 'checkout-1be21eee22f083b30eda77c82fd34325', 'cs_test_9395241a8ae47600e3cf1b1ed7585828', 'pi_fa8f0ddd39f0ca8839dae30e', 'http://127.0.0.1:37073/pay/cs_test_9395241a8ae47600e3cf1b1ed7585828', 'http://127.0.0.1:8000/home/', 'http://127.0.0.1:8000/home/', 'complete', '2026-09-07 18:00:00', '2026-09-08 17:00:00', NULL, NULL, '2026-09-07 18:00:00'),
(3, 3, 'checkout-cff0221a22e00a862d10c88bef0c5589', 'cs_test_cc350dc041259b8a64e873785f218fd3', 'pi_a2425876405f544416cf5dae', 'http://127.0.0.1:37073/pay/cs_test_cc350dc041259b8a64e873785f218fd3', 'http://127.0.0.1:8000/home/', 'http://127.0.0.1:8000/home/', 'confirming', '2027-02-14 18:00:00', '2027-02-15 17:00:00', NULL, NULL, NULL),
(4, 4, 'checkout-3ad525958385dc700aa492fd91d7bfdc', 'cs_test_7fd12510a8be46151b66041870c88b34', 'pi_363ed111ef0edef34cad223d', 'http://127.0.0.1:37073/pay/cs_test_7fd12510a8be46151b66041870c88b34', 'http://127.0.0.1:8000/home/', 'http://127.0.0.1:8000/home/', 'complete', '2027-02-07 18:00:00', '2027-02-08 17:00:00', NULL, NULL, '2027-02-07 18:00:00'),
(5, 5, 'checkout-af6225bd13c8e3bbd4aff4da8b81f200', 'cs_test_da4c262c60e0f85e11e3d3ab18478dae', 'pi_a9cadbc80272425f4beb321a', 'http://127.0.0.1:37073/pay/cs_test_da4c262c60e0f85e11e3d3ab18478dae', 'http://127.0.0.1:8000/home/', 'http://127.0.0.1:8000/home/', 'complete', '2027-02-07 18:00:00', '2027-02-08 17:00:00', NULL, NULL, '2027-02-07 18:00:00'),
(6, 6, 'checkout-bddd78e0646b41a3784b5dbbf520b0fb', 'cs_test_b455cda9b87feaa76b3466f804a074b2', 'pi_655f2a4a884c096a51548a20', 'http://127.0.0.1:37073/pay/cs_test_b455cda9b87feaa76b3466f804a074b2', 'http://127.0.0.1:8000/home/', 'http://127.0.0.1:8000/home/', 'complete', '2027-02-12 18:00:00', '2027-02-13 17:00:00', NULL, NULL, '2027-02-12 18:00:00'),
(7, 7, 'checkout-d2362e82e9b1b701edcb1f6256a1c375', 'cs_test_c42612fcb80755541294e78b3b4560e4', 'pi_64c4544820c1398cec3089ba', 'http://127.0.0.1:37073/pay/cs_test_c42612fcb80755541294e78b3b4560e4', 'http://127.0.0.1:8000/home/', 'http://127.0.0.1:8000/home/', 'complete', '2027-02-07 17:00:00', '2027-02-08 16:00:00', NULL, '2027-02-09 17:00:00', '2027-02-10 17:00:00'),
(8, 8, 'checkout-6f26eb8296222acce340fcdecb0adf89', 'cs_test_4e438a678c85dc12ecd8aced1d2a42e0', 'pi_1c453747ec59c76729834a0e', 'http://127.0.0.1:37073/pay/cs_test_4e438a678c85dc12ecd8aced1d2a42e0', 'http://127.0.0.1:8000/home/', 'http://127.0.0.1:8000/home/', 'complete', '2027-01-31 18:00:00', '2027-02-01 17:00:00', NULL, NULL, '2027-01-31 18:00:00'),
(9, 9, 'checkout-dcffdb1698d1137694adfa66b3a8a911', 'cs_test_67dd47a956d79141b4c06ee4b21833ee', 'pi_fc9cf684d5b35bccdd4af58f', 'http://127.0.0.1:37073/pay/cs_test_67dd47a956d79141b4c06ee4b21833ee', 'http://127.0.0.1:8000/home/', 'http://127.0.0.1:8000/home/', 'complete', '2027-01-27 18:00:00', '2027-01-28 17:00:00', NULL, NULL, '2027-01-27 18:00:00'),
(10, 10, 'checkout-bea8489d7e021e4cce6c27868f361aff', 'cs_test_75c82eec359ab8646af88a6336bf7f23', 'pi_b9d09575d19817caa9610d46', 'http://127.0.0.1:37073/pay/cs_test_75c82eec359ab8646af88a6336bf7f23', 'http://127.0.0.1:8000/home/', 'http://127.0.0.1:8000/home/', 'complete', '2027-02-11 18:00:00', '2027-02-12 17:00:00', NULL, NULL, '2027-02-11 18:00:00'),
(11, 12, 'checkout-e91aec6ba07e153c3d0b07e7af310f3b', 'cs_test_105ae1b8326d1693640033162c5931a3', 'pi_16419b57dbb19c916a0d7e73', 'http://127.0.0.1:37073/pay/cs_test_105ae1b8326d1693640033162c5931a3', 'http://127.0.0.1:8000/home/', 'http://127.0.0.1:8000/home/', 'complete', '2027-02-03 18:00:00', '2027-02-04 17:00:00', NULL, NULL, '2027-02-03 18:00:00'),
(12, 13, 'checkout-ea8af4108b3b9f7a607edb3ac4a27c35', 'cs_test_6c6a9ba541a4d4e895fc4368477f29cd', 'pi_364fd1642374c5a5a1688a84', 'http://127.0.0.1:37073/pay/cs_test_6c6a9ba541a4d4e895fc4368477f29cd', 'http://127.0.0.1:8000/home/', 'http://127.0.0.1:8000/home/', 'complete', '2027-01-27 18:00:00', '2027-01-28 17:00:00', NULL, NULL, '2027-01-27 18:00:00'),
(13, 14, 'checkout-4439c84f172c7694afe2c33700217104', 'cs_test_d039e568afcbd8422dcc2dd94106d6c8', 'pi_039f5d765ae344102ced791a', 'http://127.0.0.1:37073/pay/cs_test_d039e568afcbd8422dcc2dd94106d6c8', 'http://127.0.0.1:8000/home/', 'http://127.0.0.1:8000/home/', 'complete', '2027-02-07 18:00:00', '2027-02-08 17:00:00', NULL, NULL, '2027-02-07 18:00:00'),
(14, 15, 'checkout-4e4dd01c1e786b53ff6a7f81c6c38114', 'cs_test_75703fffbbdc85949110f3eefde08cad', 'pi_95b76bcde33c4320ab61e405', 'http://127.0.0.1:37073/pay/cs_test_75703fffbbdc85949110f3eefde08cad', 'http://127.0.0.1:8000/home/', 'http://127.0.0.1:8000/home/', 'complete', '2027-02-06 18:00:00', '2027-02-07 17:00:00', NULL, NULL, '2027-02-06 18:00:00'),
(15, 16, 'checkout-4d1b93b1fc15222ed68759aef2705e9e', 'cs_test_ca3dcb37f301a473e698485052fa7074', 'pi_e4ce9cb78c9248e372c97044', 'http://127.0.0.1:37073/pay/cs_test_ca3dcb37f301a473e698485052fa7074', 'http://127.0.0.1:8000/home/', 'http://127.0.0.1:8000/home/', 'complete', '2027-02-05 18:00:00', '2027-02-06 17:00:00', NULL, NULL, '2027-02-05 18:00:00'),
(16, 17, 'checkout-12fb34bb0e50e536b7d1d524151aded9', 'cs_test_dc9dbcc21b153d4d1e318e6dfd968c39', 'pi_86c33f4e76b8dc10a5dd5ac8', 'http://127.0.0.1:37073/pay/cs_test_dc9dbcc21b153d4d1e318e6dfd968c39', 'http://127.0.0.1:8000/home/', 'http://127.0.0.1:8000/home/', 'complete', '2027-02-05 18:00:00', '2027-02-06 17:00:00', NULL, NULL, '2027-02-05 18:00:00'),
(17, 18, 'checkout-1272ca9c93964c40f305319ab6006522', 'cs_test_abef3d01082f5686ce12617d4937b0d2', 'pi_9d5e709d1d36832f7ab4b095', 'http://127.0.0.1:37073/pay/cs_test_abef3d01082f5686ce12617d4937b0d2', 'http://127.0.0.1:8000/home/', 'http://127.0.0.1:8000/home/', 'complete', '2027-02-08 18:00:00', '2027-02-09 17:00:00', NULL, NULL, '2027-02-08 18:00:00');

INSERT INTO "payments_providerevent" ("id", "event_id", "type", "payload", "received_at", "state", "attempts", "note", "answer", "answer_reason", "handled_by_id", "handled_at") VALUES
(1, 'evt_e07ebc638fb723dd0ccdd0a4', 'checkout.session.completed', '{"api_version": "2026-10-28.endive", "created": 1743962400, "data": {"object": {"amount_subtotal": 9900, "amount_total": 9900, "cancel_url": "http://127.0.0.1:8000/home/", "client_reference_id": "checkout-a94ed239a951461be67c48eb6df22023", "created": 1743962400, "currency": "usd", "expires_at": 1744045200, "id": "cs_test_eee5691d3f364a17143589be7419caf4", "livemode": false, "metadata": {"charge": "1", "reference": "checkout-a94ed239a951461be67c48eb6df22023"}, "mode": "payment", "object": "checkout.session", "payment_intent": "pi_487186b4562ba56bcc891f15", "payment_status": "paid", "status": "complete", "success_url": "http://127.0.0.1:8000/home/", "url": null}}, "id": "evt_e07ebc638fb723dd0ccdd0a4", "livemode": false, "object": "event", "type": "checkout.session.completed"}', '2025-04-06 18:00:00', 'processed', 0, 'paid for charge 1', '', '', NULL, NULL),
(2, 'evt_5793f1754ae2d787bd12d803', 'checkout.session.completed', '{"api_version": "2026-10-28.endive", "created": 1788804000, "data": {"object": {"amount_subtotal": 9900, "amount_total": 9900, "cancel_url": "http://127.0.0.1:8000/home/", "client_reference_id": "checkout-1be21eee22f083b30eda77c82fd34325", "created": 1788804000, "currency": "usd", "expires_at": 1788886800, "id": "cs_test_9395241a8ae47600e3cf1b1ed7585828", "livemode": false, "metadata": {"charge": "2", "reference": "checkout-1be21eee22f083b30eda77c82fd34325"}, "mode": "payment", "object": "checkout.session", "payment_intent": "pi_fa8f0ddd39f0ca8839dae30e", "payment_status": "paid", "status": "complete", "success_url": "http://127.0.0.1:8000/home/", "url": null}}, "id": "evt_5793f1754ae2d787bd12d803", "livemode": false, "object": "event", "type": "checkout.session.completed"}', '2026-09-07 18:00:00', 'processed', 0, 'paid for charge 2', '', '', NULL, NULL),
(3, 'evt_d701b09445f68f489ee31260', 'checkout.session.completed', '{"api_version": "2026-10-28.endive", "created": 1802628000, "data": {"object": {"amount_subtotal": 9900, "amount_total": 9900, "cancel_url": "http://127.0.0.1:8000/home/", "client_reference_id": "checkout-cff0221a22e00a862d10c88bef0c5589", "created": 1802628000, "currency": "usd", "expires_at": 1802710800, "id": "cs_test_cc350dc041259b8a64e873785f218fd3", "livemode": false, "metadata": {"charge": "3", "reference": "checkout-cff0221a22e00a862d10c88bef0c5589"}, "mode": "payment", "object": "checkout.session", "payment_intent": "pi_a2425876405f544416cf5dae", "payment_status": "unpaid", "status": "complete", "success_url": "http://127.0.0.1:8000/home/", "url": null}}, "id": "evt_d701b09445f68f489ee31260", "livemode": false, "object": "event", "type": "checkout.session.completed"}', '2027-02-14 18:00:00', 'processed', 0, 'confirming for charge 3', '', '', NULL, NULL),
(4, 'evt_5e04d81bf603c62132cea5d9', 'checkout.session.completed', '{"api_version": "2026-10-28.endive", "created": 1802023200, "data": {"object": {"amount_subtotal": 9900, "amount_total": 9900, "cancel_url": "http://127.0.0.1:8000/home/", "client_reference_id": "checkout-3ad525958385dc700aa492fd91d7bfdc", "created": 1802023200, "currency": "usd", "expires_at": 1802106000, "id": "cs_test_7fd12510a8be46151b66041870c88b34", "livemode": false, "metadata": {"charge": "4", "reference": "checkout-3ad525958385dc700aa492fd91d7bfdc"}, "mode": "payment", "object": "checkout.session", "payment_intent": "pi_363ed111ef0edef34cad223d", "payment_status": "paid", "status": "complete", "success_url": "http://127.0.0.1:8000/home/", "url": null}}, "id": "evt_5e04d81bf603c62132cea5d9", "livemode": false, "object": "event", "type": "checkout.session.completed"}', '2027-02-07 18:00:00', 'processed', 0, 'paid for charge 4', '', '', NULL, NULL),
(5, 'evt_52a625f56b6364863c75fce4', 'checkout.session.completed', '{"api_version": "2026-10-28.endive", "created": 1802023200, "data": {"object": {"amount_subtotal": 9900, "amount_total": 9900, "cancel_url": "http://127.0.0.1:8000/home/", "client_reference_id": "checkout-af6225bd13c8e3bbd4aff4da8b81f200", "created": 1802023200, "currency": "usd", "expires_at": 1802106000, "id": "cs_test_da4c262c60e0f85e11e3d3ab18478dae", "livemode": false, "metadata": {"charge": "5", "reference": "checkout-af6225bd13c8e3bbd4aff4da8b81f200"}, "mode": "payment", "object": "checkout.session", "payment_intent": "pi_a9cadbc80272425f4beb321a", "payment_status": "paid", "status": "complete", "success_url": "http://127.0.0.1:8000/home/", "url": null}}, "id": "evt_52a625f56b6364863c75fce4", "livemode": false, "object": "event", "type": "checkout.session.completed"}', '2027-02-07 18:00:00', 'processed', 0, 'paid for charge 5', '', '', NULL, NULL),
(6, 'evt_48f3612d14baba084f918353', 'checkout.session.completed', '{"api_version": "2026-10-28.endive", "created": 1802455200, "data": {"object": {"amount_subtotal": 9900, "amount_total": 9900, "cancel_url": "http://127.0.0.1:8000/home/", "client_reference_id": "checkout-bddd78e0646b41a3784b5dbbf520b0fb", "created": 1802455200, "currency": "usd", "expires_at": 1802538000, "id": "cs_test_b455cda9b87feaa76b3466f804a074b2", "livemode": false, "metadata": {"charge": "6", "reference": "checkout-bddd78e0646b41a3784b5dbbf520b0fb"}, "mode": "payment", "object": "checkout.session", "payment_intent": "pi_655f2a4a884c096a51548a20", "payment_status": "paid", "status": "complete", "success_url": "http://127.0.0.1:8000/home/", "url": null}}, "id": "evt_48f3612d14baba084f918353", "livemode": false, "object": "event", "type": "checkout.session.completed"}', '2027-02-12 18:00:00', 'processed', 0, 'paid for charge 6', '', '', NULL, NULL),
(7, 'evt_40c146bfc107f8d2d03583c4', 'checkout.session.completed', '{"api_version": "2026-10-28.endive", "created": 1802019600, "data": {"object": {"amount_subtotal": 9900, "amount_total": 9900, "cancel_url": "http://127.0.0.1:8000/home/", "client_reference_id": "checkout-d2362e82e9b1b701edcb1f6256a1c375", "created": 1802019600, "currency": "usd", "expires_at": 1802102400, "id": "cs_test_c42612fcb80755541294e78b3b4560e4", "livemode": false, "metadata": {"charge": "7", "reference": "checkout-d2362e82e9b1b701edcb1f6256a1c375"}, "mode": "payment", "object": "checkout.session", "payment_intent": "pi_64c4544820c1398cec3089ba", "payment_status": "unpaid", "status": "complete", "success_url": "http://127.0.0.1:8000/home/", "url": null}}, "id": "evt_40c146bfc107f8d2d03583c4", "livemode": false, "object": "event", "type": "checkout.session.completed"}', '2027-02-07 17:00:00', 'processed', 0, 'confirming for charge 7', '', '', NULL, NULL),
(8, 'evt_583358797c97d7fb897a0889', 'checkout.session.async_payment_succeeded', '{"api_version": "2026-10-28.endive", "created": 1802278800, "data": {"object": {"amount_subtotal": 9900, "amount_total": 9900, "cancel_url": "http://127.0.0.1:8000/home/", "client_reference_id": "checkout-d2362e82e9b1b701edcb1f6256a1c375", "created": 1802019600, "currency": "usd", "expires_at": 1802102400, "id": "cs_test_c42612fcb80755541294e78b3b4560e4", "livemode": false, "metadata": {"charge": "7", "reference": "checkout-d2362e82e9b1b701edcb1f6256a1c375"}, "mode": "payment", "object": "checkout.session", "payment_intent": "pi_64c4544820c1398cec3089ba", "payment_status": "paid", "status": "complete", "success_url": "http://127.0.0.1:8000/home/", "url": null}}, "id": "evt_583358797c97d7fb897a0889", "livemode": false, "object": "event", "type": "checkout.session.async_payment_succeeded"}', '2027-02-10 17:00:00', 'processed', 0, 'paid for charge 7', '', '', NULL, NULL),
(9, 'evt_039cf49a8aa243d3ccaa3301', 'refund.created', '{"api_version": "2026-10-28.endive", "created": 1802282400, "data": {"object": {"amount": 9900, "created": 1802282400, "currency": "usd", "id": "re_578a83337add394e059f3daf", "livemode": false, "metadata": {"charge": "7", "refund": "refund-765ab1ba1acbfde961bf56d1c8dc382b"}, "object": "refund", "payment_intent": "pi_64c4544820c1398cec3089ba", "status": "succeeded"}}, "id": "evt_039cf49a8aa243d3ccaa3301", "livemode": false, "object": "event", "type": "refund.created"}', '2027-02-10 18:00:00', 'processed', 0, 'refund of charge 7: returned', '', '', NULL, NULL),
(10, 'evt_98169ad1e6cadaf42dbe3476', 'checkout.session.completed', '{"api_version": "2026-10-28.endive", "created": 1801418400, "data": {"object": {"amount_subtotal": 9900, "amount_total": 9900, "cancel_url": "http://127.0.0.1:8000/home/", "client_reference_id": "checkout-6f26eb8296222acce340fcdecb0adf89", "created": 1801418400, "currency": "usd", "expires_at": 1801501200, "id": "cs_test_4e438a678c85dc12ecd8aced1d2a42e0", "livemode": false, "metadata": {"charge": "8", "reference": "checkout-6f26eb8296222acce340fcdecb0adf89"}, "mode": "payment", "object": "checkout.session", "payment_intent": "pi_1c453747ec59c76729834a0e", "payment_status": "paid", "status": "complete", "success_url": "http://127.0.0.1:8000/home/", "url": null}}, "id": "evt_98169ad1e6cadaf42dbe3476", "livemode": false, "object": "event", "type": "checkout.session.completed"}', '2027-01-31 18:00:00', 'processed', 0, 'paid for charge 8', '', '', NULL, NULL),
(11, 'evt_738bb733c5c4e448b53734ef', 'checkout.session.completed', '{"api_version": "2026-10-28.endive", "created": 1801072800, "data": {"object": {"amount_subtotal": 9900, "amount_total": 9900, "cancel_url": "http://127.0.0.1:8000/home/", "client_reference_id": "checkout-dcffdb1698d1137694adfa66b3a8a911", "created": 1801072800, "currency": "usd", "expires_at": 1801155600, "id": "cs_test_67dd47a956d79141b4c06ee4b21833ee", "livemode": false, "metadata": {"charge": "9", "reference": "checkout-dcffdb1698d1137694adfa66b3a8a911"}, "mode": "payment", "object": "checkout.session", "payment_intent": "pi_fc9cf684d5b35bccdd4af58f", "payment_status": "paid", "status": "complete", "success_url": "http://127.0.0.1:8000/home/", "url": null}}, "id": "evt_738bb733c5c4e448b53734ef", "livemode": false, "object": "event", "type": "checkout.session.completed"}', '2027-01-27 18:00:00', 'processed', 0, 'paid for charge 9', '', '', NULL, NULL),
(12, 'evt_2d66e908f6ee8481c9925ded', 'checkout.session.completed', '{"api_version": "2026-10-28.endive", "created": 1802368800, "data": {"object": {"amount_subtotal": 9900, "amount_total": 9900, "cancel_url": "http://127.0.0.1:8000/home/", "client_reference_id": "checkout-bea8489d7e021e4cce6c27868f361aff", "created": 1802368800, "currency": "usd", "expires_at": 1802451600, "id": "cs_test_75c82eec359ab8646af88a6336bf7f23", "livemode": false, "metadata": {"charge": "10", "reference": "checkout-bea8489d7e021e4cce6c27868f361aff"}, "mode": "payment", "object": "checkout.session", "payment_intent": "pi_b9d09575d19817caa9610d46", "payment_status": "paid", "status": "complete", "success_url": "http://127.0.0.1:8000/home/", "url": null}}, "id": "evt_2d66e908f6ee8481c9925ded", "livemode": false, "object": "event", "type": "checkout.session.completed"}', '2027-02-11 18:00:00', 'processed', 0, 'paid for charge 10', '', '', NULL, NULL),
(13, 'evt_1cd8518baa184f9a874d9e9a', 'checkout.session.completed', '{"api_version": "2026-10-28.endive", "created": 1801677600, "data": {"object": {"amount_subtotal": 2500, "amount_total": 2500, "cancel_url": "http://127.0.0.1:8000/home/", "client_reference_id": "checkout-e91aec6ba07e153c3d0b07e7af310f3b", "created": 1801677600, "currency": "usd", "expires_at": 1801760400, "id": "cs_test_105ae1b8326d1693640033162c5931a3", "livemode": false, "metadata": {"charge": "12", "reference": "checkout-e91aec6ba07e153c3d0b07e7af310f3b"}, "mode": "payment", "object": "checkout.session", "payment_intent": "pi_16419b57dbb19c916a0d7e73", "payment_status": "paid", "status": "complete", "success_url": "http://127.0.0.1:8000/home/", "url": null}}, "id": "evt_1cd8518baa184f9a874d9e9a", "livemode": false, "object": "event", "type": "checkout.session.completed"}', '2027-02-03 18:00:00', 'processed', 0, 'paid for charge 12', '', '', NULL, NULL),
(14, 'evt_5b7965d24a9a609d32bd56e0', 'checkout.session.completed', '{"api_version": "2026-10-28.endive", "created": 1801072800, "data": {"object": {"amount_subtotal": 2500, "amount_total": 2500, "cancel_url": "http://127.0.0.1:8000/home/", "client_reference_id": "checkout-ea8af4108b3b9f7a607edb3ac4a27c35", "created": 1801072800, "currency": "usd", "expires_at": 1801155600, "id": "cs_test_6c6a9ba541a4d4e895fc4368477f29cd", "livemode": false, "metadata": {"charge": "13", "reference": "checkout-ea8af4108b3b9f7a607edb3ac4a27c35"}, "mode": "payment", "object": "checkout.session", "payment_intent": "pi_364fd1642374c5a5a1688a84", "payment_status": "paid", "status": "complete", "success_url": "http://127.0.0.1:8000/home/", "url": null}}, "id": "evt_5b7965d24a9a609d32bd56e0", "livemode": false, "object": "event", "type": "checkout.session.completed"}', '2027-01-27 18:00:00', 'processed', 0, 'paid for charge 13', '', '', NULL, NULL),
(15, 'evt_5e9999a47c717d192fa3537f', 'checkout.session.completed', '{"api_version": "2026-10-28.endive", "created": 1802023200, "data": {"object": {"amount_subtotal": 2500, "amount_total": 2500, "cancel_url": "http://127.0.0.1:8000/home/", "client_reference_id": "checkout-4439c84f172c7694afe2c33700217104", "created": 1802023200, "currency": "usd", "expires_at": 1802106000, "id": "cs_test_d039e568afcbd8422dcc2dd94106d6c8", "livemode": false, "metadata": {"charge": "14", "reference": "checkout-4439c84f172c7694afe2c33700217104"}, "mode": "payment", "object": "checkout.session", "payment_intent": "pi_039f5d765ae344102ced791a", "payment_status": "paid", "status": "complete", "success_url": "http://127.0.0.1:8000/home/", "url": null}}, "id": "evt_5e9999a47c717d192fa3537f", "livemode": false, "object": "event", "type": "checkout.session.completed"}', '2027-02-07 18:00:00', 'processed', 0, 'paid for charge 14', '', '', NULL, NULL),
(16, 'evt_58b3ae724ec1f7ac656c52bd', 'checkout.session.completed', '{"api_version": "2026-10-28.endive", "created": 1801936800, "data": {"object": {"amount_subtotal": 2500, "amount_total": 2500, "cancel_url": "http://127.0.0.1:8000/home/", "client_reference_id": "checkout-4e4dd01c1e786b53ff6a7f81c6c38114", "created": 1801936800, "currency": "usd", "expires_at": 1802019600, "id": "cs_test_75703fffbbdc85949110f3eefde08cad", "livemode": false, "metadata": {"charge": "15", "reference": "checkout-4e4dd01c1e786b53ff6a7f81c6c38114"}, "mode": "payment", "object": "checkout.session", "payment_intent": "pi_95b76bcde33c4320ab61e405", "payment_status": "paid", "status": "complete", "success_url": "http://127.0.0.1:8000/home/", "url": null}}, "id": "evt_58b3ae724ec1f7ac656c52bd", "livemode": false, "object": "event", "type": "checkout.session.completed"}', '2027-02-06 18:00:00', 'processed', 0, 'paid for charge 15', '', '', NULL, NULL),
(17, 'evt_3814d627bc3c38348840508a', 'checkout.session.completed', '{"api_version": "2026-10-28.endive", "created": 1801850400, "data": {"object": {"amount_subtotal": 2500, "amount_total": 2500, "cancel_url": "http://127.0.0.1:8000/home/", "client_reference_id": "checkout-4d1b93b1fc15222ed68759aef2705e9e", "created": 1801850400, "currency": "usd", "expires_at": 1801933200, "id": "cs_test_ca3dcb37f301a473e698485052fa7074", "livemode": false, "metadata": {"charge": "16", "reference": "checkout-4d1b93b1fc15222ed68759aef2705e9e"}, "mode": "payment", "object": "checkout.session", "payment_intent": "pi_e4ce9cb78c9248e372c97044", "payment_status": "paid", "status": "complete", "success_url": "http://127.0.0.1:8000/home/", "url": null}}, "id": "evt_3814d627bc3c38348840508a", "livemode": false, "object": "event", "type": "checkout.session.completed"}', '2027-02-05 18:00:00', 'processed', 0, 'paid for charge 16', '', '', NULL, NULL),
(18, 'evt_25544688e4f9949bba9e13d3', 'checkout.session.completed', '{"api_version": "2026-10-28.endive", "created": 1801850400, "data": {"object": {"amount_subtotal": 2500, "amount_total": 2500, "cancel_url": "http://127.0.0.1:8000/home/", "client_reference_id": "checkout-12fb34bb0e50e536b7d1d524151aded9", "created": 1801850400, "currency": "usd", "expires_at": 1801933200, "id": "cs_test_dc9dbcc21b153d4d1e318e6dfd968c39", "livemode": false, "metadata": {"charge": "17", "reference": "checkout-12fb34bb0e50e536b7d1d524151aded9"}, "mode": "payment", "object": "checkout.session", "payment_intent": "pi_86c33f4e76b8dc10a5dd5ac8", "payment_status": "paid", "status": "complete", "success_url": "http://127.0.0.1:8000/home/", "url": null}}, "id": "evt_25544688e4f9949bba9e13d3", "livemode": false, "object": "event", "type": "checkout.session.completed"}', '2027-02-05 18:00:00', 'processed', 0, 'paid for charge 17', '', '', NULL, NULL),
(19, 'evt_9c19b5c9b7b4da321035bf0e', 'checkout.session.completed', '{"api_version": "2026-10-28.endive", "created": 1802109600, "data": {"object": {"amount_subtotal": 2500, "amount_total": 2500, "cancel_url": "http://127.0.0.1:8000/home/", "client_reference_id": "checkout-1272ca9c93964c40f305319ab6006522", "created": 1802109600, "currency": "usd", "expires_at": 1802192400, "id": "cs_test_abef3d01082f5686ce12617d4937b0d2", "livemode": false, "metadata": {"charge": "18", "reference": "checkout-1272ca9c93964c40f305319ab6006522"}, "mode": "payment", "object": "checkout.session", "payment_intent": "pi_9d5e709d1d36832f7ab4b095", "payment_status": "paid", "status": "complete", "success_url": "http://127.0.0.1:8000/home/", "url": null}}, "id": "evt_9c19b5c9b7b4da321035bf0e", "livemode": false, "object": "event", "type": "checkout.session.completed"}', '2027-02-08 18:00:00', 'processed', 0, 'paid for charge 18', '', '', NULL, NULL);

INSERT INTO "payments_ledgerentry" ("id", "trainer_id", "charge_id", "kind", "amount_cents", "currency", "provider_ref", "hand_reference", "by_id", "at", "reason") VALUES
(1, 7, 1, 'charge', 9900, 'USD', NULL, '', 7, '2025-04-06 17:00:00', ''),
(2, 7, 1, 'payment', -9900, 'USD', 'pi_487186b4562ba56bcc891f15', '', NULL, '2025-04-06 18:00:00', ''),
(3, 8, 2, 'charge', 9900, 'USD', NULL, '', 8, '2026-09-07 17:00:00', ''),
(4, 8, 2, 'payment', -9900, 'USD', 'pi_fa8f0ddd39f0ca8839dae30e', '', NULL, '2026-09-07 18:00:00', ''),
(5, 10, 3, 'charge', 9900, 'USD', NULL, '', 10, '2027-02-14 17:00:00', ''),
(6, 11, 4, 'charge', 9900, 'USD', NULL, '', 11, '2027-02-05 17:00:00', ''),
(7, 11, 4, 'payment', -9900, 'USD', 'pi_363ed111ef0edef34cad223d', '', NULL, '2027-02-07 18:00:00', ''),
(8, 12, 5, 'charge', 9900, 'USD', NULL, '', 12, '2027-02-05 17:00:00', ''),
(9, 12, 5, 'payment', -9900, 'USD', 'pi_a9cadbc80272425f4beb321a', '', NULL, '2027-02-07 18:00:00', ''),
(10, 9, 6, 'charge', 9900, 'USD', NULL, '', 9, '2027-02-12 17:00:00', ''),
(11, 9, 6, 'payment', -9900, 'USD', 'pi_655f2a4a884c096a51548a20', '', NULL, '2027-02-12 18:00:00', ''),
(12, 16, 7, 'charge', 9900, 'USD', NULL, '', 16, '2027-02-01 17:00:00', ''),
(13, 16, 7, 'waiver', -9900, 'USD', NULL, '', NULL, '2027-02-09 18:00:00', 'The time to pay ended.'),
(14, 16, 7, 'payment', -9900, 'USD', 'pi_64c4544820c1398cec3089ba', '', NULL, '2027-02-10 17:00:00', ''),
(15, 16, 7, 'refund', 9900, 'USD', 're_578a83337add394e059f3daf', '', NULL, '2027-02-10 18:00:00', 'Paid for what was not due any more'),
(16, 13, 8, 'charge', 9900, 'USD', NULL, '', 13, '2027-01-31 17:00:00', ''),
(17, 13, 8, 'payment', -9900, 'USD', 'pi_1c453747ec59c76729834a0e', '', NULL, '2027-01-31 18:00:00', ''),
(18, 14, 9, 'charge', 9900, 'USD', NULL, '', 14, '2027-01-26 17:00:00', ''),
(19, 14, 9, 'payment', -9900, 'USD', 'pi_fc9cf684d5b35bccdd4af58f', '', NULL, '2027-01-27 18:00:00', ''),
(20, 15, 10, 'charge', 9900, 'USD', NULL, '', 15, '2027-02-10 17:00:00', ''),
(21, 15, 10, 'payment', -9900, 'USD', 'pi_b9d09575d19817caa9610d46', '', NULL, '2027-02-11 18:00:00', ''),
(22, 8, 11, 'charge', 2500, 'USD', NULL, '', 8, '2027-02-14 17:00:00', ''),
(23, 17, 12, 'charge', 2500, 'USD', NULL, '', 17, '2027-02-03 17:00:00', ''),
(24, 17, 12, 'payment', -2500, 'USD', 'pi_16419b57dbb19c916a0d7e73', '', NULL, '2027-02-03 18:00:00', ''),
(25, 18, 13, 'charge', 2500, 'USD', NULL, '', 18, '2027-01-27 17:00:00', ''),
(26, 18, 13, 'payment', -2500, 'USD', 'pi_364fd1642374c5a5a1688a84', '', NULL, '2027-01-27 18:00:00', ''),
(27, 19, 14, 'charge', 2500, 'USD', NULL, '', 19, '2027-02-07 17:00:00', ''),
(28, 19, 14, 'payment', -2500, 'USD', 'pi_039f5d765ae344102ced791a', '', NULL, '2027-02-07 18:00:00', ''),
(29, 20, 15, 'charge', 2500, 'USD', NULL, '', 20, '2027-02-06 17:00:00', ''),
(30, 20, 15, 'payment', -2500, 'USD', 'pi_95b76bcde33c4320ab61e405', '', NULL, '2027-02-06 18:00:00', ''),
(31, 21, 16, 'charge', 2500, 'USD', NULL, '', 21, '2027-02-05 17:00:00', ''),
(32, 21, 16, 'payment', -2500, 'USD', 'pi_e4ce9cb78c9248e372c97044', '', NULL, '2027-02-05 18:00:00', ''),
(33, 22, 17, 'charge', 2500, 'USD', NULL, '', 22, '2027-02-05 17:00:00', ''),
(34, 22, 17, 'payment', -2500, 'USD', 'pi_86c33f4e76b8dc10a5dd5ac8', '', NULL, '2027-02-05 18:00:00', ''),
(35, 23, 18, 'charge', 2500, 'USD', NULL, '', 23, '2027-02-08 17:00:00', ''),
(36, 23, 18, 'payment', -2500, 'USD', 'pi_9d5e709d1d36832f7ab4b095', '', NULL, '2027-02-08 18:00:00', '');

INSERT INTO "payments_refund" ("id", "charge_id", "payment_id", "event_id", "payment_ref", "payment_currency", "amount_cents", "cause", "reason", "by_id", "hand_reference", "instead_of_id", "idempotency_key", "provider_id", "state", "requested_at", "decided_by_id", "decided_at", "attempts", "last_error", "ended_at") VALUES
(1, 7, 14, NULL, '', '', 9900, 'not_due', '', NULL, '', NULL, 'refund-765ab1ba1acbfde961bf56d1c8dc382b', 're_578a83337add394e059f3daf', 'returned', '2027-02-10 17:00:00', NULL, NULL, 1, '', '2027-02-10 18:00:00');

INSERT INTO "ceus_provider" ("id", "approved_from", "approved_through", "name", "slug", "about", "link") VALUES
(1, '2015-02-18', NULL, 'Keystone Movement Institute', 'keystone-movement-institute', 'Assessment and corrective exercise for trainers who work with everyday aches.', 'https://keystone-movement-institute.example.org/'),
(2, '2015-02-18', NULL, 'Harvest Table Nutrition', 'harvest-table-nutrition', 'Nutrition coaching within a trainer''s scope.', 'https://harvest-table-nutrition.example.org/'),
(3, '2015-02-18', NULL, 'Lifespan Fitness Education', 'lifespan-fitness-education', 'Training at every age: children, older adults, and everyone between.', 'https://lifespan-fitness-education.example.org/'),
(4, '2015-02-18', NULL, 'Northlight Health Coaching', 'northlight-health-coaching', 'Behavior change and coaching skills.', 'https://northlight-health-coaching.example.org/'),
(5, '2015-02-18', NULL, 'Iron Meridian Strength School', 'iron-meridian-strength-school', 'Barbells, programming and the science under both.', 'https://iron-meridian-strength-school.example.org/'),
(6, '2015-02-18', NULL, 'Clearwater Special Populations', 'clearwater-special-populations', 'Safe, useful training with chronic conditions.', 'https://clearwater-special-populations.example.org/'),
(7, '2015-02-18', NULL, 'Studio & Street Business Lab', 'studio-street-business-lab', 'The business of training, from the first client to the second studio.', 'https://studio-street-business-lab.example.org/'),
(8, '2015-02-18', NULL, 'Pulse Endurance Academy', 'pulse-endurance-academy', 'Running, cycling, and the long slow middle.', 'https://pulse-endurance-academy.example.org/'),
(9, '2015-02-18', NULL, 'Restwell Recovery Science', 'restwell-recovery-science', 'Sleep, recovery and everything between two sessions.', 'https://restwell-recovery-science.example.org/'),
(10, '2015-02-18', NULL, 'Gridline Performance', 'gridline-performance', 'Speed, agility and data for athletes of every level.', 'https://gridline-performance.example.org/'),
(11, '2015-02-18', NULL, 'Common Ground Group Training', 'common-ground-group-training', 'Classes where everyone belongs.', 'https://common-ground-group-training.example.org/'),
(12, '2015-02-18', '2027-04-16', 'Anatomy Atelier', 'anatomy-atelier', 'Anatomy and physiology, drawn and explained. It teaches until the end of the quarter.', 'https://anatomy-atelier.example.org/');

INSERT INTO "ceus_topic" ("id", "name", "slug") VALUES
(1, 'Anatomy', 'anatomy'),
(2, 'Assessment', 'assessment'),
(3, 'Behavior change', 'behavior-change'),
(4, 'Business', 'business'),
(5, 'Communication', 'communication'),
(6, 'Corrective exercise', 'corrective-exercise'),
(7, 'Endurance', 'endurance'),
(8, 'Flexibility', 'flexibility'),
(9, 'Group training', 'group-training'),
(10, 'Inclusion', 'inclusion'),
(11, 'Mental health', 'mental-health'),
(12, 'Nutrition', 'nutrition'),
(13, 'Older adults', 'older-adults'),
(14, 'Pain', 'pain'),
(15, 'Program design', 'program-design'),
(16, 'Recovery', 'recovery'),
(17, 'Scope of practice', 'scope-of-practice'),
(18, 'Sleep', 'sleep'),
(19, 'Special populations', 'special-populations'),
(20, 'Sports performance', 'sports-performance'),
(21, 'Strength', 'strength'),
(22, 'Technology', 'technology'),
(23, 'Women''s health', 'womens-health'),
(24, 'Youth', 'youth');

INSERT INTO "ceus_course_topics" ("id", "course_id", "topic_id") VALUES
(1, 1, 2),
(2, 1, 6),
(3, 2, 2),
(4, 3, 2),
(5, 3, 6),
(6, 4, 1),
(7, 4, 6),
(8, 5, 8),
(9, 5, 6),
(10, 6, 6),
(11, 6, 14),
(12, 7, 17),
(13, 7, 14),
(14, 8, 8),
(15, 8, 16),
(16, 9, 2),
(17, 9, 14),
(18, 10, 1),
(19, 10, 2),
(20, 11, 6),
(21, 11, 7),
(22, 12, 21),
(23, 12, 6),
(24, 13, 17),
(25, 13, 14),
(26, 13, 6),
(27, 14, 3),
(28, 14, 12),
(29, 15, 12),
(30, 15, 21),
(31, 16, 12),
(32, 16, 5),
(33, 17, 12),
(34, 18, 12),
(35, 18, 7),
(36, 19, 17),
(37, 19, 12),
(38, 20, 12),
(39, 20, 7),
(40, 21, 10),
(41, 21, 12),
(42, 21, 5),
(43, 22, 3),
(44, 22, 12),
(45, 23, 12),
(46, 23, 13),
(47, 24, 17),
(48, 24, 11),
(49, 24, 12),
(50, 25, 12),
(51, 26, 12),
(52, 26, 20),
(53, 27, 24),
(54, 28, 24),
(55, 28, 9),
(56, 29, 24),
(57, 29, 21),
(58, 30, 24),
(59, 30, 5),
(60, 31, 13),
(61, 32, 2),
(62, 32, 13),
(63, 33, 21),
(64, 33, 13),
(65, 34, 19),
(66, 34, 13),
(67, 35, 9),
(68, 35, 13),
(69, 36, 11),
(70, 36, 13),
(71, 37, 19),
(72, 37, 23),
(73, 38, 19),
(74, 38, 23),
(75, 39, 6),
(76, 39, 23),
(77, 40, 3),
(78, 40, 5),
(79, 41, 3),
(80, 41, 5),
(81, 42, 3),
(82, 43, 3),
(83, 44, 3),
(84, 44, 4),
(85, 45, 16),
(86, 45, 11),
(87, 46, 10),
(88, 46, 3),
(89, 47, 11),
(90, 47, 5),
(91, 48, 9),
(92, 48, 3),
(93, 49, 5),
(94, 50, 19),
(95, 50, 11),
(96, 51, 5),
(97, 52, 20),
(98, 52, 21),
(99, 53, 21),
(100, 54, 21),
(101, 55, 21),
(102, 56, 21),
(103, 56, 15),
(104, 57, 21),
(105, 58, 21),
(106, 59, 20),
(107, 59, 21),
(108, 60, 21),
(109, 60, 22),
(110, 61, 21),
(111, 61, 15),
(112, 62, 20),
(113, 62, 21),
(114, 63, 21),
(115, 64, 16),
(116, 64, 21),
(117, 65, 19),
(118, 65, 12),
(119, 66, 19),
(120, 67, 19),
(121, 68, 19),
(122, 68, 14),
(123, 69, 19),
(124, 70, 17),
(125, 70, 19),
(126, 71, 19),
(127, 71, 13),
(128, 72, 19),
(129, 73, 19),
(130, 73, 13),
(131, 74, 10),
(132, 74, 19),
(133, 75, 10),
(134, 75, 19),
(135, 76, 16),
(136, 76, 19),
(137, 77, 19),
(138, 77, 14),
(139, 78, 4),
(140, 79, 4),
(141, 80, 4),
(142, 80, 5),
(143, 81, 17),
(144, 81, 4),
(145, 82, 4),
(146, 83, 4),
(147, 84, 9),
(148, 84, 4),
(149, 85, 4),
(150, 85, 22),
(151, 86, 4),
(152, 86, 5),
(153, 87, 17),
(154, 87, 5),
(155, 88, 4),
(156, 89, 4),
(157, 89, 5),
(158, 90, 7),
(159, 91, 22),
(160, 91, 7),
(161, 92, 21),
(162, 92, 7),
(163, 93, 3),
(164, 93, 7),
(165, 94, 15),
(166, 94, 7),
(167, 95, 7),
(168, 96, 9),
(169, 96, 7),
(170, 97, 2),
(171, 97, 7),
(172, 98, 13),
(173, 98, 7),
(174, 99, 7),
(175, 100, 7),
(176, 101, 7),
(177, 102, 16),
(178, 102, 18),
(179, 103, 18),
(180, 103, 19),
(181, 104, 16),
(182, 105, 16),
(183, 106, 16),
(184, 106, 20),
(185, 107, 18),
(186, 107, 20),
(187, 108, 8),
(188, 109, 8),
(189, 109, 21),
(190, 110, 16),
(191, 110, 11),
(192, 111, 16),
(193, 111, 17),
(194, 112, 18),
(195, 113, 18),
(196, 113, 3),
(197, 114, 20),
(198, 114, 15),
(199, 115, 20),
(200, 116, 20),
(201, 117, 20),
(202, 117, 21),
(203, 118, 20),
(204, 118, 7),
(205, 119, 20),
(206, 119, 6),
(207, 120, 2),
(208, 120, 20),
(209, 121, 22),
(210, 122, 17),
(211, 122, 22),
(212, 123, 2),
(213, 123, 22),
(214, 124, 8),
(215, 124, 20),
(216, 125, 19),
(217, 125, 20),
(218, 126, 20),
(219, 126, 6),
(220, 127, 9),
(221, 128, 9),
(222, 128, 5),
(223, 129, 9),
(224, 130, 9),
(225, 130, 10),
(226, 131, 9),
(227, 132, 8),
(228, 132, 9),
(229, 133, 8),
(230, 133, 6),
(231, 134, 10),
(232, 134, 5),
(233, 135, 10),
(234, 135, 19),
(235, 136, 9),
(236, 136, 17),
(237, 137, 9),
(238, 138, 9),
(239, 138, 15),
(240, 139, 1),
(241, 140, 1),
(242, 141, 1),
(243, 141, 7),
(244, 142, 1),
(245, 142, 6),
(246, 143, 8),
(247, 143, 1),
(248, 144, 1),
(249, 144, 12),
(250, 145, 1),
(251, 146, 1),
(252, 146, 2),
(253, 147, 15),
(254, 148, 1),
(255, 148, 13),
(256, 149, 15),
(257, 150, 17);

INSERT INTO "ceus_course" ("id", "approved_from", "approved_through", "provider_id", "title", "slug", "category", "hundredths", "format", "about", "link", "search_text") VALUES
(1, '2015-02-18', NULL, 1, 'Corrective Exercise Foundations', 'corrective-exercise-foundations', 'education', 190, 'online', 'About 19 contact hours on corrective exercise and assessment, with a certificate at the end.', 'https://keystone-movement-institute.example.org/corrective-exercise-foundations/', 'corrective exercise foundations keystone movement institute assessment corrective exercise'),
(2, '2015-02-18', NULL, 1, 'Movement Screening in Ten Minutes', 'movement-screening-in-ten-minutes', 'education', 20, 'online', 'About 2 contact hours on assessment, with a certificate at the end.', 'https://keystone-movement-institute.example.org/movement-screening-in-ten-minutes/', 'movement screening in ten minutes keystone movement institute assessment'),
(3, '2015-02-18', NULL, 1, 'Overhead Squat Assessment, Step by Step', 'overhead-squat-assessment-step-by-step', 'education', 30, 'live_online', 'About 3 contact hours on assessment and corrective exercise, with a certificate at the end.', 'https://keystone-movement-institute.example.org/overhead-squat-assessment-step-by-step/', 'overhead squat assessment step by step keystone movement institute assessment corrective exercise'),
(4, '2015-02-18', NULL, 1, 'Ankles and Feet: Where Movement Begins', 'ankles-and-feet-where-movement-begins', 'education', 30, 'online', 'About 3 contact hours on corrective exercise and anatomy, with a certificate at the end.', 'https://keystone-movement-institute.example.org/ankles-and-feet-where-movement-begins/', 'ankles and feet where movement begins keystone movement institute anatomy corrective exercise'),
(5, '2015-02-18', NULL, 1, 'Hips That Move: Mobility Before Load', 'hips-that-move-mobility-before-load', 'education', 40, 'online', 'About 4 contact hours on corrective exercise and flexibility, with a certificate at the end.', 'https://keystone-movement-institute.example.org/hips-that-move-mobility-before-load/', 'hips that move mobility before load keystone movement institute corrective exercise flexibility'),
(6, '2015-02-18', NULL, 1, 'Shoulders Without Drama', 'shoulders-without-drama', 'education', 40, 'in_person', 'About 4 contact hours on corrective exercise and pain, with a certificate at the end.', 'https://keystone-movement-institute.example.org/shoulders-without-drama/', 'shoulders without drama keystone movement institute corrective exercise pain'),
(7, '2015-02-18', NULL, 1, 'Low Back Pain: What a Trainer May Do', 'low-back-pain-what-a-trainer-may-do', 'education', 50, 'online', 'About 5 contact hours on pain and scope of practice, with a certificate at the end.', 'https://keystone-movement-institute.example.org/low-back-pain-what-a-trainer-may-do/', 'low back pain what a trainer may do keystone movement institute pain scope of practice'),
(8, '2015-02-18', NULL, 1, 'Foam Rolling: What the Evidence Says', 'foam-rolling-what-the-evidence-says', 'education', 20, 'online', 'About 2 contact hours on flexibility and recovery, with a certificate at the end.', 'https://keystone-movement-institute.example.org/foam-rolling-what-the-evidence-says/', 'foam rolling what the evidence says keystone movement institute flexibility recovery'),
(9, '2015-02-18', NULL, 1, 'Posture, Myths and Progress', 'posture-myths-and-progress', 'education', 30, 'online', 'About 3 contact hours on assessment and pain, with a certificate at the end.', 'https://keystone-movement-institute.example.org/posture-myths-and-progress/', 'posture myths and progress keystone movement institute assessment pain'),
(10, '2015-02-18', NULL, 1, 'Gait for Trainers', 'gait-for-trainers', 'education', 60, 'live_online', 'About 6 contact hours on assessment and anatomy, with a certificate at the end.', 'https://keystone-movement-institute.example.org/gait-for-trainers/', 'gait for trainers keystone movement institute anatomy assessment'),
(11, '2015-02-18', NULL, 1, 'Corrective Strategies for Runners', 'corrective-strategies-for-runners', 'education', 50, 'online', 'About 5 contact hours on corrective exercise and endurance, with a certificate at the end.', 'https://keystone-movement-institute.example.org/corrective-strategies-for-runners/', 'corrective strategies for runners keystone movement institute corrective exercise endurance'),
(12, '2015-02-18', NULL, 1, 'Knees Under Load', 'knees-under-load', 'education', 40, 'home_study', 'About 4 contact hours on corrective exercise and strength, with a certificate at the end.', 'https://keystone-movement-institute.example.org/knees-under-load/', 'knees under load keystone movement institute corrective exercise strength'),
(13, '2015-02-18', NULL, 1, 'From Rehabilitation Back to the Gym', 'from-rehabilitation-back-to-the-gym', 'education', 80, 'in_person', 'About 8 contact hours on pain and corrective exercise, scope of practice, with a certificate at the end.', 'https://keystone-movement-institute.example.org/from-rehabilitation-back-to-the-gym/', 'from rehabilitation back to the gym keystone movement institute corrective exercise pain scope of practice'),
(14, '2015-02-18', NULL, 2, 'Nutrition Coaching Essentials', 'nutrition-coaching-essentials', 'education', 190, 'online', 'About 19 contact hours on nutrition and behavior change, with a certificate at the end.', 'https://harvest-table-nutrition.example.org/nutrition-coaching-essentials/', 'nutrition coaching essentials harvest table nutrition behavior change nutrition'),
(15, '2015-02-18', NULL, 2, 'Protein: How Much, When, and For Whom', 'protein-how-much-when-and-for-whom', 'education', 30, 'online', 'About 3 contact hours on nutrition and strength, with a certificate at the end.', 'https://harvest-table-nutrition.example.org/protein-how-much-when-and-for-whom/', 'protein how much when and for whom harvest table nutrition nutrition strength'),
(16, '2015-02-18', NULL, 2, 'Reading Food Labels With Clients', 'reading-food-labels-with-clients', 'education', 10, 'online', 'About 1 contact hours on nutrition and communication, with a certificate at the end.', 'https://harvest-table-nutrition.example.org/reading-food-labels-with-clients/', 'reading food labels with clients harvest table nutrition communication nutrition'),
(17, '2015-02-18', NULL, 2, 'Plant-Based Eating and Training', 'plant-based-eating-and-training', 'education', 30, 'online', 'About 3 contact hours on nutrition, with a certificate at the end.', 'https://harvest-table-nutrition.example.org/plant-based-eating-and-training/', 'plant based eating and training harvest table nutrition nutrition'),
(18, '2015-02-18', NULL, 2, 'Hydration and Heat', 'hydration-and-heat', 'education', 20, 'online', 'About 2 contact hours on nutrition and endurance, with a certificate at the end.', 'https://harvest-table-nutrition.example.org/hydration-and-heat/', 'hydration and heat harvest table nutrition endurance nutrition'),
(19, '2015-02-18', NULL, 2, 'Supplements: Safe, Useful, Neither', 'supplements-safe-useful-neither', 'education', 40, 'live_online', 'About 4 contact hours on nutrition and scope of practice, with a certificate at the end.', 'https://harvest-table-nutrition.example.org/supplements-safe-useful-neither/', 'supplements safe useful neither harvest table nutrition nutrition scope of practice'),
(20, '2015-02-18', NULL, 2, 'Eating for Endurance Events', 'eating-for-endurance-events', 'education', 40, 'online', 'About 4 contact hours on nutrition and endurance, with a certificate at the end.', 'https://harvest-table-nutrition.example.org/eating-for-endurance-events/', 'eating for endurance events harvest table nutrition endurance nutrition'),
(21, '2015-02-18', NULL, 2, 'Weight, Stigma and Better Conversations', 'weight-stigma-and-better-conversations', 'education', 50, 'live_online', 'About 5 contact hours on nutrition and communication, inclusion, with a certificate at the end.', 'https://harvest-table-nutrition.example.org/weight-stigma-and-better-conversations/', 'weight stigma and better conversations harvest table nutrition communication inclusion nutrition'),
(22, '2015-02-18', NULL, 2, 'Meal Planning Without Meal Plans', 'meal-planning-without-meal-plans', 'education', 30, 'online', 'About 3 contact hours on nutrition and behavior change, with a certificate at the end.', 'https://harvest-table-nutrition.example.org/meal-planning-without-meal-plans/', 'meal planning without meal plans harvest table nutrition behavior change nutrition'),
(23, '2015-02-18', NULL, 2, 'Nutrition for Older Adults', 'nutrition-for-older-adults', 'education', 40, 'home_study', 'About 4 contact hours on nutrition and older adults, with a certificate at the end.', 'https://harvest-table-nutrition.example.org/nutrition-for-older-adults/', 'nutrition for older adults harvest table nutrition nutrition older adults'),
(24, '2015-02-18', NULL, 2, 'Disordered Eating: Notice and Refer', 'disordered-eating-notice-and-refer', 'education', 50, 'online', 'About 5 contact hours on nutrition and mental health, scope of practice, with a certificate at the end.', 'https://harvest-table-nutrition.example.org/disordered-eating-notice-and-refer/', 'disordered eating notice and refer harvest table nutrition mental health nutrition scope of practice'),
(25, '2015-02-18', NULL, 2, 'Gut Feelings: Fiber and the Microbiome', 'gut-feelings-fiber-and-the-microbiome', 'education', 20, 'online', 'About 2 contact hours on nutrition, with a certificate at the end.', 'https://harvest-table-nutrition.example.org/gut-feelings-fiber-and-the-microbiome/', 'gut feelings fiber and the microbiome harvest table nutrition nutrition'),
(26, '2015-02-18', NULL, 2, 'Sports Nutrition in Practice', 'sports-nutrition-in-practice', 'education', 100, 'in_person', 'About 10 contact hours on nutrition and sports performance, with a certificate at the end.', 'https://harvest-table-nutrition.example.org/sports-nutrition-in-practice/', 'sports nutrition in practice harvest table nutrition nutrition sports performance'),
(27, '2015-02-18', NULL, 3, 'Youth Exercise Specialist', 'youth-exercise-specialist', 'education', 150, 'online', 'About 15 contact hours on youth, with a certificate at the end.', 'https://lifespan-fitness-education.example.org/youth-exercise-specialist/', 'youth exercise specialist lifespan fitness education youth'),
(28, '2015-02-18', NULL, 3, 'Play First: Sessions for Children', 'play-first-sessions-for-children', 'education', 30, 'in_person', 'About 3 contact hours on youth and group training, with a certificate at the end.', 'https://lifespan-fitness-education.example.org/play-first-sessions-for-children/', 'play first sessions for children lifespan fitness education group training youth'),
(29, '2015-02-18', NULL, 3, 'Strength Training for Teenagers', 'strength-training-for-teenagers', 'education', 40, 'online', 'About 4 contact hours on youth and strength, with a certificate at the end.', 'https://lifespan-fitness-education.example.org/strength-training-for-teenagers/', 'strength training for teenagers lifespan fitness education strength youth'),
(30, '2015-02-18', NULL, 3, 'Talking With Parents and Coaches', 'talking-with-parents-and-coaches', 'education', 20, 'online', 'About 2 contact hours on youth and communication, with a certificate at the end.', 'https://lifespan-fitness-education.example.org/talking-with-parents-and-coaches/', 'talking with parents and coaches lifespan fitness education communication youth'),
(31, '2015-02-18', NULL, 3, 'Senior Fitness Specialist', 'senior-fitness-specialist', 'education', 150, 'online', 'About 15 contact hours on older adults, with a certificate at the end.', 'https://lifespan-fitness-education.example.org/senior-fitness-specialist/', 'senior fitness specialist lifespan fitness education older adults'),
(32, '2015-02-18', NULL, 3, 'Balance and Fall Prevention', 'balance-and-fall-prevention', 'education', 40, 'in_person', 'About 4 contact hours on older adults and assessment, with a certificate at the end.', 'https://lifespan-fitness-education.example.org/balance-and-fall-prevention/', 'balance and fall prevention lifespan fitness education assessment older adults'),
(33, '2015-02-18', NULL, 3, 'Strength After 65', 'strength-after-65', 'education', 50, 'online', 'About 5 contact hours on older adults and strength, with a certificate at the end.', 'https://lifespan-fitness-education.example.org/strength-after-65/', 'strength after 65 lifespan fitness education older adults strength'),
(34, '2015-02-18', NULL, 3, 'Osteoporosis and Loading Bone', 'osteoporosis-and-loading-bone', 'education', 40, 'online', 'About 4 contact hours on older adults and special populations, with a certificate at the end.', 'https://lifespan-fitness-education.example.org/osteoporosis-and-loading-bone/', 'osteoporosis and loading bone lifespan fitness education older adults special populations'),
(35, '2015-02-18', NULL, 3, 'Chair-Based Training That Challenges', 'chair-based-training-that-challenges', 'education', 20, 'online', 'About 2 contact hours on older adults and group training, with a certificate at the end.', 'https://lifespan-fitness-education.example.org/chair-based-training-that-challenges/', 'chair based training that challenges lifespan fitness education group training older adults'),
(36, '2015-02-18', NULL, 3, 'Memory, Mood and Movement', 'memory-mood-and-movement', 'education', 30, 'live_online', 'About 3 contact hours on older adults and mental health, with a certificate at the end.', 'https://lifespan-fitness-education.example.org/memory-mood-and-movement/', 'memory mood and movement lifespan fitness education mental health older adults'),
(37, '2015-02-18', NULL, 3, 'Training Through Menopause', 'training-through-menopause', 'education', 50, 'online', 'About 5 contact hours on women''s health and special populations, with a certificate at the end.', 'https://lifespan-fitness-education.example.org/training-through-menopause/', 'training through menopause lifespan fitness education special populations women s health'),
(38, '2015-02-18', NULL, 3, 'Pregnancy and the First Year After', 'pregnancy-and-the-first-year-after', 'education', 80, 'live_online', 'About 8 contact hours on women''s health and special populations, with a certificate at the end.', 'https://lifespan-fitness-education.example.org/pregnancy-and-the-first-year-after/', 'pregnancy and the first year after lifespan fitness education special populations women s health'),
(39, '2015-02-18', NULL, 3, 'Pelvic Floor Basics for Trainers', 'pelvic-floor-basics-for-trainers', 'education', 40, 'online', 'About 4 contact hours on women''s health and corrective exercise, with a certificate at the end.', 'https://lifespan-fitness-education.example.org/pelvic-floor-basics-for-trainers/', 'pelvic floor basics for trainers lifespan fitness education corrective exercise women s health'),
(40, '2015-02-18', NULL, 4, 'Behavior Change Specialist', 'behavior-change-specialist', 'education', 190, 'online', 'About 19 contact hours on behavior change and communication, with a certificate at the end.', 'https://northlight-health-coaching.example.org/behavior-change-specialist/', 'behavior change specialist northlight health coaching behavior change communication'),
(41, '2015-02-18', NULL, 4, 'Motivational Interviewing for Trainers', 'motivational-interviewing-for-trainers', 'education', 60, 'live_online', 'About 6 contact hours on behavior change and communication, with a certificate at the end.', 'https://northlight-health-coaching.example.org/motivational-interviewing-for-trainers/', 'motivational interviewing for trainers northlight health coaching behavior change communication'),
(42, '2015-02-18', NULL, 4, 'Habits That Hold', 'habits-that-hold', 'education', 30, 'online', 'About 3 contact hours on behavior change, with a certificate at the end.', 'https://northlight-health-coaching.example.org/habits-that-hold/', 'habits that hold northlight health coaching behavior change'),
(43, '2015-02-18', NULL, 4, 'Goal Setting Beyond the Scale', 'goal-setting-beyond-the-scale', 'education', 20, 'online', 'About 2 contact hours on behavior change, with a certificate at the end.', 'https://northlight-health-coaching.example.org/goal-setting-beyond-the-scale/', 'goal setting beyond the scale northlight health coaching behavior change'),
(44, '2015-02-18', NULL, 4, 'When Clients Disappear', 'when-clients-disappear', 'education', 20, 'online', 'About 2 contact hours on behavior change and business, with a certificate at the end.', 'https://northlight-health-coaching.example.org/when-clients-disappear/', 'when clients disappear northlight health coaching behavior change business'),
(45, '2015-02-18', NULL, 4, 'Stress, Breath and Training', 'stress-breath-and-training', 'education', 30, 'online', 'About 3 contact hours on mental health and recovery, with a certificate at the end.', 'https://northlight-health-coaching.example.org/stress-breath-and-training/', 'stress breath and training northlight health coaching mental health recovery'),
(46, '2015-02-18', NULL, 4, 'Coaching People Who Hate the Gym', 'coaching-people-who-hate-the-gym', 'education', 40, 'live_online', 'About 4 contact hours on behavior change and inclusion, with a certificate at the end.', 'https://northlight-health-coaching.example.org/coaching-people-who-hate-the-gym/', 'coaching people who hate the gym northlight health coaching behavior change inclusion'),
(47, '2015-02-18', NULL, 4, 'Trauma-Aware Coaching', 'trauma-aware-coaching', 'education', 50, 'live_online', 'About 5 contact hours on mental health and communication, with a certificate at the end.', 'https://northlight-health-coaching.example.org/trauma-aware-coaching/', 'trauma aware coaching northlight health coaching communication mental health'),
(48, '2015-02-18', NULL, 4, 'Group Coaching: Six Weeks, Twelve People', 'group-coaching-six-weeks-twelve-people', 'education', 50, 'online', 'About 5 contact hours on behavior change and group training, with a certificate at the end.', 'https://northlight-health-coaching.example.org/group-coaching-six-weeks-twelve-people/', 'group coaching six weeks twelve people northlight health coaching behavior change group training'),
(49, '2015-02-18', NULL, 4, 'Listening: The First Session', 'listening-the-first-session', 'education', 20, 'online', 'About 2 contact hours on communication, with a certificate at the end.', 'https://northlight-health-coaching.example.org/listening-the-first-session/', 'listening the first session northlight health coaching communication'),
(50, '2015-02-18', NULL, 4, 'Exercise and Depression', 'exercise-and-depression', 'education', 40, 'online', 'About 4 contact hours on mental health and special populations, with a certificate at the end.', 'https://northlight-health-coaching.example.org/exercise-and-depression/', 'exercise and depression northlight health coaching mental health special populations'),
(51, '2015-02-18', NULL, 4, 'Telling Hard Truths Kindly', 'telling-hard-truths-kindly', 'education', 10, 'online', 'About 1 contact hours on communication, with a certificate at the end.', 'https://northlight-health-coaching.example.org/telling-hard-truths-kindly/', 'telling hard truths kindly northlight health coaching communication'),
(52, '2015-02-18', NULL, 5, 'Strength and Conditioning for Trainers', 'strength-and-conditioning-for-trainers', 'education', 150, 'in_person', 'About 15 contact hours on strength and sports performance, with a certificate at the end.', 'https://iron-meridian-strength-school.example.org/strength-and-conditioning-for-trainers/', 'strength and conditioning for trainers iron meridian strength school sports performance strength'),
(53, '2015-02-18', NULL, 5, 'The Squat: Coaching Every Body', 'the-squat-coaching-every-body', 'education', 30, 'in_person', 'About 3 contact hours on strength, with a certificate at the end.', 'https://iron-meridian-strength-school.example.org/the-squat-coaching-every-body/', 'the squat coaching every body iron meridian strength school strength'),
(54, '2015-02-18', NULL, 5, 'The Deadlift: Coaching Every Body', 'the-deadlift-coaching-every-body', 'education', 30, 'in_person', 'About 3 contact hours on strength, with a certificate at the end.', 'https://iron-meridian-strength-school.example.org/the-deadlift-coaching-every-body/', 'the deadlift coaching every body iron meridian strength school strength'),
(55, '2015-02-18', NULL, 5, 'Pressing and Pulling Overhead', 'pressing-and-pulling-overhead', 'education', 30, 'online', 'About 3 contact hours on strength, with a certificate at the end.', 'https://iron-meridian-strength-school.example.org/pressing-and-pulling-overhead/', 'pressing and pulling overhead iron meridian strength school strength'),
(56, '2015-02-18', NULL, 5, 'Programming: Blocks, Waves and Weeks', 'programming-blocks-waves-and-weeks', 'education', 60, 'online', 'About 6 contact hours on strength and program design, with a certificate at the end.', 'https://iron-meridian-strength-school.example.org/programming-blocks-waves-and-weeks/', 'programming blocks waves and weeks iron meridian strength school program design strength'),
(57, '2015-02-18', NULL, 5, 'Hypertrophy: What Really Matters', 'hypertrophy-what-really-matters', 'education', 40, 'online', 'About 4 contact hours on strength, with a certificate at the end.', 'https://iron-meridian-strength-school.example.org/hypertrophy-what-really-matters/', 'hypertrophy what really matters iron meridian strength school strength'),
(58, '2015-02-18', NULL, 5, 'Kettlebells From the Ground Up', 'kettlebells-from-the-ground-up', 'education', 70, 'in_person', 'About 7 contact hours on strength, with a certificate at the end.', 'https://iron-meridian-strength-school.example.org/kettlebells-from-the-ground-up/', 'kettlebells from the ground up iron meridian strength school strength'),
(59, '2015-02-18', NULL, 5, 'Power for Beginners', 'power-for-beginners', 'education', 30, 'online', 'About 3 contact hours on strength and sports performance, with a certificate at the end.', 'https://iron-meridian-strength-school.example.org/power-for-beginners/', 'power for beginners iron meridian strength school sports performance strength'),
(60, '2015-02-18', NULL, 5, 'Velocity-Based Training Made Plain', 'velocity-based-training-made-plain', 'education', 30, 'live_online', 'About 3 contact hours on strength and technology, with a certificate at the end.', 'https://iron-meridian-strength-school.example.org/velocity-based-training-made-plain/', 'velocity based training made plain iron meridian strength school strength technology'),
(61, '2015-02-18', NULL, 5, 'Autoregulation: Effort, Reps and Honesty', 'autoregulation-effort-reps-and-honesty', 'education', 20, 'online', 'About 2 contact hours on strength and program design, with a certificate at the end.', 'https://iron-meridian-strength-school.example.org/autoregulation-effort-reps-and-honesty/', 'autoregulation effort reps and honesty iron meridian strength school program design strength'),
(62, '2015-02-18', NULL, 5, 'Olympic Lifting: First Steps', 'olympic-lifting-first-steps', 'education', 80, 'in_person', 'About 8 contact hours on strength and sports performance, with a certificate at the end.', 'https://iron-meridian-strength-school.example.org/olympic-lifting-first-steps/', 'olympic lifting first steps iron meridian strength school sports performance strength'),
(63, '2015-02-18', NULL, 5, 'Bodyweight Strength', 'bodyweight-strength', 'education', 30, 'online', 'About 3 contact hours on strength, with a certificate at the end.', 'https://iron-meridian-strength-school.example.org/bodyweight-strength/', 'bodyweight strength iron meridian strength school strength'),
(64, '2015-02-18', NULL, 5, 'Deload Weeks and Other Rest', 'deload-weeks-and-other-rest', 'education', 10, 'online', 'About 1 contact hours on strength and recovery, with a certificate at the end.', 'https://iron-meridian-strength-school.example.org/deload-weeks-and-other-rest/', 'deload weeks and other rest iron meridian strength school recovery strength'),
(65, '2015-02-18', NULL, 6, 'Training With Type 2 Diabetes', 'training-with-type-2-diabetes', 'education', 60, 'online', 'About 6 contact hours on special populations and nutrition, with a certificate at the end.', 'https://clearwater-special-populations.example.org/training-with-type-2-diabetes/', 'training with type 2 diabetes clearwater special populations nutrition special populations'),
(66, '2015-02-18', NULL, 6, 'High Blood Pressure and Exercise', 'high-blood-pressure-and-exercise', 'education', 50, 'online', 'About 5 contact hours on special populations, with a certificate at the end.', 'https://clearwater-special-populations.example.org/high-blood-pressure-and-exercise/', 'high blood pressure and exercise clearwater special populations special populations'),
(67, '2015-02-18', NULL, 6, 'Cancer Exercise Basics', 'cancer-exercise-basics', 'education', 100, 'live_online', 'About 10 contact hours on special populations, with a certificate at the end.', 'https://clearwater-special-populations.example.org/cancer-exercise-basics/', 'cancer exercise basics clearwater special populations special populations'),
(68, '2015-02-18', NULL, 6, 'Arthritis: Moving Well With Sore Joints', 'arthritis-moving-well-with-sore-joints', 'education', 40, 'online', 'About 4 contact hours on special populations and pain, with a certificate at the end.', 'https://clearwater-special-populations.example.org/arthritis-moving-well-with-sore-joints/', 'arthritis moving well with sore joints clearwater special populations pain special populations'),
(69, '2015-02-18', NULL, 6, 'Asthma and Breathless Clients', 'asthma-and-breathless-clients', 'education', 20, 'online', 'About 2 contact hours on special populations, with a certificate at the end.', 'https://clearwater-special-populations.example.org/asthma-and-breathless-clients/', 'asthma and breathless clients clearwater special populations special populations'),
(70, '2015-02-18', NULL, 6, 'Heart Events: Before, During, After', 'heart-events-before-during-after', 'education', 60, 'live_online', 'About 6 contact hours on special populations and scope of practice, with a certificate at the end.', 'https://clearwater-special-populations.example.org/heart-events-before-during-after/', 'heart events before during after clearwater special populations scope of practice special populations'),
(71, '2015-02-18', NULL, 6, 'Parkinson''s and Big Movements', 'parkinsons-and-big-movements', 'education', 50, 'in_person', 'About 5 contact hours on special populations and older adults, with a certificate at the end.', 'https://clearwater-special-populations.example.org/parkinsons-and-big-movements/', 'parkinson s and big movements clearwater special populations older adults special populations'),
(72, '2015-02-18', NULL, 6, 'Multiple Sclerosis and Heat', 'multiple-sclerosis-and-heat', 'education', 30, 'online', 'About 3 contact hours on special populations, with a certificate at the end.', 'https://clearwater-special-populations.example.org/multiple-sclerosis-and-heat/', 'multiple sclerosis and heat clearwater special populations special populations'),
(73, '2015-02-18', NULL, 6, 'Training After a Stroke', 'training-after-a-stroke', 'education', 60, 'live_online', 'About 6 contact hours on special populations and older adults, with a certificate at the end.', 'https://clearwater-special-populations.example.org/training-after-a-stroke/', 'training after a stroke clearwater special populations older adults special populations'),
(74, '2015-02-18', NULL, 6, 'Working With Wheelchair Users', 'working-with-wheelchair-users', 'education', 50, 'in_person', 'About 5 contact hours on special populations and inclusion, with a certificate at the end.', 'https://clearwater-special-populations.example.org/working-with-wheelchair-users/', 'working with wheelchair users clearwater special populations inclusion special populations'),
(75, '2015-02-18', NULL, 6, 'Obesity: Comfort, Safety, Results', 'obesity-comfort-safety-results', 'education', 50, 'online', 'About 5 contact hours on special populations and inclusion, with a certificate at the end.', 'https://clearwater-special-populations.example.org/obesity-comfort-safety-results/', 'obesity comfort safety results clearwater special populations inclusion special populations'),
(76, '2015-02-18', NULL, 6, 'Long Recoveries: Fatigue After Illness', 'long-recoveries-fatigue-after-illness', 'education', 30, 'online', 'About 3 contact hours on special populations and recovery, with a certificate at the end.', 'https://clearwater-special-populations.example.org/long-recoveries-fatigue-after-illness/', 'long recoveries fatigue after illness clearwater special populations recovery special populations'),
(77, '2015-02-18', NULL, 6, 'Chronic Pain and Graded Activity', 'chronic-pain-and-graded-activity', 'education', 50, 'live_online', 'About 5 contact hours on pain and special populations, with a certificate at the end.', 'https://clearwater-special-populations.example.org/chronic-pain-and-graded-activity/', 'chronic pain and graded activity clearwater special populations pain special populations'),
(78, '2015-02-18', NULL, 7, 'Your First Ten Clients', 'your-first-ten-clients', 'education', 40, 'online', 'About 4 contact hours on business, with a certificate at the end.', 'https://studio-street-business-lab.example.org/your-first-ten-clients/', 'your first ten clients studio street business lab business'),
(79, '2015-02-18', NULL, 7, 'Pricing Without Blushing', 'pricing-without-blushing', 'education', 20, 'online', 'About 2 contact hours on business, with a certificate at the end.', 'https://studio-street-business-lab.example.org/pricing-without-blushing/', 'pricing without blushing studio street business lab business'),
(80, '2015-02-18', NULL, 7, 'Selling Is Helping', 'selling-is-helping', 'education', 30, 'live_online', 'About 3 contact hours on business and communication, with a certificate at the end.', 'https://studio-street-business-lab.example.org/selling-is-helping/', 'selling is helping studio street business lab business communication'),
(81, '2015-02-18', NULL, 7, 'Contracts, Waivers and Insurance', 'contracts-waivers-and-insurance', 'education', 30, 'online', 'About 3 contact hours on business and scope of practice, with a certificate at the end.', 'https://studio-street-business-lab.example.org/contracts-waivers-and-insurance/', 'contracts waivers and insurance studio street business lab business scope of practice'),
(82, '2015-02-18', NULL, 7, 'Bookkeeping for Trainers', 'bookkeeping-for-trainers', 'education', 40, 'online', 'About 4 contact hours on business, with a certificate at the end.', 'https://studio-street-business-lab.example.org/bookkeeping-for-trainers/', 'bookkeeping for trainers studio street business lab business'),
(83, '2015-02-18', NULL, 7, 'Marketing on Two Hours a Week', 'marketing-on-two-hours-a-week', 'education', 30, 'online', 'About 3 contact hours on business, with a certificate at the end.', 'https://studio-street-business-lab.example.org/marketing-on-two-hours-a-week/', 'marketing on two hours a week studio street business lab business'),
(84, '2015-02-18', NULL, 7, 'Running Small Group Training', 'running-small-group-training', 'education', 40, 'online', 'About 4 contact hours on business and group training, with a certificate at the end.', 'https://studio-street-business-lab.example.org/running-small-group-training/', 'running small group training studio street business lab business group training'),
(85, '2015-02-18', NULL, 7, 'Online Coaching: Set It Up Right', 'online-coaching-set-it-up-right', 'education', 60, 'online', 'About 6 contact hours on business and technology, with a certificate at the end.', 'https://studio-street-business-lab.example.org/online-coaching-set-it-up-right/', 'online coaching set it up right studio street business lab business technology'),
(86, '2015-02-18', NULL, 7, 'Leading a Team of Trainers', 'leading-a-team-of-trainers', 'education', 50, 'live_online', 'About 5 contact hours on business and communication, with a certificate at the end.', 'https://studio-street-business-lab.example.org/leading-a-team-of-trainers/', 'leading a team of trainers studio street business lab business communication'),
(87, '2015-02-18', NULL, 7, 'Ethics and Boundaries', 'ethics-and-boundaries', 'education', 30, 'online', 'About 3 contact hours on scope of practice and communication, with a certificate at the end.', 'https://studio-street-business-lab.example.org/ethics-and-boundaries/', 'ethics and boundaries studio street business lab communication scope of practice'),
(88, '2015-02-18', NULL, 7, 'From Gym Floor to Own Studio', 'from-gym-floor-to-own-studio', 'education', 80, 'in_person', 'About 8 contact hours on business, with a certificate at the end.', 'https://studio-street-business-lab.example.org/from-gym-floor-to-own-studio/', 'from gym floor to own studio studio street business lab business'),
(89, '2015-02-18', NULL, 7, 'Writing Emails That Clients Read', 'writing-emails-that-clients-read', 'education', 10, 'online', 'About 1 contact hours on business and communication, with a certificate at the end.', 'https://studio-street-business-lab.example.org/writing-emails-that-clients-read/', 'writing emails that clients read studio street business lab business communication'),
(90, '2015-02-18', NULL, 8, 'Endurance Coaching Fundamentals', 'endurance-coaching-fundamentals', 'education', 120, 'online', 'About 12 contact hours on endurance, with a certificate at the end.', 'https://pulse-endurance-academy.example.org/endurance-coaching-fundamentals/', 'endurance coaching fundamentals pulse endurance academy endurance'),
(91, '2015-02-18', NULL, 8, 'Zone Training, Explained', 'zone-training-explained', 'education', 30, 'online', 'About 3 contact hours on endurance and technology, with a certificate at the end.', 'https://pulse-endurance-academy.example.org/zone-training-explained/', 'zone training explained pulse endurance academy endurance technology'),
(92, '2015-02-18', NULL, 8, 'Strength for Runners', 'strength-for-runners', 'education', 40, 'online', 'About 4 contact hours on endurance and strength, with a certificate at the end.', 'https://pulse-endurance-academy.example.org/strength-for-runners/', 'strength for runners pulse endurance academy endurance strength'),
(93, '2015-02-18', NULL, 8, 'Couch to 5K: Coaching Beginners', 'couch-to-5k-coaching-beginners', 'education', 30, 'online', 'About 3 contact hours on endurance and behavior change, with a certificate at the end.', 'https://pulse-endurance-academy.example.org/couch-to-5k-coaching-beginners/', 'couch to 5k coaching beginners pulse endurance academy behavior change endurance'),
(94, '2015-02-18', NULL, 8, 'Marathon Programming', 'marathon-programming', 'education', 50, 'online', 'About 5 contact hours on endurance and program design, with a certificate at the end.', 'https://pulse-endurance-academy.example.org/marathon-programming/', 'marathon programming pulse endurance academy endurance program design'),
(95, '2015-02-18', NULL, 8, 'Interval Training: Dose and Danger', 'interval-training-dose-and-danger', 'education', 30, 'live_online', 'About 3 contact hours on endurance, with a certificate at the end.', 'https://pulse-endurance-academy.example.org/interval-training-dose-and-danger/', 'interval training dose and danger pulse endurance academy endurance'),
(96, '2015-02-18', NULL, 8, 'Indoor Cycling Instructor', 'indoor-cycling-instructor', 'education', 80, 'in_person', 'About 8 contact hours on endurance and group training, with a certificate at the end.', 'https://pulse-endurance-academy.example.org/indoor-cycling-instructor/', 'indoor cycling instructor pulse endurance academy endurance group training'),
(97, '2015-02-18', NULL, 8, 'Running Form: Cues That Work', 'running-form-cues-that-work', 'education', 20, 'in_person', 'About 2 contact hours on endurance and assessment, with a certificate at the end.', 'https://pulse-endurance-academy.example.org/running-form-cues-that-work/', 'running form cues that work pulse endurance academy assessment endurance'),
(98, '2015-02-18', NULL, 8, 'Masters Athletes', 'masters-athletes', 'education', 40, 'online', 'About 4 contact hours on endurance and older adults, with a certificate at the end.', 'https://pulse-endurance-academy.example.org/masters-athletes/', 'masters athletes pulse endurance academy endurance older adults'),
(99, '2015-02-18', NULL, 8, 'Heat, Cold and Altitude', 'heat-cold-and-altitude', 'education', 30, 'online', 'About 3 contact hours on endurance, with a certificate at the end.', 'https://pulse-endurance-academy.example.org/heat-cold-and-altitude/', 'heat cold and altitude pulse endurance academy endurance'),
(100, '2015-02-18', NULL, 8, 'Rowing: Technique and Training', 'rowing-technique-and-training', 'education', 30, 'in_person', 'About 3 contact hours on endurance, with a certificate at the end.', 'https://pulse-endurance-academy.example.org/rowing-technique-and-training/', 'rowing technique and training pulse endurance academy endurance'),
(101, '2015-02-18', NULL, 8, 'Swimming for Land Trainers', 'swimming-for-land-trainers', 'education', 40, 'in_person', 'About 4 contact hours on endurance, with a certificate at the end.', 'https://pulse-endurance-academy.example.org/swimming-for-land-trainers/', 'swimming for land trainers pulse endurance academy endurance'),
(102, '2015-02-18', NULL, 9, 'Sleep for Trainers', 'sleep-for-trainers', 'education', 50, 'online', 'About 5 contact hours on sleep and recovery, with a certificate at the end.', 'https://restwell-recovery-science.example.org/sleep-for-trainers/', 'sleep for trainers restwell recovery science recovery sleep'),
(103, '2015-02-18', NULL, 9, 'Sleep and Shift Workers', 'sleep-and-shift-workers', 'education', 20, 'online', 'About 2 contact hours on sleep and special populations, with a certificate at the end.', 'https://restwell-recovery-science.example.org/sleep-and-shift-workers/', 'sleep and shift workers restwell recovery science sleep special populations'),
(104, '2015-02-18', NULL, 9, 'Recovery: What Works, What Sells', 'recovery-what-works-what-sells', 'education', 30, 'online', 'About 3 contact hours on recovery, with a certificate at the end.', 'https://restwell-recovery-science.example.org/recovery-what-works-what-sells/', 'recovery what works what sells restwell recovery science recovery'),
(105, '2015-02-18', NULL, 9, 'Cold, Heat and Compression', 'cold-heat-and-compression', 'education', 20, 'online', 'About 2 contact hours on recovery, with a certificate at the end.', 'https://restwell-recovery-science.example.org/cold-heat-and-compression/', 'cold heat and compression restwell recovery science recovery'),
(106, '2015-02-18', NULL, 9, 'Overreaching and Overtraining', 'overreaching-and-overtraining', 'education', 40, 'live_online', 'About 4 contact hours on recovery and sports performance, with a certificate at the end.', 'https://restwell-recovery-science.example.org/overreaching-and-overtraining/', 'overreaching and overtraining restwell recovery science recovery sports performance'),
(107, '2015-02-18', NULL, 9, 'Jet Lag and Traveling Athletes', 'jet-lag-and-traveling-athletes', 'education', 10, 'online', 'About 1 contact hours on sleep and sports performance, with a certificate at the end.', 'https://restwell-recovery-science.example.org/jet-lag-and-traveling-athletes/', 'jet lag and traveling athletes restwell recovery science sleep sports performance'),
(108, '2015-02-18', NULL, 9, 'Flexibility Training, Reconsidered', 'flexibility-training-reconsidered', 'education', 30, 'online', 'About 3 contact hours on flexibility, with a certificate at the end.', 'https://restwell-recovery-science.example.org/flexibility-training-reconsidered/', 'flexibility training reconsidered restwell recovery science flexibility'),
(109, '2015-02-18', NULL, 9, 'Stretching for Strength Athletes', 'stretching-for-strength-athletes', 'education', 30, 'in_person', 'About 3 contact hours on flexibility and strength, with a certificate at the end.', 'https://restwell-recovery-science.example.org/stretching-for-strength-athletes/', 'stretching for strength athletes restwell recovery science flexibility strength'),
(110, '2015-02-18', NULL, 9, 'Breathing Practices and Evidence', 'breathing-practices-and-evidence', 'education', 20, 'online', 'About 2 contact hours on recovery and mental health, with a certificate at the end.', 'https://restwell-recovery-science.example.org/breathing-practices-and-evidence/', 'breathing practices and evidence restwell recovery science mental health recovery'),
(111, '2015-02-18', NULL, 9, 'Massage Tools Within Scope', 'massage-tools-within-scope', 'education', 20, 'online', 'About 2 contact hours on recovery and scope of practice, with a certificate at the end.', 'https://restwell-recovery-science.example.org/massage-tools-within-scope/', 'massage tools within scope restwell recovery science recovery scope of practice'),
(112, '2015-02-18', NULL, 9, 'Naps, Caffeine and Screens', 'naps-caffeine-and-screens', 'education', 10, 'online', 'About 1 contact hours on sleep, with a certificate at the end.', 'https://restwell-recovery-science.example.org/naps-caffeine-and-screens/', 'naps caffeine and screens restwell recovery science sleep'),
(113, '2015-02-18', NULL, 9, 'Coaching Better Sleep Habits', 'coaching-better-sleep-habits', 'education', 40, 'live_online', 'About 4 contact hours on sleep and behavior change, with a certificate at the end.', 'https://restwell-recovery-science.example.org/coaching-better-sleep-habits/', 'coaching better sleep habits restwell recovery science behavior change sleep'),
(114, '2015-02-18', NULL, 10, 'Performance Enhancement Specialist', 'performance-enhancement-specialist', 'education', 190, 'online', 'About 19 contact hours on sports performance and program design, with a certificate at the end.', 'https://gridline-performance.example.org/performance-enhancement-specialist/', 'performance enhancement specialist gridline performance program design sports performance'),
(115, '2015-02-18', NULL, 10, 'Speed: Acceleration and Top End', 'speed-acceleration-and-top-end', 'education', 50, 'in_person', 'About 5 contact hours on sports performance, with a certificate at the end.', 'https://gridline-performance.example.org/speed-acceleration-and-top-end/', 'speed acceleration and top end gridline performance sports performance'),
(116, '2015-02-18', NULL, 10, 'Agility and Change of Direction', 'agility-and-change-of-direction', 'education', 40, 'in_person', 'About 4 contact hours on sports performance, with a certificate at the end.', 'https://gridline-performance.example.org/agility-and-change-of-direction/', 'agility and change of direction gridline performance sports performance'),
(117, '2015-02-18', NULL, 10, 'Plyometrics, Progressed', 'plyometrics-progressed', 'education', 40, 'online', 'About 4 contact hours on sports performance and strength, with a certificate at the end.', 'https://gridline-performance.example.org/plyometrics-progressed/', 'plyometrics progressed gridline performance sports performance strength'),
(118, '2015-02-18', NULL, 10, 'Conditioning for Team Sports', 'conditioning-for-team-sports', 'education', 40, 'online', 'About 4 contact hours on sports performance and endurance, with a certificate at the end.', 'https://gridline-performance.example.org/conditioning-for-team-sports/', 'conditioning for team sports gridline performance endurance sports performance'),
(119, '2015-02-18', NULL, 10, 'Warm-Ups That Prevent Injury', 'warm-ups-that-prevent-injury', 'education', 20, 'online', 'About 2 contact hours on sports performance and corrective exercise, with a certificate at the end.', 'https://gridline-performance.example.org/warm-ups-that-prevent-injury/', 'warm ups that prevent injury gridline performance corrective exercise sports performance'),
(120, '2015-02-18', NULL, 10, 'Testing Athletes: Choose, Measure, Use', 'testing-athletes-choose-measure-use', 'education', 40, 'live_online', 'About 4 contact hours on sports performance and assessment, with a certificate at the end.', 'https://gridline-performance.example.org/testing-athletes-choose-measure-use/', 'testing athletes choose measure use gridline performance assessment sports performance'),
(121, '2015-02-18', NULL, 10, 'Wearables: Reading the Numbers', 'wearables-reading-the-numbers', 'education', 30, 'online', 'About 3 contact hours on technology, with a certificate at the end.', 'https://gridline-performance.example.org/wearables-reading-the-numbers/', 'wearables reading the numbers gridline performance technology'),
(122, '2015-02-18', NULL, 10, 'Artificial Intelligence in Coaching', 'artificial-intelligence-in-coaching', 'education', 30, 'live_online', 'About 3 contact hours on technology and scope of practice, with a certificate at the end.', 'https://gridline-performance.example.org/artificial-intelligence-in-coaching/', 'artificial intelligence in coaching gridline performance scope of practice technology'),
(123, '2015-02-18', NULL, 10, 'Video Analysis With a Phone', 'video-analysis-with-a-phone', 'education', 20, 'online', 'About 2 contact hours on technology and assessment, with a certificate at the end.', 'https://gridline-performance.example.org/video-analysis-with-a-phone/', 'video analysis with a phone gridline performance assessment technology'),
(124, '2015-02-18', NULL, 10, 'Golf Fitness', 'golf-fitness', 'education', 50, 'in_person', 'About 5 contact hours on sports performance and flexibility, with a certificate at the end.', 'https://gridline-performance.example.org/golf-fitness/', 'golf fitness gridline performance flexibility sports performance'),
(125, '2015-02-18', NULL, 10, 'Tactical Athletes', 'tactical-athletes', 'education', 50, 'live_online', 'About 5 contact hours on sports performance and special populations, with a certificate at the end.', 'https://gridline-performance.example.org/tactical-athletes/', 'tactical athletes gridline performance special populations sports performance'),
(126, '2015-02-18', NULL, 10, 'ACL: Risk and Return', 'acl-risk-and-return', 'education', 40, 'online', 'About 4 contact hours on sports performance and corrective exercise, with a certificate at the end.', 'https://gridline-performance.example.org/acl-risk-and-return/', 'acl risk and return gridline performance corrective exercise sports performance'),
(127, '2015-02-18', NULL, 11, 'Group Fitness Instructor', 'group-fitness-instructor', 'education', 150, 'in_person', 'About 15 contact hours on group training, with a certificate at the end.', 'https://common-ground-group-training.example.org/group-fitness-instructor/', 'group fitness instructor common ground group training group training'),
(128, '2015-02-18', NULL, 11, 'Cueing: Say Less, Move More', 'cueing-say-less-move-more', 'education', 20, 'live_online', 'About 2 contact hours on group training and communication, with a certificate at the end.', 'https://common-ground-group-training.example.org/cueing-say-less-move-more/', 'cueing say less move more common ground group training communication group training'),
(129, '2015-02-18', NULL, 11, 'Music, Tempo and Energy', 'music-tempo-and-energy', 'education', 10, 'online', 'About 1 contact hours on group training, with a certificate at the end.', 'https://common-ground-group-training.example.org/music-tempo-and-energy/', 'music tempo and energy common ground group training group training'),
(130, '2015-02-18', NULL, 11, 'Mixed Levels in One Room', 'mixed-levels-in-one-room', 'education', 30, 'online', 'About 3 contact hours on group training and inclusion, with a certificate at the end.', 'https://common-ground-group-training.example.org/mixed-levels-in-one-room/', 'mixed levels in one room common ground group training group training inclusion'),
(131, '2015-02-18', NULL, 11, 'Bootcamps Outdoors', 'bootcamps-outdoors', 'education', 30, 'in_person', 'About 3 contact hours on group training, with a certificate at the end.', 'https://common-ground-group-training.example.org/bootcamps-outdoors/', 'bootcamps outdoors common ground group training group training'),
(132, '2015-02-18', NULL, 11, 'Yoga Elements for Trainers', 'yoga-elements-for-trainers', 'education', 60, 'in_person', 'About 6 contact hours on flexibility and group training, with a certificate at the end.', 'https://common-ground-group-training.example.org/yoga-elements-for-trainers/', 'yoga elements for trainers common ground group training flexibility group training'),
(133, '2015-02-18', NULL, 11, 'Pilates Mat Basics', 'pilates-mat-basics', 'education', 60, 'in_person', 'About 6 contact hours on flexibility and corrective exercise, with a certificate at the end.', 'https://common-ground-group-training.example.org/pilates-mat-basics/', 'pilates mat basics common ground group training corrective exercise flexibility'),
(134, '2015-02-18', NULL, 11, 'Inclusive Language and Practice', 'inclusive-language-and-practice', 'education', 30, 'online', 'About 3 contact hours on inclusion and communication, with a certificate at the end.', 'https://common-ground-group-training.example.org/inclusive-language-and-practice/', 'inclusive language and practice common ground group training communication inclusion'),
(135, '2015-02-18', NULL, 11, 'Training Blind and Deaf Clients', 'training-blind-and-deaf-clients', 'education', 40, 'live_online', 'About 4 contact hours on inclusion and special populations, with a certificate at the end.', 'https://common-ground-group-training.example.org/training-blind-and-deaf-clients/', 'training blind and deaf clients common ground group training inclusion special populations'),
(136, '2015-02-18', NULL, 11, 'Safety in a Crowded Room', 'safety-in-a-crowded-room', 'education', 20, 'online', 'About 2 contact hours on group training and scope of practice, with a certificate at the end.', 'https://common-ground-group-training.example.org/safety-in-a-crowded-room/', 'safety in a crowded room common ground group training group training scope of practice'),
(137, '2015-02-18', NULL, 11, 'Dance Fitness Foundations', 'dance-fitness-foundations', 'education', 50, 'in_person', 'About 5 contact hours on group training, with a certificate at the end.', 'https://common-ground-group-training.example.org/dance-fitness-foundations/', 'dance fitness foundations common ground group training group training'),
(138, '2015-02-18', NULL, 11, 'Circuits in Thirty Minutes', 'circuits-in-thirty-minutes', 'education', 20, 'online', 'About 2 contact hours on group training and program design, with a certificate at the end.', 'https://common-ground-group-training.example.org/circuits-in-thirty-minutes/', 'circuits in thirty minutes common ground group training group training program design'),
(139, '2015-02-18', '2027-04-16', 12, 'Functional Anatomy for Trainers', 'functional-anatomy-for-trainers', 'education', 100, 'online', 'About 10 contact hours on anatomy, with a certificate at the end.', 'https://anatomy-atelier.example.org/functional-anatomy-for-trainers/', 'functional anatomy for trainers anatomy atelier anatomy'),
(140, '2015-02-18', '2027-04-16', 12, 'Muscles You Can Feel', 'muscles-you-can-feel', 'education', 30, 'in_person', 'About 3 contact hours on anatomy, with a certificate at the end.', 'https://anatomy-atelier.example.org/muscles-you-can-feel/', 'muscles you can feel anatomy atelier anatomy'),
(141, '2015-02-18', '2027-04-16', 12, 'Energy Systems Without Tears', 'energy-systems-without-tears', 'education', 40, 'online', 'About 4 contact hours on anatomy and endurance, with a certificate at the end.', 'https://anatomy-atelier.example.org/energy-systems-without-tears/', 'energy systems without tears anatomy atelier anatomy endurance'),
(142, '2015-02-18', '2027-04-16', 12, 'The Core, Layer by Layer', 'the-core-layer-by-layer', 'education', 30, 'online', 'About 3 contact hours on anatomy and corrective exercise, with a certificate at the end.', 'https://anatomy-atelier.example.org/the-core-layer-by-layer/', 'the core layer by layer anatomy atelier anatomy corrective exercise'),
(143, '2015-02-18', '2027-04-16', 12, 'Fascia: Fact and Fashion', 'fascia-fact-and-fashion', 'education', 20, 'online', 'About 2 contact hours on anatomy and flexibility, with a certificate at the end.', 'https://anatomy-atelier.example.org/fascia-fact-and-fashion/', 'fascia fact and fashion anatomy atelier anatomy flexibility'),
(144, '2015-02-18', '2027-04-16', 12, 'Hormones and Training', 'hormones-and-training', 'education', 40, 'live_online', 'About 4 contact hours on anatomy and nutrition, with a certificate at the end.', 'https://anatomy-atelier.example.org/hormones-and-training/', 'hormones and training anatomy atelier anatomy nutrition'),
(145, '2015-02-18', '2027-04-16', 12, 'The Nervous System Learns', 'the-nervous-system-learns', 'education', 30, 'online', 'About 3 contact hours on anatomy, with a certificate at the end.', 'https://anatomy-atelier.example.org/the-nervous-system-learns/', 'the nervous system learns anatomy atelier anatomy'),
(146, '2015-02-18', '2027-04-16', 12, 'Joint by Joint', 'joint-by-joint', 'education', 40, 'home_study', 'About 4 contact hours on anatomy and assessment, with a certificate at the end.', 'https://anatomy-atelier.example.org/joint-by-joint/', 'joint by joint anatomy atelier anatomy assessment'),
(147, '2015-02-18', '2027-04-16', 12, 'Program Design Workshop', 'program-design-workshop', 'education', 50, 'live_online', 'About 5 contact hours on program design, with a certificate at the end.', 'https://anatomy-atelier.example.org/program-design-workshop/', 'program design workshop anatomy atelier program design'),
(148, '2015-02-18', '2027-04-16', 12, 'Physiology of Aging', 'physiology-of-aging', 'education', 30, 'online', 'About 3 contact hours on anatomy and older adults, with a certificate at the end.', 'https://anatomy-atelier.example.org/physiology-of-aging/', 'physiology of aging anatomy atelier anatomy older adults'),
(149, '2015-02-18', '2027-04-16', 12, 'Reading Research in an Hour', 'reading-research-in-an-hour', 'education', 10, 'online', 'About 1 contact hours on program design, with a certificate at the end.', 'https://anatomy-atelier.example.org/reading-research-in-an-hour/', 'reading research in an hour anatomy atelier program design'),
(150, '2027-01-16', '2029-01-15', 12, 'First Aid Refresher for Trainers', 'first-aid-refresher-for-trainers', 'education', 20, 'in_person', 'About 2 contact hours on scope of practice, with a certificate at the end.', 'https://anatomy-atelier.example.org/first-aid-refresher-for-trainers/', 'first aid refresher for trainers anatomy atelier scope of practice');

INSERT INTO "ceus_ceurecord" ("id", "credential_id", "category", "course_id", "title", "completed_on", "hundredths", "valid_through", "state", "remind_on", "reported_by_provider", "granted", "claimed_for_id", "logged_at", "logged_by_id") VALUES
(1, 1, 'education', 10, 'Gait for Trainers', '2023-09-19', 60, NULL, 'accepted', NULL, FALSE, FALSE, 1, '2023-09-20 17:00:00', 7),
(2, 1, 'education', 7, 'Low Back Pain: What a Trainer May Do', '2024-02-07', 50, NULL, 'accepted', NULL, FALSE, FALSE, 1, '2024-02-08 17:00:00', 7),
(3, 1, 'education', 5, 'Hips That Move: Mobility Before Load', '2024-06-27', 40, NULL, 'accepted', NULL, FALSE, FALSE, 1, '2024-06-28 17:00:00', 7),
(4, 1, 'education', 6, 'Shoulders Without Drama', '2024-11-15', 40, NULL, 'accepted', NULL, FALSE, FALSE, 1, '2024-11-16 17:00:00', 7),
(5, 1, 'cpr_aed', NULL, 'CPR and AED', '2023-05-02', 10, '2025-05-01', 'accepted', NULL, FALSE, FALSE, 1, '2023-05-03 17:00:00', 7),
(6, 2, 'education', 41, 'Motivational Interviewing for Trainers', '2025-02-19', 60, NULL, 'accepted', NULL, FALSE, FALSE, 2, '2025-02-20 17:00:00', 8),
(7, 2, 'education', 11, 'Corrective Strategies for Runners', '2025-07-10', 50, NULL, 'accepted', NULL, FALSE, FALSE, 2, '2025-07-11 17:00:00', 8),
(8, 2, 'education', 12, 'Knees Under Load', '2025-11-28', 40, NULL, 'accepted', NULL, FALSE, FALSE, 2, '2025-11-29 17:00:00', 8),
(9, 2, 'education', 19, 'Supplements: Safe, Useful, Neither', '2026-04-18', 40, NULL, 'accepted', NULL, FALSE, FALSE, 2, '2026-04-19 17:00:00', 8),
(10, 2, 'cpr_aed', NULL, 'CPR and AED', '2024-10-02', 10, '2026-10-02', 'accepted', NULL, FALSE, FALSE, 2, '2024-10-03 17:00:00', 8),
(11, 1, 'education', 56, 'Programming: Blocks, Waves and Weeks', '2025-09-09', 60, NULL, 'accepted', NULL, FALSE, FALSE, NULL, '2025-09-10 17:00:00', 7),
(12, 1, 'education', 21, 'Weight, Stigma and Better Conversations', '2026-01-17', 50, NULL, 'accepted', NULL, FALSE, FALSE, NULL, '2026-01-18 17:00:00', 7),
(13, 1, 'education', 20, 'Eating for Endurance Events', '2026-05-27', 40, NULL, 'accepted', NULL, FALSE, FALSE, NULL, '2026-05-28 17:00:00', 7),
(14, 1, 'education', 23, 'Nutrition for Older Adults', '2026-10-04', 40, NULL, 'accepted', NULL, FALSE, FALSE, NULL, '2026-10-05 17:00:00', 7),
(15, 1, 'cpr_aed', NULL, 'CPR and AED', '2025-12-12', 10, '2027-12-12', 'accepted', '2027-10-13', FALSE, FALSE, NULL, '2025-12-13 17:00:00', 7),
(16, 4, 'education', 65, 'Training With Type 2 Diabetes', '2025-08-16', 60, NULL, 'accepted', NULL, FALSE, FALSE, 4, '2025-08-17 17:00:00', 10),
(17, 4, 'education', 24, 'Disordered Eating: Notice and Refer', '2025-12-26', 50, NULL, 'accepted', NULL, FALSE, FALSE, 4, '2025-12-27 17:00:00', 10),
(18, 4, 'education', 29, 'Strength Training for Teenagers', '2026-05-07', 40, NULL, 'accepted', NULL, FALSE, FALSE, 4, '2026-05-08 17:00:00', 10),
(19, 4, 'education', 32, 'Balance and Fall Prevention', '2026-09-16', 40, NULL, 'accepted', NULL, FALSE, FALSE, 4, '2026-09-17 17:00:00', 10),
(20, 4, 'cpr_aed', NULL, 'CPR and AED', '2025-12-12', 10, '2027-12-12', 'accepted', '2027-10-13', FALSE, FALSE, 4, '2025-12-13 17:00:00', 10),
(21, 5, 'education', 70, 'Heart Events: Before, During, After', '2025-08-26', 60, NULL, 'accepted', NULL, FALSE, FALSE, 5, '2025-08-27 17:00:00', 11),
(22, 5, 'education', 33, 'Strength After 65', '2025-12-31', 50, NULL, 'accepted', NULL, FALSE, FALSE, 5, '2026-01-01 17:00:00', 11),
(23, 5, 'education', 34, 'Osteoporosis and Loading Bone', '2026-05-07', 40, NULL, 'accepted', NULL, FALSE, FALSE, 5, '2026-05-08 17:00:00', 11),
(24, 5, 'education', 39, 'Pelvic Floor Basics for Trainers', '2026-09-11', 40, NULL, 'accepted', NULL, FALSE, FALSE, 5, '2026-09-12 17:00:00', 11),
(25, 5, 'cpr_aed', NULL, 'CPR and AED', '2025-12-12', 10, '2027-12-12', 'accepted', '2027-10-13', FALSE, FALSE, 5, '2025-12-13 17:00:00', 11),
(26, 6, 'education', 73, 'Training After a Stroke', '2025-09-07', 60, NULL, 'accepted', NULL, FALSE, FALSE, NULL, '2025-09-08 17:00:00', 12),
(27, 6, 'education', 37, 'Training Through Menopause', '2026-01-09', 50, NULL, 'accepted', NULL, FALSE, FALSE, NULL, '2026-01-10 17:00:00', 12),
(28, 6, 'education', 46, 'Coaching People Who Hate the Gym', '2026-05-13', 40, NULL, 'accepted', NULL, FALSE, FALSE, NULL, '2026-05-14 17:00:00', 12),
(29, 6, 'education', 50, 'Exercise and Depression', '2026-09-14', 40, NULL, 'accepted', NULL, FALSE, FALSE, NULL, '2026-09-15 17:00:00', 12),
(30, 6, 'cpr_aed', NULL, 'CPR and AED', '2025-12-12', 10, '2027-12-12', 'accepted', '2027-10-13', FALSE, FALSE, NULL, '2025-12-13 17:00:00', 12),
(31, 3, 'education', 85, 'Online Coaching: Set It Up Right', '2025-07-31', 60, NULL, 'accepted', NULL, FALSE, FALSE, 3, '2025-08-01 17:00:00', 9),
(32, 3, 'education', 47, 'Trauma-Aware Coaching', '2025-12-14', 50, NULL, 'accepted', NULL, FALSE, FALSE, 3, '2025-12-15 17:00:00', 9),
(33, 3, 'education', 57, 'Hypertrophy: What Really Matters', '2026-04-29', 40, NULL, 'accepted', NULL, FALSE, FALSE, 3, '2026-04-30 17:00:00', 9),
(34, 3, 'education', 68, 'Arthritis: Moving Well With Sore Joints', '2026-09-12', 40, NULL, 'accepted', NULL, FALSE, FALSE, 3, '2026-09-13 17:00:00', 9),
(35, 3, 'cpr_aed', NULL, 'CPR and AED', '2025-12-12', 10, '2027-12-12', 'accepted', '2027-10-13', FALSE, FALSE, 3, '2025-12-13 17:00:00', 9),
(36, 10, 'education', 132, 'Yoga Elements for Trainers', '2025-09-17', 60, NULL, 'accepted', NULL, FALSE, FALSE, NULL, '2025-09-18 17:00:00', 16),
(37, 10, 'education', 48, 'Group Coaching: Six Weeks, Twelve People', '2026-01-14', 50, NULL, 'accepted', NULL, FALSE, FALSE, NULL, '2026-01-15 17:00:00', 16),
(38, 10, 'education', 78, 'Your First Ten Clients', '2026-05-13', 40, NULL, 'accepted', NULL, FALSE, FALSE, NULL, '2026-05-14 17:00:00', 16),
(39, 10, 'education', 82, 'Bookkeeping for Trainers', '2026-09-09', 40, NULL, 'accepted', NULL, FALSE, FALSE, NULL, '2026-09-10 17:00:00', 16),
(40, 10, 'cpr_aed', NULL, 'CPR and AED', '2025-12-12', 10, '2027-12-12', 'accepted', '2027-10-13', FALSE, FALSE, NULL, '2025-12-13 17:00:00', 16),
(41, 7, 'education', 133, 'Pilates Mat Basics', '2025-09-07', 60, NULL, 'accepted', NULL, FALSE, FALSE, 7, '2025-09-08 17:00:00', 13),
(42, 7, 'education', 66, 'High Blood Pressure and Exercise', '2026-01-09', 50, NULL, 'accepted', NULL, FALSE, FALSE, 7, '2026-01-10 17:00:00', 13),
(43, 7, 'education', 84, 'Running Small Group Training', '2026-05-13', 40, NULL, 'accepted', NULL, FALSE, FALSE, 7, '2026-05-14 17:00:00', 13),
(44, 7, 'education', 92, 'Strength for Runners', '2026-09-14', 40, NULL, 'accepted', NULL, FALSE, FALSE, 7, '2026-09-15 17:00:00', 13),
(45, 7, 'cpr_aed', NULL, 'CPR and AED', '2025-12-12', 10, '2027-12-12', 'accepted', '2027-10-13', FALSE, FALSE, 7, '2025-12-13 17:00:00', 13),
(46, 8, 'education', 10, 'Gait for Trainers', '2025-09-09', 60, NULL, 'accepted', NULL, FALSE, FALSE, 8, '2025-09-10 17:00:00', 14),
(47, 8, 'education', 71, 'Parkinson''s and Big Movements', '2026-01-08', 50, NULL, 'accepted', NULL, FALSE, FALSE, 8, '2026-01-09 17:00:00', 14),
(48, 8, 'education', 98, 'Masters Athletes', '2026-05-09', 40, NULL, 'accepted', NULL, FALSE, FALSE, 8, '2026-05-10 17:00:00', 14),
(49, 8, 'education', 101, 'Swimming for Land Trainers', '2026-09-07', 40, NULL, 'accepted', NULL, FALSE, FALSE, 8, '2026-09-08 17:00:00', 14),
(50, 8, 'cpr_aed', NULL, 'CPR and AED', '2025-12-12', 10, '2027-12-12', 'accepted', '2027-10-13', FALSE, FALSE, 8, '2025-12-13 17:00:00', 14),
(51, 9, 'education', 41, 'Motivational Interviewing for Trainers', '2025-09-17', 60, NULL, 'accepted', NULL, FALSE, FALSE, 9, '2025-09-18 17:00:00', 15),
(52, 9, 'education', 74, 'Working With Wheelchair Users', '2026-01-19', 50, NULL, 'accepted', NULL, FALSE, FALSE, 9, '2026-01-20 17:00:00', 15),
(53, 9, 'education', 106, 'Overreaching and Overtraining', '2026-05-23', 40, NULL, 'accepted', NULL, FALSE, FALSE, 9, '2026-05-24 17:00:00', 15),
(54, 9, 'education', 113, 'Coaching Better Sleep Habits', '2026-09-24', 40, NULL, 'accepted', NULL, FALSE, FALSE, 9, '2026-09-25 17:00:00', 15),
(55, 9, 'cpr_aed', NULL, 'CPR and AED', '2025-12-12', 10, '2027-12-12', 'accepted', '2027-10-13', FALSE, FALSE, 9, '2025-12-13 17:00:00', 15),
(56, 13, 'education', 116, 'Agility and Change of Direction', '2026-01-07', 40, NULL, 'accepted', NULL, FALSE, FALSE, NULL, '2026-01-08 17:00:00', 19),
(57, 13, 'education', 56, 'Programming: Blocks, Waves and Weeks', '2026-03-28', 60, NULL, 'accepted', NULL, FALSE, FALSE, NULL, '2026-03-29 17:00:00', 19),
(58, 13, 'education', 2, 'Movement Screening in Ten Minutes', '2026-06-17', 20, NULL, 'accepted', NULL, FALSE, FALSE, NULL, '2026-06-18 17:00:00', 19),
(59, 13, 'education', 3, 'Overhead Squat Assessment, Step by Step', '2026-09-05', 30, NULL, 'accepted', NULL, FALSE, FALSE, NULL, '2026-09-06 17:00:00', 19),
(60, 13, 'education', 8, 'Foam Rolling: What the Evidence Says', '2026-11-24', 20, NULL, 'accepted', NULL, FALSE, FALSE, NULL, '2026-11-25 17:00:00', 19),
(61, 13, 'cpr_aed', NULL, 'CPR and AED', '2025-11-26', 10, '2027-11-26', 'accepted', '2027-09-27', FALSE, FALSE, NULL, '2025-11-27 17:00:00', 19),
(62, 17, 'education', 75, 'Obesity: Comfort, Safety, Results', '2027-01-12', 50, NULL, 'accepted', NULL, FALSE, FALSE, NULL, '2027-01-13 17:00:00', 23),
(63, 17, 'cpr_aed', NULL, 'CPR and AED', '2026-12-11', 10, '2027-09-04', 'accepted', '2027-07-06', FALSE, FALSE, NULL, '2026-12-12 17:00:00', 23),
(64, 15, 'education', 65, 'Training With Type 2 Diabetes', '2026-07-27', 60, NULL, 'accepted', NULL, FALSE, FALSE, NULL, '2026-07-28 17:00:00', 21),
(65, 15, 'education', 70, 'Heart Events: Before, During, After', '2026-11-04', 60, NULL, 'accepted', NULL, FALSE, FALSE, NULL, '2026-11-05 17:00:00', 21),
(66, 15, 'cpr_aed', NULL, 'CPR and AED', '2026-07-21', 10, '2028-07-21', 'accepted', '2028-05-22', FALSE, FALSE, NULL, '2026-07-22 17:00:00', 21),
(67, 12, 'education', 73, 'Training After a Stroke', '2026-02-05', 60, NULL, 'accepted', NULL, FALSE, FALSE, NULL, '2026-02-06 17:00:00', 18),
(68, 12, 'education', 18, 'Hydration and Heat', '2026-06-09', 20, NULL, 'accepted', NULL, FALSE, FALSE, NULL, '2026-06-10 17:00:00', 18),
(69, 12, 'education', 85, 'Online Coaching: Set It Up Right', '2026-10-11', 60, NULL, 'accepted', NULL, FALSE, FALSE, NULL, '2026-10-12 17:00:00', 18),
(70, 12, 'cpr_aed', NULL, 'CPR and AED', '2025-10-04', 10, '2027-07-08', 'accepted', '2027-05-09', FALSE, FALSE, NULL, '2025-10-05 17:00:00', 18),
(71, 11, 'education', 25, 'Gut Feelings: Fiber and the Microbiome', '2026-01-10', 20, NULL, 'accepted', NULL, FALSE, FALSE, NULL, '2026-01-11 17:00:00', 17),
(72, 11, 'education', 117, 'Plyometrics, Progressed', '2026-05-23', 40, NULL, 'accepted', NULL, FALSE, FALSE, NULL, '2026-05-24 17:00:00', 17),
(73, 11, 'education', 118, 'Conditioning for Team Sports', '2026-10-03', 40, NULL, 'accepted', NULL, FALSE, FALSE, NULL, '2026-10-04 17:00:00', 17),
(74, 11, 'cpr_aed', NULL, 'CPR and AED', '2026-08-01', 10, '2028-08-01', 'accepted', '2028-06-02', FALSE, FALSE, NULL, '2026-08-02 17:00:00', 17),
(75, 16, 'education', 77, 'Chronic Pain and Graded Activity', '2026-11-03', 50, NULL, 'accepted', NULL, FALSE, FALSE, NULL, '2026-11-04 17:00:00', 22),
(76, 16, 'cpr_aed', NULL, 'CPR and AED', '2026-07-25', 10, '2028-07-07', 'accepted', '2028-05-08', FALSE, FALSE, NULL, '2026-07-26 17:00:00', 22),
(77, 14, 'education', 120, 'Testing Athletes: Choose, Measure, Use', '2026-06-10', 40, NULL, 'accepted', NULL, FALSE, FALSE, NULL, '2026-06-11 17:00:00', 20),
(78, 14, 'education', 132, 'Yoga Elements for Trainers', '2026-10-12', 60, NULL, 'accepted', NULL, FALSE, FALSE, NULL, '2026-10-13 17:00:00', 20),
(79, 14, 'cpr_aed', NULL, 'CPR and AED', '2026-02-06', 10, '2027-10-12', 'accepted', '2027-08-13', FALSE, FALSE, NULL, '2026-02-07 17:00:00', 20),
(80, 2, 'education', 30, 'Talking With Parents and Coaches', '2026-12-08', 20, NULL, 'accepted', NULL, FALSE, FALSE, NULL, '2026-12-09 17:00:00', 8),
(81, 2, 'cpr_aed', NULL, 'CPR and AED', '2026-10-03', 10, '2028-05-18', 'accepted', '2028-03-19', FALSE, FALSE, NULL, '2026-10-04 17:00:00', 8),
(82, 15, 'education', NULL, 'Mobility after Knee Surgery', '2027-01-26', 30, NULL, 'accepted', NULL, FALSE, TRUE, NULL, '2027-02-11 17:10:00', 2);

INSERT INTO "ceus_recorddocument" ("id", "record_id", "document_id", "part", "replaced_at") VALUES
(1, 1, 1, 'certificate', NULL),
(2, 2, 2, 'certificate', NULL),
(3, 3, 3, 'certificate', NULL),
(4, 4, 4, 'certificate', NULL),
(5, 5, 5, 'card_front', NULL),
(6, 5, 6, 'card_back', NULL),
(7, 6, 7, 'certificate', NULL),
(8, 7, 8, 'certificate', NULL),
(9, 8, 9, 'certificate', NULL),
(10, 9, 10, 'certificate', NULL),
(11, 10, 11, 'card_front', NULL),
(12, 10, 12, 'card_back', NULL),
(13, 11, 13, 'certificate', NULL),
(14, 12, 14, 'certificate', NULL),
(15, 13, 15, 'certificate', NULL),
(16, 14, 16, 'certificate', NULL),
(17, 15, 17, 'card_front', NULL),
(18, 15, 18, 'card_back', NULL),
(19, 16, 19, 'certificate', NULL),
(20, 17, 20, 'certificate', NULL),
(21, 18, 21, 'certificate', NULL),
(22, 19, 22, 'certificate', NULL),
(23, 20, 23, 'card_front', NULL),
(24, 20, 24, 'card_back', NULL),
(25, 21, 25, 'certificate', NULL),
(26, 22, 26, 'certificate', NULL),
(27, 23, 27, 'certificate', NULL),
(28, 24, 28, 'certificate', NULL),
(29, 25, 29, 'card_front', NULL),
(30, 25, 30, 'card_back', NULL),
(31, 26, 31, 'certificate', NULL),
(32, 27, 32, 'certificate', NULL),
(33, 28, 33, 'certificate', NULL),
(34, 29, 34, 'certificate', NULL),
(35, 30, 35, 'card_front', NULL),
(36, 30, 36, 'card_back', NULL),
(37, 31, 37, 'certificate', NULL),
(38, 32, 38, 'certificate', NULL),
(39, 33, 39, 'certificate', NULL),
(40, 34, 40, 'certificate', NULL),
(41, 35, 41, 'card_front', NULL),
(42, 35, 42, 'card_back', NULL),
(43, 36, 43, 'certificate', NULL),
(44, 37, 44, 'certificate', NULL),
(45, 38, 45, 'certificate', NULL),
(46, 39, 46, 'certificate', NULL),
(47, 40, 47, 'card_front', NULL),
(48, 40, 48, 'card_back', NULL),
(49, 41, 49, 'certificate', NULL),
(50, 42, 50, 'certificate', NULL),
(51, 43, 51, 'certificate', NULL),
(52, 44, 52, 'certificate', NULL),
(53, 45, 53, 'card_front', NULL),
(54, 45, 54, 'card_back', NULL),
(55, 46, 55, 'certificate', NULL),
(56, 47, 56, 'certificate', NULL),
(57, 48, 57, 'certificate', NULL),
(58, 49, 58, 'certificate', NULL),
(59, 50, 59, 'card_front', NULL),
(60, 50, 60, 'card_back', NULL),
(61, 51, 61, 'certificate', NULL),
(62, 52, 62, 'certificate', NULL),
(63, 53, 63, 'certificate', NULL),
(64, 54, 64, 'certificate', NULL),
(65, 55, 65, 'card_front', NULL),
(66, 55, 66, 'card_back', NULL),
(67, 56, 67, 'certificate', NULL),
(68, 57, 68, 'certificate', NULL),
(69, 58, 69, 'certificate', NULL),
(70, 59, 70, 'certificate', NULL),
(71, 60, 71, 'certificate', NULL),
(72, 61, 72, 'card_front', NULL),
(73, 61, 73, 'card_back', NULL),
(74, 62, 74, 'certificate', NULL),
(75, 63, 75, 'card_front', NULL),
(76, 63, 76, 'card_back', NULL),
(77, 64, 77, 'certificate', NULL),
(78, 65, 78, 'certificate', NULL),
(79, 66, 79, 'card_front', NULL),
(80, 66, 80, 'card_back', NULL),
(81, 67, 81, 'certificate', NULL),
(82, 68, 82, 'certificate', NULL),
(83, 69, 83, 'certificate', NULL),
(84, 70, 84, 'card_front', NULL),
(85, 70, 85, 'card_back', NULL),
(86, 71, 86, 'certificate', NULL),
(87, 72, 87, 'certificate', NULL),
(88, 73, 88, 'certificate', NULL),
(89, 74, 89, 'card_front', NULL),
(90, 74, 90, 'card_back', NULL),
(91, 75, 91, 'certificate', NULL),
(92, 76, 92, 'card_front', NULL),
(93, 76, 93, 'card_back', NULL),
(94, 77, 94, 'certificate', NULL),
(95, 78, 95, 'certificate', NULL),
(96, 79, 96, 'card_front', NULL),
(97, 79, 97, 'card_back', NULL),
(98, 80, 98, 'certificate', NULL),
(99, 81, 99, 'card_front', NULL),
(100, 81, 100, 'card_back', NULL),
(101, 82, 111, 'certificate', NULL);

INSERT INTO "petitions_petition" ("id", "reference", "trainer_id", "credential_id", "state", "started_at", "title", "provider_name", "provider_link", "began_on", "completed_on", "asked_hundredths", "category", "topic_id", "learned", "instructor", "received_at", "received_on", "attestation_text", "attestation_version", "charge_id", "submitted_at", "answer_due_on", "answer_days_left", "record_id", "another_look_at", "another_look_why", "ended_at") VALUES
(1, 'P-UY83ZJF7', 8, 2, 'unpaid', '2027-02-14 17:00:00', 'Kettlebell Biomechanics', 'Northside Barbell Club', '', NULL, '2027-02-04', 40, 'education', NULL, 'How to assess where somebody stands, and how to choose and progress the load.', 'Dana Whitlock, MS, teaches at the state university and has coached for twenty years.', '2027-02-14 17:00:00', '2027-02-14', 'We review each course for a fee of $25. The fee is not refunded, whatever we decide. What I wrote is true, and the documents are mine.', '2026-11', 11, NULL, NULL, NULL, NULL, NULL, '', NULL),
(2, 'P-6627UP4T', 17, 11, 'submitted', '2027-02-03 17:00:00', 'Coaching Older Adults Outdoors', 'Harbor City Parks', '', NULL, '2027-01-24', 60, 'education', NULL, 'How to assess where somebody stands, and how to choose and progress the load.', 'Dana Whitlock, MS, teaches at the state university and has coached for twenty years.', '2027-02-03 17:00:00', '2027-02-03', 'We review each course for a fee of $25. The fee is not refunded, whatever we decide. What I wrote is true, and the documents are mine.', '2026-11', 12, '2027-02-03 18:00:00', '2027-02-17', NULL, NULL, NULL, '', NULL),
(3, 'P-G5UQWMMR', 18, 12, 'submitted', '2027-01-27 17:00:00', 'Breathing for Endurance', 'Altura Sports Lab', '', NULL, '2027-01-17', 30, 'education', NULL, 'How to assess where somebody stands, and how to choose and progress the load.', 'Dana Whitlock, MS, teaches at the state university and has coached for twenty years.', '2027-01-27 17:00:00', '2027-01-27', 'We review each course for a fee of $25. The fee is not refunded, whatever we decide. What I wrote is true, and the documents are mine.', '2026-11', 13, '2027-01-27 18:00:00', '2027-02-10', NULL, NULL, NULL, '', NULL),
(4, 'P-65GBPV5F', 19, 13, 'question', '2027-02-07 17:00:00', 'Programming for Adaptive Athletes', 'Wheelhouse Training', '', NULL, '2027-01-28', 80, 'education', NULL, 'How to assess where somebody stands, and how to choose and progress the load.', 'Dana Whitlock, MS, teaches at the state university and has coached for twenty years.', '2027-02-07 17:00:00', '2027-02-07', 'We review each course for a fee of $25. The fee is not refunded, whatever we decide. What I wrote is true, and the documents are mine.', '2026-11', 14, '2027-02-07 18:00:00', NULL, 5, NULL, NULL, '', NULL),
(5, 'P-LGXYS8SD', 20, 14, 'answered', '2027-02-06 17:00:00', 'Sandbag Strength, Level 2', 'Northside Barbell Club', '', NULL, '2027-01-27', 50, 'education', NULL, 'How to assess where somebody stands, and how to choose and progress the load.', 'Dana Whitlock, MS, teaches at the state university and has coached for twenty years.', '2027-02-06 17:00:00', '2027-02-06', 'We review each course for a fee of $25. The fee is not refunded, whatever we decide. What I wrote is true, and the documents are mine.', '2026-11', 15, '2027-02-06 18:00:00', '2027-02-24', NULL, NULL, NULL, '', NULL),
(6, 'P-CUKEHFFZ', 21, 15, 'approved', '2027-02-05 17:00:00', 'Mobility after Knee Surgery', 'Riverbend Physiotherapy', '', NULL, '2027-01-26', 40, 'education', NULL, 'How to assess where somebody stands, and how to choose and progress the load.', 'Dana Whitlock, MS, teaches at the state university and has coached for twenty years.', '2027-02-05 17:00:00', '2027-02-05', 'We review each course for a fee of $25. The fee is not refunded, whatever we decide. What I wrote is true, and the documents are mine.', '2026-11', 16, '2027-02-05 18:00:00', NULL, NULL, 82, NULL, '', '2027-02-11 17:10:00'),
(7, 'P-ZM6ZAH66', 22, 16, 'denied', '2027-02-05 17:00:00', 'Sell More Sessions', 'Closing Time Seminars', '', NULL, '2027-01-26', 20, 'education', NULL, 'How to assess where somebody stands, and how to choose and progress the load.', 'Dana Whitlock, MS, teaches at the state university and has coached for twenty years.', '2027-02-05 17:00:00', '2027-02-05', 'We review each course for a fee of $25. The fee is not refunded, whatever we decide. What I wrote is true, and the documents are mine.', '2026-11', 17, '2027-02-05 18:00:00', NULL, NULL, NULL, NULL, '', '2027-02-11 17:10:00'),
(8, 'P-8HC99LCD', 23, 17, 'submitted', '2027-02-08 17:00:00', 'Tendon Loading in Practice', 'Riverbend Physiotherapy', '', NULL, '2027-01-29', 60, 'education', NULL, 'How to assess where somebody stands, and how to choose and progress the load.', 'Dana Whitlock, MS, teaches at the state university and has coached for twenty years.', '2027-02-08 17:00:00', '2027-02-08', 'We review each course for a fee of $25. The fee is not refunded, whatever we decide. What I wrote is true, and the documents are mine.', '2026-11', 18, '2027-02-08 18:00:00', '2027-02-22', NULL, NULL, NULL, '', NULL);

INSERT INTO "petitions_petitiondocument" ("id", "petition_id", "document_id", "part", "replaced_at") VALUES
(1, 1, 101, 'certificate', NULL),
(2, 1, 102, 'agenda', NULL),
(3, 2, 103, 'certificate', NULL),
(4, 2, 104, 'agenda', NULL),
(5, 3, 105, 'certificate', NULL),
(6, 3, 106, 'agenda', NULL),
(7, 4, 107, 'certificate', NULL),
(8, 4, 108, 'agenda', NULL),
(9, 5, 109, 'certificate', NULL),
(10, 5, 110, 'agenda', NULL),
(11, 6, 111, 'certificate', NULL),
(12, 6, 112, 'agenda', NULL),
(13, 7, 113, 'certificate', NULL),
(14, 7, 114, 'agenda', NULL),
(15, 8, 115, 'certificate', NULL),
(16, 8, 116, 'agenda', NULL);

INSERT INTO "petitions_question" ("id", "petition_id", "text", "asked_by_id", "asked_at", "answer_through", "extended_at", "answer", "answered_at", "closed_at") VALUES
(1, 4, 'Which hours of the course were practice, and who led them? Send the agenda with the times on it.', 2, '2027-02-12 17:00:00', '2027-02-26', NULL, '', NULL, NULL),
(2, 5, 'Which hours of the course were practice, and who led them? Send the agenda with the times on it.', 2, '2027-02-09 17:00:00', '2027-02-23', NULL, 'Two of the six hours were practice, led by the physiotherapist who signed the certificate.', '2027-02-13 17:00:00', NULL);

INSERT INTO "petitions_decision" ("id", "words", "by_id", "decided_at", "effective_at", "state", "ended_at", "stuck_at", "stuck_reason", "awaits_person", "petition_id", "verdict", "hundredths", "reason_code", "lists_course", "course_id") VALUES
(1, 'Your agenda shows three contact hours.', 2, '2027-02-11 17:00:00', '2027-02-11 17:10:00', 'released', '2027-02-11 17:10:00', NULL, '', FALSE, 6, 'approve', 30, 'fewer', FALSE, NULL),
(2, 'The course sells a product more than it teaches.', 3, '2027-02-11 17:00:00', '2027-02-11 17:10:00', 'released', '2027-02-11 17:10:00', NULL, '', FALSE, 7, 'deny', NULL, 'promotion', FALSE, NULL),
(3, '', 2, '2027-02-15 19:00:00', '2027-02-15 19:10:00', 'pending', NULL, NULL, '', FALSE, 8, 'approve', 60, '', FALSE, NULL);

INSERT INTO "audits_audit" ("id", "reference", "cycle_id", "kind", "renewal", "received_on", "state", "made_at", "notified_on", "due_on", "sent_at", "ended_at", "end_reason", "cause", "asked_by_id", "agreed_by_id", "for_lead", "another_look_at", "another_look_why") VALUES
(1, 'A-JNC3V6KB', 7, 'random', 'R-XBQW5DSN', '2027-01-31', 'replace', '2027-01-31 18:00:00', '2027-01-31', '2027-03-02', '2027-02-02 17:00:00', NULL, '', '', NULL, NULL, FALSE, NULL, ''),
(2, 'A-SXZPVXH8', 8, 'cause', 'R-CYRLHCHM', '2027-01-26', 'passed', '2027-01-27 18:00:00', '2027-01-27', '2027-02-26', '2027-01-28 17:00:00', '2027-02-06 17:10:00', '', 'A club told us of a copied card.', 3, 1, FALSE, NULL, ''),
(3, 'A-HEZ75RZL', 9, 'cause', 'R-UQZE4UQ6', '2027-02-10', 'open', '2027-02-11 18:00:00', '2027-02-11', '2027-03-13', NULL, NULL, '', 'A club told us of a copied card.', 3, 1, FALSE, NULL, '');

INSERT INTO "audits_audititem" ("id", "audit_id", "record_id", "verdict", "words", "reviewed_by_id", "reviewed_at", "unavailable_why", "suspected_why", "suspected_by_id") VALUES
(1, 1, 44, 'accepted', '', 2, '2027-02-10 17:00:00', '', '', NULL),
(2, 1, 43, 'accepted', '', 2, '2027-02-10 17:00:00', '', '', NULL),
(3, 1, 42, 'accepted', '', 2, '2027-02-10 17:00:00', '', '', NULL),
(4, 1, 45, 'accepted', '', 2, '2027-02-10 17:00:00', '', '', NULL),
(5, 1, 41, 'replace', 'The picture is cut off, so we cannot read the date.', 2, '2027-02-10 17:00:00', '', '', NULL),
(6, 2, 49, 'accepted', '', 2, '2027-02-06 17:00:00', '', '', NULL),
(7, 2, 48, 'accepted', '', 2, '2027-02-06 17:00:00', '', '', NULL),
(8, 2, 47, 'accepted', '', 2, '2027-02-06 17:00:00', '', '', NULL),
(9, 2, 50, 'accepted', '', 2, '2027-02-06 17:00:00', '', '', NULL),
(10, 2, 46, 'accepted', '', 2, '2027-02-06 17:00:00', '', '', NULL),
(11, 3, 54, '', '', NULL, NULL, '', '', NULL),
(12, 3, 53, '', '', NULL, NULL, '', '', NULL),
(13, 3, 52, '', '', NULL, NULL, '', '', NULL),
(14, 3, 55, '', '', NULL, NULL, '', '', NULL),
(15, 3, 51, '', '', NULL, NULL, '', '', NULL);

INSERT INTO "audits_extension" ("id", "audit_id", "why", "asked_at", "state", "through", "by_id", "words", "decided_at") VALUES
(1, 3, 'I am at a sports camp until Friday and cannot reach my papers.', '2027-02-14 17:00:00', 'asked', NULL, NULL, '', NULL);

INSERT INTO "audits_decision" ("id", "words", "by_id", "decided_at", "effective_at", "state", "ended_at", "stuck_at", "stuck_reason", "awaits_person", "audit_id", "verdict") VALUES
(1, '', 2, '2027-02-06 17:00:00', '2027-02-06 17:10:00', 'released', '2027-02-06 17:10:00', NULL, '', FALSE, 2, 'pass');

INSERT INTO "audits_drawperiod" ("id", "policy_code", "code", "first_on", "last_on", "rate", "commitment", "sealed_secret", "public_value_name", "public_value", "announced_at", "opened_at", "closed_at", "secret") VALUES
(1, 'nasm-cpt', '2025-Q2', '2025-04-01', '2025-06-30', '0.10', 'dc414872ac4d4ea9bbc4d2042365287e60c4ae33778c813169764b0aff631242', 'gAAAAABrC44cUUu00vncPK7Gx-QLEZ2jWp-HuGtoTQB4csI1wlv_diZYVObMqtBYvV3ohLM0xTbrDlFUWK2LVVEnyMxzzT8T1chrig0JJUyYLrK5BKFhKtickR73-BETBqgpbe0SI4-8ZSBWgS1CXutyrizdnlS1rkJMSMHeFvBivxgaWEwbc6g=', '', '', '2025-04-01 17:00:00', '2025-04-01 17:00:00', '2025-07-01 17:00:00', '8ebfcaf1f0e5f78b82bbc9a61c5fe8817f0d2cc80640b630d017289aca30c0db'),
(2, 'nasm-cpt', '2025-Q3', '2025-07-01', '2025-09-30', '0.10', 'e8fe18d6da413375a7fe7529d04789510e0af9e339e69389be0ec50228f9ec92', 'gAAAAABrC44ctrtbYeuo-wuKB9VlIWpMMJ4heS2RJV_x2vgvcvwbNQIs4QT1bBAuSktqL0ApKC3qLQzxneY1JtzjFiBUIE0LF9djGKSVdGSyl71jWancskp0-SWSGKtifwH5ZMH7OuKTpEqaZVwLyBHCvhkBUSx2KHHL_bZM9-7P8q0iY8yr1io=', '', '', '2025-07-01 17:00:00', '2025-07-01 17:00:00', '2025-10-01 17:00:00', '6a4c8158032a2c5bbbc48a7934d25fa5103e8b7ea2c537efcca49775bdf36f48'),
(3, 'nasm-cpt', '2025-Q4', '2025-10-01', '2025-12-31', '0.10', '86d57e99295e306a9cc4b7672a9328749ca5e7e109d1bc4ca6c2db9f9accdd12', 'gAAAAABrC44cgnWV9_cyruQJh_foVEko5Ojsg_1BVj2XpyUBtjlVmxa0l8oPTt2k_v9BdPu_nAgJzacazHw8sYP1t0Wd5620kkO3shT_udlAanWPnzc0rV8YTxjJijzobQXCnQVp4Pc3T9q-knwIk9GuYxp5sgplh96UAiogS02fpWzHcZBSVeI=', '', '', '2025-10-01 17:00:00', '2025-10-01 17:00:00', '2026-01-01 17:00:00', 'db96ed4e9cfd9de350e6d6571ffc97b47931128f02c6f3e0f636398ccd2da4e0'),
(4, 'nasm-cpt', '2026-Q1', '2026-01-01', '2026-03-31', '0.10', 'd5faf470f602c1189ab8dcc413c228bcab09ba7340e447f5c3ac61d44530791a', 'gAAAAABrC44cCyH1c8346CIC0Yxh1gjRgl3ELyopx-_KSIItaIQkE6lRx2RcEx_3xWDLH7OKmQOLzZ10-ERzO9H5k40gac991tCr1eRbw-YVoIMjtgxuaZCItFbqNGaGDfu5AyVumQRf51ZKQBhwTVBK7ZATUWF6RFeTVJx3uGmb7FMEzrhq4vk=', '', '', '2026-01-01 17:00:00', '2026-01-01 17:00:00', '2026-04-01 17:00:00', '642146db16e0661e6829c495d546804da465fccc57afb2d6e9eca8133f8e818a'),
(5, 'nasm-cpt', '2026-Q2', '2026-04-01', '2026-06-30', '0.10', 'ad2994af6ccb8b48bf17b0ce0b8880d5a78c29b77a49d64c848f6c820f69af1c', 'gAAAAABrC44cAWXkwSNygNLQ2oy1r9MYQU5_NNsS2yECqVLiEFjkqv_Gj0KR8368adhbjXiCd0bDzE7XiEo8b4cIsHBvSyCwIvqs8-1ldHj6HFYoPTmPISRaAcyLmLQYrFNYyQiJtnIBeaen9g97i5xR10Qjzbe1HHO4vkpmXPbahk_ziHW4kn4=', '', '', '2026-04-01 17:00:00', '2026-04-01 17:00:00', '2026-07-01 17:00:00', 'ba3d789a516117b996b9dfd1ff470d94d346d69bbcb1ee9e67a9e63e5199239c'),
(6, 'nasm-cpt', '2026-Q3', '2026-07-01', '2026-09-30', '0.10', '90ee8d99248af3085f8b33ae468f2254448b9e47f5f541d8ff0adbf8fc11a25c', 'gAAAAABrC44c2iXnTxmfz-K6aJD2X7D8YaWQxLi8zSl25fwSfpfwRHVkETPWo0LvIvfnSb41rSyetORWVuF5vd0wBYHT8IsMk99tWbzWWDJFwqSQdMad5JZ52tMg3g3O41qkJPzA4goK13YEMqZgGgVKTje3aHrV_5fSVlh62psUpXqnWsI2YwI=', '', '', '2026-07-01 17:00:00', '2026-07-01 17:00:00', '2026-10-01 17:00:00', '7add0d85fb7c797d025688cbb4deb1214f4f70ffd6d60f5fa26e8db5a8535250'),
(7, 'nasm-cpt', '2026-Q4', '2026-10-01', '2026-12-31', '0.10', '2d3801df91215014385834f051d843377964321d1ecb617a72011e4652e02646', 'gAAAAABrC44ctGpaetqtRuwoMn9rh18C4n5V7N3-BAKut4v8XqaE9CayP4g1RsQzsHQevAh6VuNFYvHCmhn-zNt6o8-qdktsQJNWL45T-lAWIHToJdHPQVdOnGDm3cpKM9elw3KQJr1FadPPZheuOL3BQVnteKlJenXXjKMKfCV8o-BL_YpSNyk=', '', '', '2026-10-01 17:00:00', '2026-10-01 17:00:00', '2027-01-01 17:00:00', '99d04815c62d249dc5dde7877feb324ecd406d658263ea26f1d76ea66774d03b'),
(8, 'nasm-cpt', '2027-Q1', '2027-01-01', '2027-03-31', '0.10', 'ec4c74697b9400d1c4b18896c9e4a3c06aeeb50f36e79bb41239da1a48f422d5', 'gAAAAABrC44iI8GFu4PUgCc74P_eB5rzAQyWkOb0HdCPK9cBEKAg0KTkwsAJXmnk4tsrk_LQ5NMI4-uvpmLIFWOj2iIYQOo4Im07Fpd6C4lbLOg8dA2tfartB2mcPWFR4FgW9wM89hksz5vgXqZnxSLcsUVRz2-iVs_Ont2otXCqgdDCuVp_vsg=', '', '', '2027-01-01 17:00:00', '2027-01-01 17:00:00', NULL, ''),
(9, 'nasm-cpt', '2027-Q2', '2027-04-01', '2027-06-30', '0.10', '8dde18d8c64d1b0d63a06bb3120125c711a43f96e5f354e6e742006b6827759c', 'gAAAAABrC445_9ouJ408IfQ-8Yn3_s-p-LksDlN0vdvNF-v5MgTcAtiMnL5E53AQAB4GAhZp2yFujers9pSksKeX7tvwQhB_R11_sxMesAHzCfyPELyIsNc910cGyrEV3jHrW7HUeDgDo1CUhEEmchv3j7DKSjDmDN62n-yWAlBapsT9k7-CMsA=', '', NULL, '2027-02-15 19:00:00', NULL, NULL, '');

INSERT INTO "audits_draw" ("id", "cycle_id", "period_id", "x", "selected", "drawn_at") VALUES
(1, 1, 1, '2db8c2a838ed8098', FALSE, '2025-04-06 17:00:00'),
(2, 2, 6, '600963374a494ee2', FALSE, '2026-09-07 17:00:00'),
(3, 4, 8, '6c6bd261979d13ae', FALSE, '2027-02-14 17:00:00'),
(4, 5, 8, 'c707c8bf322969d2', FALSE, '2027-02-05 17:00:00'),
(5, 6, 8, 'cb29b50ed2f6085b', FALSE, '2027-02-05 17:00:00'),
(6, 3, 8, '5438430229d9d39c', FALSE, '2027-02-12 17:00:00'),
(7, 10, 8, '6720545ee969419f', FALSE, '2027-02-01 17:00:00'),
(8, 7, 8, '0059aa0489b7727f', TRUE, '2027-01-31 17:00:00'),
(9, 8, 8, '7d2a57ef997663ed', FALSE, '2027-01-26 17:00:00'),
(10, 9, 8, '7790afe6dc1be023', FALSE, '2027-02-10 17:00:00');

INSERT INTO "renewals_application" ("id", "reference", "cycle_id", "trainer_id", "state", "started_at", "received_at", "received_on", "fee_lines", "fee_total_cents", "fee_currency", "attestation_text", "attestation_version", "pay_through", "charge_id", "assessment", "returned_reason", "correct_through", "decided_by_id", "ended_at", "end_reason") VALUES
(1, 'R-3FTDC5CD', 1, 7, 'approved', '2025-04-06 17:00:00', '2025-04-06 17:00:00', '2025-04-06', '[{"amount_cents": 9900, "clause": "Q6", "code": "renewal", "label": "Renewal fee", "text": "The renewal fee is $99."}]', 9900, 'USD', 'By continuing you state that:
- the courses listed are yours and you completed them on the dates shown
- you will send proof within 30 days if we ask
- you will follow the code of conduct
A false statement can end your certification.', '2026-11', '2025-04-13', 1, '{"accepts_application": true, "dates": {"completion_deadline": "2025-07-30", "expires_on": "2025-05-01", "last_day_to_apply": "2026-04-30", "late_until": "2025-07-30", "next_cycle": {"expires_on": "2027-05-01", "starts_on": "2025-05-02"}, "opens_on": "2024-11-02"}, "eligible": true, "explanations": [{"clause": "Q1", "text": "You are certified through May 1, 2025, to the end of that day."}, {"clause": "Q8", "text": "From November 2, 2024 through May 1, 2025 you renew on time. It costs $99."}, {"clause": "Q6", "text": "The renewal fee is $99."}], "fees": {"currency": "USD", "lines": [{"amount": "99.00", "clause": "Q6", "code": "renewal"}], "total": "99.00"}, "records": [{"counted": "0.4", "id": "4", "reason": null}, {"counted": "0.4", "id": "3", "reason": null}, {"counted": "0.5", "id": "2", "reason": null}, {"counted": "0.6", "id": "1", "reason": null}, {"counted": "0.1", "id": "5", "reason": null}], "requirements": [{"code": "total", "counted": "2.0", "met": true, "required": "2.0"}, {"code": "cpr_aed", "counted": "0.1", "met": true, "required": "0.1"}], "status": "active", "tier": "on_time", "unmet": []}', '', NULL, NULL, '2025-04-06 18:00:00', ''),
(2, 'R-A6RKR32E', 2, 8, 'approved', '2026-09-07 17:00:00', '2026-09-07 17:00:00', '2026-09-07', '[{"amount_cents": 9900, "clause": "Q6", "code": "renewal", "label": "Renewal fee", "text": "The renewal fee is $99."}]', 9900, 'USD', 'By continuing you state that:
- the courses listed are yours and you completed them on the dates shown
- you will send proof within 30 days if we ask
- you will follow the code of conduct
A false statement can end your certification.', '2026-11', '2026-09-14', 2, '{"accepts_application": true, "dates": {"completion_deadline": "2026-12-31", "expires_on": "2026-10-02", "last_day_to_apply": "2027-10-01", "late_until": "2026-12-31", "next_cycle": {"expires_on": "2028-10-02", "starts_on": "2026-10-03"}, "opens_on": "2026-04-05"}, "eligible": true, "explanations": [{"clause": "Q1", "text": "You are certified through October 2, 2026, to the end of that day."}, {"clause": "Q8", "text": "From April 5, 2026 through October 2, 2026 you renew on time. It costs $99."}, {"clause": "Q6", "text": "The renewal fee is $99."}], "fees": {"currency": "USD", "lines": [{"amount": "99.00", "clause": "Q6", "code": "renewal"}], "total": "99.00"}, "records": [{"counted": "0.4", "id": "9", "reason": null}, {"counted": "0.4", "id": "8", "reason": null}, {"counted": "0.5", "id": "7", "reason": null}, {"counted": "0.6", "id": "6", "reason": null}, {"counted": "0.1", "id": "10", "reason": null}], "requirements": [{"code": "total", "counted": "2.0", "met": true, "required": "2.0"}, {"code": "cpr_aed", "counted": "0.1", "met": true, "required": "0.1"}], "status": "active", "tier": "on_time", "unmet": []}', '', NULL, NULL, '2026-09-07 18:00:00', ''),
(3, 'R-MFR3VYUT', 4, 10, 'submitted', '2027-02-14 17:00:00', '2027-02-14 17:00:00', '2027-02-14', '[{"amount_cents": 9900, "clause": "Q6", "code": "renewal", "label": "Renewal fee", "text": "The renewal fee is $99."}]', 9900, 'USD', 'By continuing you state that:
- the courses listed are yours and you completed them on the dates shown
- you will send proof within 30 days if we ask
- you will follow the code of conduct
A false statement can end your certification.', '2026-11', '2027-02-21', 3, 'null', '', NULL, NULL, NULL, ''),
(4, 'R-DDPBUGNA', 5, 11, 'in_review', '2027-02-05 17:00:00', '2027-02-05 17:00:00', '2027-02-05', '[{"amount_cents": 9900, "clause": "Q6", "code": "renewal", "label": "Renewal fee", "text": "The renewal fee is $99."}]', 9900, 'USD', 'By continuing you state that:
- the courses listed are yours and you completed them on the dates shown
- you will send proof within 30 days if we ask
- you will follow the code of conduct
A false statement can end your certification.', '2026-11', '2027-02-12', 4, 'null', 'We cannot read the name on your CPR and AED card. Add a clearer picture.', '2027-03-13', 2, NULL, ''),
(5, 'R-9MZPS8WF', 6, 12, 'denied', '2027-02-05 17:00:00', '2027-02-05 17:00:00', '2027-02-05', '[{"amount_cents": 9900, "clause": "Q6", "code": "renewal", "label": "Renewal fee", "text": "The renewal fee is $99."}]', 9900, 'USD', 'By continuing you state that:
- the courses listed are yours and you completed them on the dates shown
- you will send proof within 30 days if we ask
- you will follow the code of conduct
A false statement can end your certification.', '2026-11', '2027-02-12', 5, 'null', '', NULL, 2, '2027-02-11 17:10:00', 'The card on file belongs to another person.'),
(6, 'R-LDKDEAXS', 3, 9, 'approved', '2027-02-12 17:00:00', '2027-02-12 17:00:00', '2027-02-12', '[{"amount_cents": 9900, "clause": "Q6", "code": "renewal", "label": "Renewal fee", "text": "The renewal fee is $99."}]', 9900, 'USD', 'By continuing you state that:
- the courses listed are yours and you completed them on the dates shown
- you will send proof within 30 days if we ask
- you will follow the code of conduct
A false statement can end your certification.', '2026-11', '2027-02-19', 6, '{"accepts_application": true, "dates": {"completion_deadline": "2027-06-15", "expires_on": "2027-03-17", "last_day_to_apply": "2028-03-16", "late_until": "2027-06-15", "next_cycle": {"expires_on": "2029-03-17", "starts_on": "2027-03-18"}, "opens_on": "2026-09-18"}, "eligible": true, "explanations": [{"clause": "Q1", "text": "You are certified through March 17, 2027, to the end of that day."}, {"clause": "Q8", "text": "From September 18, 2026 through March 17, 2027 you renew on time. It costs $99."}, {"clause": "Q6", "text": "The renewal fee is $99."}], "fees": {"currency": "USD", "lines": [{"amount": "99.00", "clause": "Q6", "code": "renewal"}], "total": "99.00"}, "records": [{"counted": "0.4", "id": "34", "reason": null}, {"counted": "0.4", "id": "33", "reason": null}, {"counted": "0.5", "id": "32", "reason": null}, {"counted": "0.1", "id": "35", "reason": null}, {"counted": "0.6", "id": "31", "reason": null}], "requirements": [{"code": "total", "counted": "2.0", "met": true, "required": "2.0"}, {"code": "cpr_aed", "counted": "0.1", "met": true, "required": "0.1"}], "status": "active", "tier": "on_time", "unmet": []}', '', NULL, NULL, '2027-02-12 18:00:00', ''),
(7, 'R-QX7HNL9K', 10, 16, 'lapsed', '2027-02-01 17:00:00', '2027-02-01 17:00:00', '2027-02-01', '[{"amount_cents": 9900, "clause": "Q6", "code": "renewal", "label": "Renewal fee", "text": "The renewal fee is $99."}]', 9900, 'USD', 'By continuing you state that:
- the courses listed are yours and you completed them on the dates shown
- you will send proof within 30 days if we ask
- you will follow the code of conduct
A false statement can end your certification.', '2026-11', '2027-02-08', 7, 'null', '', NULL, NULL, '2027-02-09 18:00:00', 'The time to pay ended.'),
(8, 'R-XBQW5DSN', 7, 13, 'in_review', '2027-01-31 17:00:00', '2027-01-31 17:00:00', '2027-01-31', '[{"amount_cents": 9900, "clause": "Q6", "code": "renewal", "label": "Renewal fee", "text": "The renewal fee is $99."}]', 9900, 'USD', 'By continuing you state that:
- the courses listed are yours and you completed them on the dates shown
- you will send proof within 30 days if we ask
- you will follow the code of conduct
A false statement can end your certification.', '2026-11', '2027-02-07', 8, 'null', '', NULL, NULL, NULL, ''),
(9, 'R-CYRLHCHM', 8, 14, 'approved', '2027-01-26 17:00:00', '2027-01-26 17:00:00', '2027-01-26', '[{"amount_cents": 9900, "clause": "Q6", "code": "renewal", "label": "Renewal fee", "text": "The renewal fee is $99."}]', 9900, 'USD', 'By continuing you state that:
- the courses listed are yours and you completed them on the dates shown
- you will send proof within 30 days if we ask
- you will follow the code of conduct
A false statement can end your certification.', '2026-11', '2027-02-02', 9, '{"accepts_application": true, "dates": {"completion_deadline": "2027-08-09", "expires_on": "2027-05-11", "last_day_to_apply": "2028-05-10", "late_until": "2027-08-09", "next_cycle": {"expires_on": "2029-05-11", "starts_on": "2027-05-12"}, "opens_on": "2026-11-12"}, "eligible": true, "explanations": [{"clause": "Q1", "text": "You are certified through May 11, 2027, to the end of that day."}, {"clause": "Q8", "text": "From November 12, 2026 through May 11, 2027 you renew on time. It costs $99."}, {"clause": "Q6", "text": "The renewal fee is $99."}], "fees": {"currency": "USD", "lines": [{"amount": "99.00", "clause": "Q6", "code": "renewal"}], "total": "99.00"}, "records": [{"counted": "0.4", "id": "49", "reason": null}, {"counted": "0.4", "id": "48", "reason": null}, {"counted": "0.5", "id": "47", "reason": null}, {"counted": "0.1", "id": "50", "reason": null}, {"counted": "0.6", "id": "46", "reason": null}], "requirements": [{"code": "total", "counted": "2.0", "met": true, "required": "2.0"}, {"code": "cpr_aed", "counted": "0.1", "met": true, "required": "0.1"}], "status": "active", "tier": "on_time", "unmet": []}', '', NULL, NULL, '2027-02-06 17:10:00', ''),
(10, 'R-UQZE4UQ6', 9, 15, 'in_review', '2027-02-10 17:00:00', '2027-02-10 17:00:00', '2027-02-10', '[{"amount_cents": 9900, "clause": "Q6", "code": "renewal", "label": "Renewal fee", "text": "The renewal fee is $99."}]', 9900, 'USD', 'By continuing you state that:
- the courses listed are yours and you completed them on the dates shown
- you will send proof within 30 days if we ask
- you will follow the code of conduct
A false statement can end your certification.', '2026-11', '2027-02-17', 10, 'null', '', NULL, NULL, NULL, '');

INSERT INTO "renewals_decision" ("id", "words", "by_id", "decided_at", "effective_at", "state", "ended_at", "stuck_at", "stuck_reason", "awaits_person", "application_id", "verdict") VALUES
(1, 'We cannot read the name on your CPR and AED card. Add a clearer picture.', 2, '2027-02-11 17:00:00', '2027-02-11 17:10:00', 'released', '2027-02-11 17:10:00', NULL, '', FALSE, 4, 'return'),
(2, 'The card on file belongs to another person.', 2, '2027-02-11 17:00:00', '2027-02-11 17:10:00', 'released', '2027-02-11 17:10:00', NULL, '', FALSE, 5, 'deny');
