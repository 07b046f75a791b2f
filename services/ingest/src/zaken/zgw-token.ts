import { SignJWT } from 'jose';

/** Seconds that a token counts: one is made for every request. */
const LIFETIME = 120;
/** Seconds that `iat` lies back: a token from the future is refused, and clocks differ. */
const LEEWAY = 5;

/** The token of one request to a ZGW API: HS256 with the claims that the standard asks for. */
export function zgwToken(clientId: string, secret: Uint8Array): Promise<string> {
  const issuedAt = Math.floor(Date.now() / 1000) - LEEWAY;
  return new SignJWT({ client_id: clientId, user_id: 'effectstroom', user_representation: 'Effectstroom' })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer(clientId)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + LEEWAY + LIFETIME)
    .sign(secret);
}
