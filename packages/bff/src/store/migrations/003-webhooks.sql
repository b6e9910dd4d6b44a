-- What a sign-in asks the bank for, so that it can be begun again for less.
alter table sign_ins add column scopes text not null default '';

-- Where the bank is to tell us what has changed: one address per connection, known to nobody else.
-- Written before the bank hears of it; token and secret stay, whatever becomes of the bank's side.
create table webhook_subscriptions (
  connection_id uuid primary key references connections,
  partner_id text not null,
  organization_id text not null,
  -- The token stands in the address. Its hash finds the row; encrypted it is there to be told again.
  token_hash text not null unique,
  token bytea not null,
  secret bytea not null,
  bank_id text,
  failures int not null default 0,
  next_at timestamptz not null default clock_timestamp(),
  lease_owner uuid,
  lease_until timestamptz,
  created_at timestamptz not null default clock_timestamp()
);
create index webhook_subscriptions_due on webhook_subscriptions (next_at);
create index connections_with_webhooks on connections (id)
  where status = 'active' and string_to_array(scopes, ' ') @> '{webhook}';

-- When the bank was last asked, because of a revocation, and said that the consent stands.
alter table connections add column consent_seen_at timestamptz;

-- What the bank has told: that something has changed, and nothing of what. Names and amounts are
-- read from the bank. Rows that are done stay for some days, so that a repeated event is known.
create table webhook_events (
  connection_id uuid not null,
  id text not null,
  partner_id text not null,
  organization_id text not null,
  topic text not null check (
    topic in ('transfers', 'payment-links', 'payment-provider', 'consent-revocations')),
  object_id text,
  received_at timestamptz not null default clock_timestamp(),
  done_at timestamptz,
  tries int not null default 0,
  next_at timestamptz not null default clock_timestamp(),
  taken_at timestamptz,
  lease_owner uuid,
  lease_until timestamptz,
  primary key (connection_id, id)
);
create index webhook_events_due on webhook_events (next_at) where done_at is null;
create index webhook_events_alike on webhook_events (partner_id, organization_id, topic, object_id)
  where done_at is null;
create index webhook_events_done on webhook_events (done_at) where done_at is not null;

-- When a look at it began last: however often the bank tells of it, the next one begins a second later.
alter table links add column last_looked_at timestamptz;
