-- Words are looked for by their beginnings, and a million lines each have their own "request=…": whoever typed "req" or "act"
-- met all of them. A value that is asked for as a whole begins with "=" from now on, as no word does.
CREATE OR REPLACE FUNCTION "audit_words"(
  "action" TEXT, "noun" TEXT, "outcome" TEXT, "actor_id" UUID, "actor_name" TEXT, "token_name" TEXT,
  "credential_id" TEXT, "address" TEXT, "request_id" TEXT, "resource_id" TEXT, "resource_name" TEXT, "detail" TEXT
) RETURNS TSVECTOR LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN array_to_tsvector(array_remove(array_remove(
  ARRAY[
    '=action=' || left("action", 100), '=noun=' || left("noun", 100), CASE "outcome" WHEN 'refused' THEN '=outcome=refused' END,
    '=actor=' || "actor_id"::text, '=credential=' || lower(left("credential_id", 100)),
    '=address=' || lower(left("address", 100)), '=request=' || lower(left("request_id", 100)),
    '=resource=' || lower(left("resource_id", 100))
  ] || string_to_array(translate(
    lower(left("action", 100) || ' ' || left("actor_name", 255) || ' ' || COALESCE(left("token_name", 255), '') || ' '
      || COALESCE(left("resource_name", 255), '') || ' ' || COALESCE(left("detail", 400), '')),
    E'\t\r\n:;,./\\|_@()[]{}<>"''`~!?*&^%$#=+-', repeat(' ', 35)), ' '),
  NULL), ''));

REINDEX INDEX "audit_line_words";
