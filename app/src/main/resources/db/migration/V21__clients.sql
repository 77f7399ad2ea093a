-- Each change of what a client may do is a new grant; tokens say of which grant they are.
create sequence grant_number;

alter table oauth_client
    add column name          text,
    add column grant_number  bigint not null default nextval('grant_number'),
    -- a secret that was replaced, and until when it is good all the same
    add column former_digest text,
    add column former_until  timestamptz;

create index oauth_client_of_tenant on oauth_client (tenant_id, client_id);

-- Tokens of grants up to this one are refused. A row is of use for as long as a token lasts.
create table ended_grant (
    client_id text collate "C" primary key,
    up_to     bigint not null,
    ended_at  timestamptz not null
);
