create table public.parcels (id bigint primary key, weight numeric(10, 2), check (weight > 0));
create table draft (id int);
create table auth.sessions (id int);
create view public.heavy as select * from parcels; -- create table commented (id int)
create function lose(parcel bigint) returns void language plpgsql as $body$ begin create table inner_one (id int); end $body$;
