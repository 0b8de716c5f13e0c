create schema if not exists files;
