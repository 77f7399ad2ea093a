-- What tokens are signed with, each sealed under the master key: the newest whose time has come signs.
create table token_key (
    number     bigint generated always as identity primary key,
    wrapped    bytea not null,
    signs_from timestamptz not null
);

insert into token_key (wrapped, signs_from)
select wrapped, now() from security_key where name = 'token-signing';

delete from security_key where name = 'token-signing';
