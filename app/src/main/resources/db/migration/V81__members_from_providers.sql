-- Who comes from a provider is known by the keyed digest of its issuer and of the subject there, and has no password
-- unless a manager makes one up.
alter table staff_member alter column password_digest drop not null;
alter table staff_member add column outside bytea;
alter table staff_member add constraint outside_is_unique unique (tenant_id, outside);

-- By which provider somebody signed in, so that they can be signed out there, too.
alter table staff_session add column provider text collate "C";
