-- Times that decide about money are "money time": the later of this database's clock and the
-- bank's (its `Date` header). Leases and schedules use the database's clock alone.
create table bank_clock (
  only_row boolean primary key default true check (only_row),
  ahead interval not null default '0'
);
insert into bank_clock default values;

create function money_now() returns timestamptz language sql volatile as $$
  select clock_timestamp() + (select greatest(ahead, '0') from bank_clock)
$$;

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name;
end $$;

-- What is to be paid. An intent never changes; what happens to it is in intent_events.
create table intents (
  id text primary key,
  partner_id text not null,
  kind text not null check (kind = 'transfer'),
  item_count int not null check (item_count between 1 and 400),
  amount_cents bigint not null check (amount_cents > 0),
  return_url text not null,
  seq int not null default 0,
  page_seen_at timestamptz,
  withdrawn_at timestamptz,
  created_at timestamptz not null default money_now(),
  expires_at timestamptz not null
);

create table intent_items (
  intent_id text not null references intents,
  index int not null,
  partner_id text not null,
  external_ref text not null,
  amount_cents bigint not null check (amount_cents > 0),
  payee_name text not null,
  payee_iban text not null,
  reference text not null,
  remittance text not null,
  due_date text,
  attachments jsonb not null default '[]',
  primary key (intent_id, index)
);
create index intent_items_by_ref on intent_items (partner_id, external_ref);

-- The public snapshots, as they were published: what a stream replays after Last-Event-ID.
create table intent_events (
  intent_id text not null references intents,
  seq int not null,
  snapshot jsonb not null,
  at timestamptz not null default clock_timestamp(),
  primary key (intent_id, seq)
);
create trigger intent_events_append_only before update or delete on intent_events
  for each row execute function refuse_change();

-- A member of an organisation who signed in for a partner, with the tokens (encrypted).
create table connections (
  id uuid primary key,
  partner_id text not null,
  organization_id text not null,
  organization_name text not null,
  membership_id text not null,
  member_name text not null,
  -- The bank's word: it grows, so it is no check here.
  role text not null default '',
  scopes text not null,
  access_token bytea,
  access_expires_at timestamptz,
  refresh_token bytea,
  refresh_expires_at timestamptz,
  refresh_generation bigint not null default 0,
  refresh_owner uuid,
  refresh_lease_until timestamptz,
  status text not null default 'active' check (status in ('active', 'consent_needed', 'signed_out')),
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  unique (partner_id, organization_id, membership_id)
);

create table sign_ins (
  state_hash text primary key,
  cookie_hash text not null,
  partner_id text not null,
  intent_id text not null references intents,
  verifier bytea not null,
  created_at timestamptz not null default clock_timestamp(),
  used_at timestamptz
);

create table sessions (
  id_hash text primary key,
  partner_id text not null,
  connection_id uuid not null references connections,
  signed_in_at timestamptz not null default money_now(),
  last_seen_at timestamptz not null default clock_timestamp(),
  ended_at timestamptz
);

-- One check of an exact set of rows: the proof is good for that set and no other.
create table payee_checks (
  id uuid primary key,
  intent_id text not null,
  item_rows int[] not null,
  connection_id uuid not null references connections,
  status text not null check (status in ('running', 'done', 'failed')),
  -- As answered, by row: [{"index", "result", "bankName"}].
  results jsonb,
  proof bytea,
  failure text,
  started_at timestamptz not null default money_now(),
  checked_at timestamptz,
  used_at timestamptz
);
create index payee_checks_unused on payee_checks (connection_id, started_at) where used_at is null;

-- What one member sees before confirming. version moves only by payee check, account, date or
-- selection.
create table reviews (
  intent_id text not null references intents,
  connection_id uuid not null references connections,
  version int not null default 0,
  account_id text,
  selection int[],
  pay_on text not null default 'now',
  payee_check_id uuid references payee_checks,
  -- By IBAN, of the rows that were checked: {"FR76…": {"id", "name", "iban", "trusted"}}.
  known jsonb not null default '{}',
  -- By row, what the bank said last: {"3": {"result", "bankName", "was"}}.
  results jsonb not null default '{}',
  fresh_after timestamptz,
  updated_at timestamptz not null default clock_timestamp(),
  primary key (intent_id, connection_id)
);

create table payments (
  id text primary key,
  -- In the order in which they were made: money time may step back when the bank's clock does.
  ordinal bigint generated always as identity unique,
  partner_id text not null,
  intent_id text not null references intents,
  connection_id uuid not null references connections,
  organization_id text not null,
  kind text not null check (kind in ('transfer', 'bulk', 'request')),
  status text not null,
  reason text,
  version int not null default 0,
  account_id text not null,
  account_name text not null,
  account_iban text not null,
  amount_cents bigint not null check (amount_cents > 0),
  -- The bank's id of the bulk or of the request.
  bank_id text,
  created_at timestamptz not null default money_now(),
  updated_at timestamptz not null default money_now()
);
create unique index one_payment_per_bank_id on payments (partner_id, bank_id)
  where bank_id is not null;
create index payments_by_intent on payments (intent_id, ordinal desc);
create index payments_held on payments (updated_at) where status = 'held';
create index payments_one_by_one on payments (connection_id, updated_at)
  where reason = 'bulk-not-allowed';

-- A supplier is recognised by its name, however it is spaced and capitalised.
create function payee_key(name text) returns text language sql immutable parallel safe as $$
  select lower(btrim(regexp_replace(name, '\s+', ' ', 'g')))
$$;

create table payment_items (
  payment_id text not null references payments,
  index int not null,
  ordinal bigint generated always as identity,
  partner_id text not null,
  organization_id text not null,
  external_ref text not null,
  amount_cents bigint not null check (amount_cents > 0),
  payee_name text not null,
  payee_iban text not null,
  beneficiary_id text,
  remittance text not null,
  scheduled_on text,
  client_transfer_id uuid not null unique,
  status text not null,
  reason text,
  transfer_id text,
  payee_verified boolean not null default false,
  primary key (payment_id, index)
);
-- I-2: one invoice has at most one payment that moved or may still move money.
create unique index one_payment_per_invoice on payment_items (partner_id, external_ref)
  where status not in ('declined', 'denied', 'expired', 'not_enrolled', 'canceled', 'failed');
create index payment_items_by_ref on payment_items (partner_id, external_ref);
-- One transfer at the bank is one payment, whoever ties them together.
create unique index one_payment_per_transfer on payment_items (partner_id, transfer_id)
  where transfer_id is not null;
-- Where a supplier was paid last.
create index payment_items_settled
  on payment_items (partner_id, organization_id, payee_key(payee_name), ordinal desc)
  where status = 'settled';

-- I-3, I-4: one key, one byte string, written before it is sent, kept for ever.
create table attempts (
  id uuid primary key,
  payment_id text not null references payments,
  -- Who is asked for an approval: who confirmed, or who approves a colleague's request.
  connection_id uuid not null references connections,
  kind text not null check (kind in ('transfer', 'bulk', 'request', 'request-approval')),
  number int not null,
  live boolean not null default true,
  bank_key uuid not null unique,
  path text not null,
  body bytea not null,
  approval_method text not null,
  expects_approval boolean not null,
  tag text not null,
  trust_read_at timestamptz,
  sends int not null default 0,
  first_sent_at timestamptz,
  last_sent_at timestamptz,
  -- The same by the database's clock alone: a key is old as soon as either clock says so, and dead
  -- only when both do.
  first_sent_clock timestamptz,
  last_sent_clock timestamptz,
  in_flight boolean not null default false,
  unanswered boolean not null default false,
  approval_session bytea,
  challenged_at timestamptz,
  approval_expires_at timestamptz,
  clean_listings int not null default 0,
  first_clean_listing_at timestamptz,
  followed_until timestamptz,
  last_polled_at timestamptz,
  next_at timestamptz not null default clock_timestamp(),
  hinted boolean not null default false,
  lease_owner uuid,
  lease_until timestamptz,
  created_at timestamptz not null default clock_timestamp(),
  unique (payment_id, number)
);
-- One mark is one payment's; approvals of a request share that of the request.
create unique index one_attempt_per_tag on attempts (tag) where kind <> 'request-approval';
create unique index one_live_attempt on attempts (payment_id) where live;
create index attempts_due on attempts (next_at) where live;
create index attempts_by_connection on attempts (connection_id) where live;
create function keep_attempt_bytes() returns trigger language plpgsql as $$
begin
  if (new.bank_key, new.path, new.body, new.approval_method)
     is distinct from (old.bank_key, old.path, old.body, old.approval_method) then
    raise exception 'an attempt keeps its key and bytes for ever';
  end if;
  return new;
end $$;
-- Only where they are named: reading 400 rows' bytes to compare them costs each poll a millisecond.
create trigger attempts_keep_bytes
  before update of bank_key, path, body, approval_method on attempts
  for each row execute function keep_attempt_bytes();

-- I-8: one appended row for each change of status, with its audit entry.
create table transitions (
  payment_id text not null references payments,
  seq int not null,
  from_status text,
  to_status text not null,
  attempt int not null,
  cause text not null,
  bank_trace_id text,
  at timestamptz not null default clock_timestamp(),
  primary key (payment_id, seq)
);
-- The rows of a payment that changed by themselves; `seq` is the payment's.
create table item_transitions (
  payment_id text not null references payments,
  seq int not null,
  index int not null,
  from_status text,
  to_status text not null,
  reason text,
  at timestamptz not null default clock_timestamp(),
  primary key (payment_id, seq, index)
);
create trigger item_transitions_append_only before update or delete on item_transitions
  for each row execute function refuse_change();
create trigger transitions_append_only before update or delete on transitions
  for each row execute function refuse_change();

create table audit_log (
  id bigint generated always as identity primary key,
  partner_id text not null,
  intent_id text,
  payment_id text,
  actor text not null,
  action text not null,
  detail jsonb not null default '{}',
  at timestamptz not null default clock_timestamp()
);
create index audit_log_by_payment on audit_log (payment_id);
create trigger audit_log_append_only before update or delete on audit_log
  for each row execute function refuse_change();

-- Approvals that reached a member's phone: at most a few in ten minutes.
create table challenges (
  connection_id uuid not null references connections,
  at timestamptz not null
);
create index challenges_recent on challenges (connection_id, at);

-- Calls to the bank by all instances behind one address (Qonto counts per IP).
create table bank_calls (
  second timestamptz primary key,
  calls int not null
);

-- Documents that the bank has: one upload per organisation and content.
create table bank_documents (
  partner_id text not null,
  organization_id text not null,
  sha256 text not null,
  attachment_id text not null,
  file_name text not null,
  content_type text not null,
  size_bytes int not null,
  connection_id uuid not null references connections,
  at timestamptz not null default clock_timestamp(),
  primary key (partner_id, organization_id, sha256)
);
-- Those that a payer has added to a row on the pay page.
create table row_documents (
  intent_id text not null references intents,
  item_index int not null,
  partner_id text not null,
  organization_id text not null,
  sha256 text not null,
  at timestamptz not null default clock_timestamp(),
  primary key (intent_id, item_index, organization_id, sha256)
);

create index sign_ins_by_age on sign_ins (created_at);

create table flows (
  id_hash text primary key,
  intent_id text,
  created_at timestamptz not null default clock_timestamp()
);
create index flows_by_age on flows (created_at);

create table idempotency_keys (
  partner_id text not null,
  principal text not null,
  key text not null,
  fingerprint text not null,
  status int not null,
  body text not null,
  created_at timestamptz not null default clock_timestamp(),
  primary key (partner_id, principal, key)
);
