-- Who may ask for tokens. Without a tenant it is an operator, who works in every tenant.
create table oauth_client (
    client_id     text collate "C" primary key,
    tenant_id     text collate "C",
    secret_digest text not null,
    scopes        text[] not null,
    created_at    timestamptz not null
);

-- Keys all nodes share, each sealed under the master key.
create table security_key (
    name    text collate "C" primary key,
    wrapped bytea not null
);
