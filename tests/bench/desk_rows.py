"""The statements that write the rows of the desk's benchmark, in their order."""

TABLES = (
    *("trainers_trainer", "trainers_credential", "trainers_cycle", "trainers_searchword", "ceus_ceurecord"),
    *(
        "payments_charge",
        "payments_ledgerentry",
        "payments_refund",
        "renewals_application",
        "renewals_decision",
    ),
    *("petitions_petition", "petitions_decision", "petitions_petitiondocument", "documents_document"),
    *("audits_audit", "audits_decision", "audits_audititem", "cases_assignment", "core_historyentry"),
    *("outbox_notice", "ceus_provider", "ceus_course", "payments_payout", "payments_payoutline"),
)
# Trainers have the keys above 1000. A renewal is that of each n-th trainer, a petition that of the next one; of the
# renewals each second has an audit. The first of each kind wait; the others ended in the last two years.
ENDED = "now() - interval '1 day' - (CAST(t.n AS bigint) * 7919 %% 1051200) * interval '1 minute'"
STATEMENTS: tuple[tuple[str, str], ...] = (
    (
        "people",
        """INSERT INTO trainers_trainer (id, password, is_superuser, email, name, time_zone, is_active, is_staff, joined_at,
            wants_reminders, mail_trouble, mail_trouble_at, feed_nonce, searched_name)
        SELECT 1000 + n, '!', FALSE, 't' || n || '@example.org', f.name || ' ' || l.name, 'America/Phoenix', TRUE, FALSE,
            now() - interval '4 years', TRUE, '', CASE WHEN n %% (%(n)s / 100) = 7 THEN now() END, '', f.name || ' ' || l.name
        FROM generate_series(0, %(n)s - 1) n JOIN names f ON f.kind = 'first' AND f.k = n %% %(first)s
        JOIN names l ON l.kind = 'last' AND l.k = n / %(first)s %% %(last)s""",
    ),
    (
        "words of names",
        """INSERT INTO trainers_searchword (trainer_id, word) SELECT id, lower(split_part(name, ' ', part))
        FROM trainers_trainer, generate_series(1, 2) part WHERE id >= 1000""",
    ),
    (
        "certifications",
        """INSERT INTO trainers_credential (id, trainer_id, number, policy_code, awarded_on, state)
        SELECT 1000 + n, 1000 + n, CAST(20000000 + n AS text), 'nasm-cpt', c.awarded_on, 'in_force'
        FROM generate_series(0, %(n)s - 1) n JOIN calendar c ON c.k = n * 37 %% %(days)s""",
    ),
    (
        "cycles",
        """INSERT INTO trainers_cycle (id, credential_id, draw_id, starts_on, expires_on, opens_on, completion_deadline,
            last_day_to_apply, remind_on)
        SELECT 1000 + n, 1000 + n, CAST(n AS text), c.starts_on, c.expires_on, c.opens_on, c.completion_deadline,
            c.last_day_to_apply, c.expires_on
        FROM generate_series(0, %(n)s - 1) n JOIN calendar c ON c.k = n * 37 %% %(days)s""",
    ),
    (
        "courses",
        """WITH p AS (INSERT INTO ceus_provider (id, name, slug, about, link, approved_from)
            SELECT 1000 + n, 'Provider ' || n, 'provider-' || n, '', '', '2020-01-01' FROM generate_series(1, 50) n)
        INSERT INTO ceus_course (id, provider_id, title, slug, category, hundredths, format, about, link, search_text,
            approved_from)
        SELECT 1000 + n, 1000 + n %% 50 + 1, 'Course ' || n, 'course-' || n, 'education', 40, 'online', '', '',
            'course ' || n, '2020-01-01' FROM generate_series(1, 2000) n""",
    ),
    (
        "records",
        """INSERT INTO ceus_ceurecord (id, credential_id, category, title, completed_on, hundredths, state,
            reported_by_provider, granted, logged_at, logged_by_id, course_id)
        SELECT 1000 + n, 1000 + n %% %(n)s, 'education', 'Course ' || n %% 2000 + 1, c.starts_on + 30 + CAST(n / %(n)s AS int),
            90, 'accepted', FALSE, FALSE, now() - interval '90 days', 1000 + n %% %(n)s, 1001 + n %% 2000
        FROM generate_series(0, 2 * %(n)s - 1) n JOIN trainers_cycle c ON c.id = 1000 + n %% %(n)s""",
    ),
    (
        "charges",
        """WITH c AS (INSERT INTO payments_charge (id, trainer_id, subject, kind, description, lines, amount_cents, currency,
                live, state, raised_at, paid_at, paid_cents, waived_cents)
            SELECT t.n + 1000, t.n + 1000, CASE t.n %% %(every)s WHEN 0 THEN 'renewals.application:' ELSE
                'petitions.petition:' END || t.n + 1000, CASE t.n %% %(every)s WHEN 0 THEN 'renewal' ELSE 'petition' END,
                'A fee', '[]', 9900, 'USD', FALSE, 'paid', {ended} - interval '20 days', {ended} - interval '20 days', 9900, 0
            FROM generate_series(0, %(n)s - 1) t(n) WHERE t.n %% %(every)s IN (0, 1) RETURNING *)
        INSERT INTO payments_ledgerentry (trainer_id, charge_id, kind, amount_cents, currency, hand_reference, at, reason,
            provider_ref)
        SELECT trainer_id, id, k.kind, k.sign * 9900, 'USD', '', paid_at, '',
            CASE WHEN k.sign < 0 THEN 'pi_' || id END
        FROM c, (VALUES ('charge', 1), ('payment', -1)) k(kind, sign)""",
    ),
    (
        "renewals",
        """INSERT INTO renewals_application (id, reference, cycle_id, trainer_id, state, started_at, received_at, received_on,
            fee_lines, fee_total_cents, fee_currency, attestation_text, attestation_version, pay_through, assessment,
            returned_reason, ended_at, end_reason, charge_id, correction_days_spent)
        SELECT i, 'R-' || upper(lpad(to_hex(i), 8, '0')), i, i, state, began, began, CAST(began AS date),
            CAST(%(fee)s AS jsonb), 9900, 'USD', 'I agree.', '2026-1', CAST(began AS date) + 30, '{{}}', '',
            CASE WHEN state = 'approved' THEN ended END, '', i, 0
        FROM (SELECT t.n + 1000 i, {ended} ended, CASE WHEN t.n < 2 * %(waiting)s * %(every)s THEN 'in_review'
                ELSE 'approved' END state,
            CASE WHEN t.n < 2 * %(waiting)s * %(every)s THEN now() - t.n %% 20 * interval '1 day'
                ELSE {ended} - interval '20 days' END began
            FROM generate_series(0, %(n)s - 1) t(n) WHERE t.n %% %(every)s = 0) made""",
    ),
    (
        "decisions about renewals",
        """INSERT INTO renewals_decision (words, decided_at, effective_at, state, ended_at, stuck_reason, awaits_person,
            verdict, application_id, by_id)
        SELECT '', ended_at - interval '10 minutes', ended_at, 'released', ended_at, '', FALSE, 'approve', id, %(by)s
        FROM renewals_application WHERE state = 'approved'""",
    ),
    (
        "petitions",
        """INSERT INTO petitions_petition (id, reference, trainer_id, credential_id, state, started_at, title, provider_name,
            provider_link, completed_on, asked_hundredths, category, learned, instructor, received_at, received_on,
            attestation_text, attestation_version, submitted_at, answer_due_on, another_look_why, ended_at, charge_id)
        SELECT i, 'P-' || upper(lpad(to_hex(i), 8, '0')), i, i, state, began, 'Kettlebell course ' || i,
            'Northside Barbell Club', '', CAST(began AS date) - 60, 40, 'education', 'Swings.', 'Alex.', began,
            CAST(began AS date), 'I agree.', '2026-1', began,
            CASE WHEN state = 'submitted' THEN CAST(began AS date) + 14 END, '',
            CASE WHEN state <> 'submitted' THEN ended END, i
        FROM (SELECT t.n + 1000 i, {ended} ended, CASE WHEN t.n < %(waiting)s * %(every)s THEN 'submitted'
                ELSE 'declined' END state,
            CASE WHEN t.n < %(waiting)s * %(every)s THEN now() - t.n %% 20 * interval '1 day'
                ELSE {ended} - interval '9 days' END began
            FROM generate_series(0, %(n)s - 1) t(n) WHERE t.n %% %(every)s = 1) made""",
    ),
    (
        "decisions about petitions",
        """INSERT INTO petitions_decision (words, decided_at, effective_at, state, ended_at, stuck_reason, awaits_person,
            verdict, reason_code, lists_course, petition_id, by_id)
        SELECT 'No.', ended_at - interval '10 minutes', ended_at, 'released', ended_at, '', FALSE, 'deny', 'other', FALSE,
            id, %(by)s FROM petitions_petition WHERE state = 'declined'""",
    ),
    (
        "evidence",
        """WITH d AS (INSERT INTO documents_document (id, owner_id, uploaded_by_id, original_name, media_type, size, sha256,
                sent_sha256, stored_as, uploaded_at, pages)
            SELECT 2 * p.id + part, p.trainer_id, p.trainer_id, 'proof.pdf', 'application/pdf', 1000,
                md5('d' || 2 * p.id + part), md5('d' || 2 * p.id + part), 'x/' || 2 * p.id + part, p.started_at, '[]'
            FROM petitions_petition p, generate_series(0, 1) part RETURNING id)
        INSERT INTO petitions_petitiondocument (petition_id, document_id, part)
        SELECT id / 2, id, CASE id %% 2 WHEN 0 THEN 'certificate' ELSE 'agenda' END FROM d""",
    ),
    (
        "audits",
        """INSERT INTO audits_audit (id, reference, cycle_id, kind, renewal, received_on, state, made_at, notified_on, due_on,
            sent_at, ended_at, end_reason, cause, for_lead, another_look_why)
        SELECT id, 'A-' || upper(lpad(to_hex(id), 8, '0')), cycle_id, 'random', reference, received_on,
            CASE WHEN ended_at IS NULL THEN 'sent' ELSE 'passed' END, received_at, received_on, received_on + 33,
            received_at + interval '1 hour', ended_at, '', '', FALSE, ''
        FROM renewals_application WHERE (id - 1000) / %(every)s %% 2 = 0""",
    ),
    (
        "records under audit",
        """INSERT INTO audits_audititem (audit_id, record_id, verdict, words, unavailable_why, suspected_why)
        SELECT a.id, r.id, '', '', '', '' FROM audits_audit a JOIN ceus_ceurecord r ON r.credential_id = a.cycle_id""",
    ),
    (
        "decisions about audits",
        """INSERT INTO audits_decision (words, decided_at, effective_at, state, ended_at, stuck_reason, awaits_person,
            verdict, audit_id, by_id)
        SELECT '', ended_at - interval '10 minutes', ended_at, 'released', ended_at, '', FALSE, 'pass', id, %(by)s
        FROM audits_audit WHERE state = 'passed'""",
    ),
    (
        "refunds",
        """INSERT INTO payments_refund (charge_id, payment_id, payment_ref, payment_currency, amount_cents, cause, reason,
            hand_reference, idempotency_key, state, requested_at, attempts, last_error, ended_at)
        SELECT e.charge_id, e.id, '', 'USD', 9900, 'twice', '', '', 'bench-' || e.id, 'returned', e.at, 1, '', e.at
        FROM payments_ledgerentry e JOIN petitions_petition p ON p.charge_id = e.charge_id
        WHERE e.kind = 'payment' AND p.state = 'declined' AND p.id / %(every)s %% %(back)s = 0""",
    ),
    (
        "payouts, one a day",
        """WITH paid AS (SELECT e.*, CAST(CAST(e.at AS date) - DATE '2000-01-01' AS bigint) + 2 AS day
            FROM payments_ledgerentry e WHERE e.kind = 'payment' AND e.at < now() - interval '3 days'),
        p AS (INSERT INTO payments_payout (id, provider_id, state, amount_cents, currency, live, automatic, made_at,
                arrives_on, trouble, listed, read_at)
            SELECT day, 'po_' || day, 'paid', SUM(-amount_cents - 317), 'USD', FALSE, TRUE, MAX(at) + interval '1 day',
                CAST(MAX(at) AS date) + 2, '', TRUE, MAX(at) + interval '2 days' FROM paid GROUP BY day)
        INSERT INTO payments_payoutline (payout_id, provider_id, kind, type, ref, payment_ref, words, amount_cents,
            fee_cents, currency, happened_at, entry_id)
        SELECT day, 'txn_' || id, 'payment', 'charge', provider_ref, provider_ref, '', -amount_cents, 317, 'USD', at, id
        FROM paid""",
    ),
    (
        "who has what",
        """INSERT INTO cases_assignment (subject, trainer_id, assignee_id, by_id, at)
        SELECT 'petitions.petition:' || id, trainer_id, %(by)s, %(by)s, now() FROM petitions_petition
        WHERE state = 'submitted' ORDER BY id LIMIT 10""",
    ),
    (
        "history",
        """INSERT INTO core_historyentry (subject, trainer_id, verb, from_state, to_state, by_id, at, reason, detail)
        SELECT 'ceus.ceurecord:' || id, credential_id, 'logged', '', 'accepted', CAST(NULL AS bigint), logged_at, '', CAST('{{}}' AS jsonb)
        FROM ceus_ceurecord UNION ALL
        SELECT 'renewals.application:' || id, trainer_id, verb, '', '', CAST(NULL AS bigint), started_at, '', CAST('{{}}' AS jsonb)
        FROM renewals_application, (VALUES ('submitted'), ('paid'), ('approved')) v(verb) UNION ALL
        SELECT 'petitions.petition:' || id, trainer_id, verb, '', '', CAST(NULL AS bigint), started_at, '', CAST('{{}}' AS jsonb)
        FROM petitions_petition, (VALUES ('submitted'), ('paid'), ('declined')) v(verb)""",
    ),
    (
        "mails",
        """INSERT INTO outbox_notice (kind, subject, event, trainer_id, payload, private, urgency, send_at, state, attempts,
            last_error, message_id, to_address, title, text, html, ended_at)
        SELECT 'renewals.reminder', 'trainers.cycle:' || 1000 + n, 'before_90', 1000 + n, '{{}}', FALSE, 'early',
            now() - n %% 700 * interval '1 day', CASE WHEN n %% (%(n)s / 100) = 7 THEN 'failed' ELSE 'sent' END, 1, '',
            '<' || n || '@example.org>', 't' || n || '@example.org', 'Time to renew', 'Hello', '',
            now() - n %% 700 * interval '1 day'
        FROM generate_series(0, %(n)s - 1) n""",
    ),
)  # fmt: skip
STATEMENTS = tuple((name, sql.replace("{ended}", ENDED).replace("{{}}", "{}")) for name, sql in STATEMENTS)
