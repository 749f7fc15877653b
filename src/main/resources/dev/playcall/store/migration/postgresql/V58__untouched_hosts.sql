-- The selected hosts of a deployment that no play of its playbook is for, as a list in JSON.
alter table deployment add column untouched text not null default '[]';
