-- Deux rôles : l’un possède les tables et les met à jour, l’autre sert les pages et les calculs.
-- Le second ne contourne pas l’isolation des collectivités : il n’est ni propriétaire, ni
-- super-utilisateur, ni exempté. Les mots de passe sont lus dans l’environnement de psql.
\set ON_ERROR_STOP on
\getenv owner_password OWNER_PASSWORD
\getenv app_password APP_PASSWORD

CREATE ROLE gouvernail_owner LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE
  PASSWORD :'owner_password';
CREATE ROLE gouvernail_app LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE
  PASSWORD :'app_password';

CREATE DATABASE gouvernail OWNER gouvernail_owner;
REVOKE ALL ON DATABASE gouvernail FROM PUBLIC;
GRANT CONNECT ON DATABASE gouvernail TO gouvernail_app;

\connect gouvernail
REVOKE ALL ON SCHEMA public FROM PUBLIC;
ALTER SCHEMA public OWNER TO gouvernail_owner;
GRANT USAGE ON SCHEMA public TO gouvernail_app;
ALTER DEFAULT PRIVILEGES FOR ROLE gouvernail_owner IN SCHEMA public
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO gouvernail_app;
ALTER DEFAULT PRIVILEGES FOR ROLE gouvernail_owner IN SCHEMA public
  GRANT USAGE, SELECT ON SEQUENCES TO gouvernail_app;
