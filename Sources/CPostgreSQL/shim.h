#pragma once

#include <libpq-fe.h>

// The macro is a character constant, and a callback that says nothing needs no closure in Swift.
static inline const char *postgres_sql_state(const PGresult *result) {
  return PQresultErrorField(result, PG_DIAG_SQLSTATE);
}

static inline void postgres_ignore_notice(void *context, const PGresult *result) {}

static inline void postgres_silence_notices(PGconn *connection) {
  PQsetNoticeReceiver(connection, postgres_ignore_notice, 0);
}
