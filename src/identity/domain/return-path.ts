const HOME = '/my-work';
const LONGEST = 2_000;

/**
 * The path within the portal to go to after signing in. Anything (attacker-controlled) that a browser could take for
 * another site, and anything that would start another sign-in, becomes the first page.
 */
export function returnPath(wanted: unknown): string {
  if (typeof wanted !== 'string' || wanted.length > LONGEST) return HOME;
  if (!/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(wanted) || wanted.startsWith('/saml/')) return HOME;
  return wanted === '/' ? HOME : wanted;
}
