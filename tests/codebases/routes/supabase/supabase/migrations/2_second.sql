alter table parcels enable row level security;
alter table draft rename to drafts;
drop view if exists heavy;
