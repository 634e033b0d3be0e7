/** The cookie that carries the session; the API reads it by this name. */
export const sessionCookieName = 'next-auth.session-token';
