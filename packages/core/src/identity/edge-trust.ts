import { hkdfSync, timingSafeEqual } from 'node:crypto';

/**
 * How the API knows who called the edge. The edge strips these headers from whatever comes in and sets its own, proven
 * by a secret that only the installation's programs can derive; without the proof the address of the connection counts,
 * so a forged header changes nothing (A06).
 */
export const clientAddressHeader = 'x-unkai-client-address';
export const edgeProofHeader = 'x-unkai-edge';

/** The proof for an installation's secret (HKDF, RFC 5869). The secret itself never travels. */
export function edgeProof(installationSecret: string): string {
  const key = hkdfSync('sha256', installationSecret, '', 'unkai edge proof', 32);
  return Buffer.from(key).toString('base64url');
}

/** Whether a request came by the edge. `proof` is what `edgeProof` gave once; compared in constant time. */
export function cameByEdge(headers: Headers, proof: string): boolean {
  const given = Buffer.from(headers.get(edgeProofHeader) ?? '');
  const expected = Buffer.from(proof);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** The caller's address: what the edge says when it proves itself, else the address of the connection. */
export function clientAddress(headers: Headers, proof: string, connectionAddress: string | null): string | null {
  return (cameByEdge(headers, proof) ? headers.get(clientAddressHeader) : null) ?? connectionAddress;
}
