alter table intents drop constraint intents_kind_check;
alter table intents add constraint intents_kind_check check (kind in ('transfer', 'link'));

-- What an intent of kind `link` is to collect; how much stands in its own row. It never changes.
create table link_orders (
  intent_id text primary key references intents,
  partner_id text not null,
  external_ref text not null,
  -- {"kind": "basket", "items": […]} or {"kind": "invoice", "invoiceId", "number", "debtor"}.
  content jsonb not null,
  reusable boolean not null,
  methods text[] not null,
  payee_name text,
  payee_iban text,
  remittance text not null
);
create index link_orders_by_ref on link_orders (partner_id, external_ref);

-- A payment link, from the request for it (written before it is sent) to its end.
create table links (
  id text primary key,
  ordinal bigint generated always as identity unique,
  partner_id text not null,
  intent_id text not null references intents,
  connection_id uuid not null references connections,
  organization_id text not null,
  external_ref text not null,
  status text not null,
  reason text,
  version int not null default 0,
  amount_cents bigint not null check (amount_cents > 0),
  reusable boolean not null,
  -- The exact bytes of the one request. The bank takes no idempotency key: it is sent once, ever.
  path text not null,
  body bytea not null,
  sends int not null default 0 check (sends <= 1),
  first_sent_at timestamptz,
  first_sent_clock timestamptz,
  in_flight boolean not null default false,
  -- Recent links that the bank listed before: none of them is ours.
  listed_before text[] not null default '{}',
  clean_listings int not null default 0,
  first_clean_listing_at timestamptz,
  -- Links at the bank that may be ours, after an answer that was lost.
  candidates jsonb not null default '[]',
  bank_id text,
  -- An answer to our own request named it: only then we may deactivate it.
  named_by_bank boolean not null default false,
  url text,
  bank_expires_at timestamptz,
  -- What clients paid, as the bank tells it: no name, no e-mail.
  payments jsonb not null default '[]',
  next_at timestamptz not null default clock_timestamp(),
  hinted_at timestamptz,
  lease_owner uuid,
  lease_until timestamptz,
  changed_at timestamptz not null default money_now(),
  created_at timestamptz not null default money_now()
);
-- One invoice has at most one link that may be paid. One that is paid does not stand here: money that
-- was begun before a link was deactivated may arrive when there is another one.
create unique index one_link_per_invoice on links (partner_id, external_ref)
  where status in ('making', 'unknown', 'withdrawing', 'open', 'processing');
create index links_by_ref on links (partner_id, external_ref);
-- One link at the bank is one of ours, whoever the partner.
create unique index one_link_per_bank_id on links (bank_id) where bank_id is not null;
create index links_by_intent on links (intent_id, ordinal desc);
create index links_due on links (next_at) where next_at < 'infinity';
create index links_in_flight on links (organization_id) where in_flight;
create index links_by_connection on links (connection_id);
create function keep_link_bytes() returns trigger language plpgsql as $$
begin
  if (new.path, new.body, new.amount_cents) is distinct from (old.path, old.body, old.amount_cents)
  then
    raise exception 'a link keeps its request for ever';
  end if;
  return new;
end $$;
create trigger links_keep_bytes before update of path, body, amount_cents on links
  for each row execute function keep_link_bytes();

-- An alarm is raised once: looked for before it is raised.
create index audit_log_alarms on audit_log (intent_id, action) where action like 'alarm:%';

-- I-8: one appended row for each change of status, with its audit entry.
create table link_transitions (
  link_id text not null references links,
  seq int not null,
  from_status text,
  to_status text not null,
  cause text not null,
  bank_trace_id text,
  at timestamptz not null default clock_timestamp(),
  primary key (link_id, seq)
);
create trigger link_transitions_append_only before update or delete on link_transitions
  for each row execute function refuse_change();
