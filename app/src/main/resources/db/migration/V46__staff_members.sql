-- Who works for a tenant. Names are sealed under the member's own key; a user name is found by its
-- keyed digest. The only place that knows passwords, by a slow digest of each.
create table staff_member (
    tenant_id       text collate "C" not null,
    member_id       uuid not null,
    user_name       bytea not null,
    account_key     text collate "C" not null,
    account         text collate "C" not null,
    roles           text[] not null,
    disabled        boolean not null default false,
    password_digest text not null,
    primary key (tenant_id, member_id),
    constraint user_name_is_unique unique (tenant_id, user_name)
);

-- Who is signed in. Found by a digest, so that whoever reads the table is not signed in by it.
create table staff_session (
    digest    bytea primary key,
    tenant_id text collate "C" not null,
    member_id uuid not null,
    began_at  timestamptz not null,
    seen_at   timestamptz not null,
    foreign key (tenant_id, member_id) references staff_member on delete cascade
);
create index staff_session_of_member on staff_session (tenant_id, member_id);
create index staff_session_seen on staff_session (seen_at);
