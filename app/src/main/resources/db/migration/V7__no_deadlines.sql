-- What is due stands in the ledger: claims whose hold_until has passed.
drop table scheduled_tasks;
