create table own_table (id integer);
