-- A hash tree per tenant over its events, in the order of the log (RFC 9162).
create table seal_tree (
    tenant   text collate "C" primary key,
    size     bigint not null,
    position bigint not null
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 200,
        autovacuum_vacuum_cost_delay = 0);

-- The leaves: which event stands where in the tree.
create table seal_leaf (
    tenant   text collate "C" not null,
    leaf     bigint not null,
    position bigint not null,
    hash     bytea not null,
    primary key (tenant, leaf)
);
create unique index seal_leaf_position on seal_leaf (position);

-- Every fourth level of inner nodes, each the hash of 16 nodes of the kept level below; the levels between are
-- computed when somebody asks. Only whole subtrees are kept, so no row ever changes.
create table seal_node (
    tenant   text collate "C" not null,
    level    smallint not null,
    node     bigint not null,
    hash     bytea not null,
    primary key (tenant, level, node)
);

-- Tree heads, signed. Of each minute the last one is kept.
create table seal_head (
    tenant    text collate "C" not null,
    size      bigint not null,
    position  bigint not null,
    root      bytea not null,
    signed_at timestamptz not null,
    key_id    text collate "C" not null,
    signature bytea not null,
    primary key (tenant, size)
);

-- What heads are signed with. The newest one signs; the others are kept to verify with.
create table seal_key (
    key_id     text collate "C" primary key,
    public_key bytea not null,
    wrapped    bytea not null,
    created_at timestamptz not null default now()
);
