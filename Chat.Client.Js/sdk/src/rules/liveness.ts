/** Declared at log-in as `heartbeatMs`, so that the server finds a dead client within 13 s. */
export const PING_EVERY = 5_000;

/** The server pings every 5 s: two pings missed, and a second on the way. */
export const SILENCE_LIMIT = 11_000;

/** A connection that was silent for this long is doubtful: whoever is in a hurry does not wait for it any more. */
export const DOUBTFUL_AFTER = 6_000;
