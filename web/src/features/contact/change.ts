import type { Schema } from '@/api';

export type Contact = Schema<'Contact'>;
export type ContactChange = Schema<'ContactChange'>;

/** What is sent to change a contact: all of it, as the server wants it. */
export function changeOf(c: Contact): ContactChange {
  return {
    code: c.code, kind: c.kind, name: c.name, phones: c.phones, version: c.version,
    ...(c.unit && { unit: c.unit }), ...(c.owner && { owner: c.owner }), ...(c.steward && { steward: c.steward }), ...(c.email && { email: c.email }),
    ...(c.address && { address: c.address }), ...(c.quiet && { quiet: c.quiet }), ...(c.attributes && { attributes: c.attributes }),
  };
}

export const staleAfter = ['/api/v1/contacts', '/api/v1/search', '/api/v1/followups', '/api/v1/audit'];
