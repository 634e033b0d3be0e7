/** In which the proxy hands the page the nonce of its own scripts. */
export const nonceHeaderName = 'x-unkai-nonce';
