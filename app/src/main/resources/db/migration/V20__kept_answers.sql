-- Answers to requests that named an Idempotency-Key. The row is written in the transaction of the
-- first command that the request led to, so that there is one exactly if something happened; the
-- answer follows.
create table kept_answer (
    -- keyed digest of tenant, caller and key
    name        bytea primary key,
    -- keyed digest of the whole request
    request     bytea not null,
    -- what the command was about; null: something else than a reservation
    reservation uuid,
    -- sealed under a key that only the request itself can give; null: not known yet
    answer      bytea,
    kept_at     timestamptz not null
);

create index kept_answer_by_age on kept_answer (kept_at);
