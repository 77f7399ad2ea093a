-- Keys the installation itself needs, sealed under the master key. Opening them at start proves that
-- a node has the master key this database was sealed with.
create table installation_key (
    name    text collate "C" primary key,
    wrapped bytea not null
);

-- Who has which identifier. The identifier itself is not kept: only its keyed digest.
create table customer (
    tenant_id   text collate "C" not null,
    identity    bytea not null,
    customer_id uuid not null,
    primary key (tenant_id, identity),
    unique (tenant_id, customer_id)
);

-- One key per person, or per reservation that has no person yet. Deleting a row erases whatever was
-- sealed under it, wherever its copies are.
create table data_key (
    tenant_id text collate "C" not null,
    key_id    uuid not null,
    subject   text collate "C" not null,
    wrapped   bytea not null,
    primary key (tenant_id, key_id),
    unique (tenant_id, subject)
);
