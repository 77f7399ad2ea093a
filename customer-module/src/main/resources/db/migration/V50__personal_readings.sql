-- Who was shown whose personal data, written in the transaction of the event that tells of it: one row
-- for each reader, customer, occasion and day (in UTC).
create table personal_reading (
    tenant   text collate "C" not null,
    customer uuid             not null,
    day      date             not null,
    reader   text collate "C" not null,
    occasion text collate "C" not null,
    first_at timestamptz      not null,
    primary key (tenant, customer, day, reader, occasion)
);
