import type { Schema } from '@/api';

export type Asset = Schema<'Asset'>;

/** What is sent to change an asset: all of it, as the server wants it. */
export function changeOf(a: Asset): Schema<'AssetChange'> {
  return { code: a.code, kind: a.kind, version: a.version, ...(a.name && { name: a.name }), ...(a.unit && { unit: a.unit }), ...(a.contact && { contact: a.contact }), ...(a.attributes && { attributes: a.attributes }) };
}

export const staleAfter = ['/api/v1/assets', '/api/v1/search', '/api/v1/followups'];
