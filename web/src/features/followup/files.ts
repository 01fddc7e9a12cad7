import { useMemo } from 'react';
import { ask, type Schema } from '@/api';
import type { FileStore } from '@/ui';

/** A photo or signature that has not reached the server. */
interface Pending {
  hash: string;
  followup: string;
  blob: Blob;
}

const database = 'huifang-files';
const store = 'pending';

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(database, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(store, { keyPath: ['followup', 'hash'] });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error(database));
  });
}

async function within<T>(mode: IDBTransactionMode, act: (files: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const db = await open();
  try {
    return await new Promise<T>((resolve, reject) => {
      const request = act(db.transaction(store, mode).objectStore(store));
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error(store));
    });
  } finally {
    db.close();
  }
}

const allPending = () => within<Pending[]>('readonly', (files) => files.getAll() as IDBRequest<Pending[]>);

/** What is shown before the server has it, by hash. */
const here = new Map<string, string>();

/** Pictures larger than this in either direction are made smaller: telephones take huge ones. */
const widest = 2000;

async function smaller(blob: Blob): Promise<Blob> {
  if (!/^image\/(jpeg|png|webp)$/.test(blob.type) || blob.size < 600_000) return blob;
  const picture = await createImageBitmap(blob).catch(() => undefined);
  if (!picture) return blob;
  const scale = Math.min(1, widest / Math.max(picture.width, picture.height));
  const canvas = Object.assign(document.createElement('canvas'), { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) });
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const made = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.85));
  return made && made.size < blob.size ? made : blob;
}

async function hashOf(blob: Blob): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function send(followup: string, blob: Blob, key: string): Promise<string> {
  const body = new FormData();
  body.set('followup', followup);
  body.set('purpose', blob.type === 'image/png' && blob.size < 200_000 ? 'signature' : blob.type.startsWith('image/') ? 'photo' : 'document');
  body.set('file', blob, blob instanceof File ? blob.name : `${key.slice(0, 12)}.${blob.type.split('/')[1] ?? 'bin'}`);
  // The same content is the same file however often it comes: it may be asked again.
  const file: Schema<'File'> = await ask('post', '/api/v1/files', { params: { header: { 'Idempotency-Key': key } }, body });
  return file.hash;
}

/** Sends what a follow-up's record refers to; waits for the network if it must. */
export async function sendFiles(followup: string): Promise<void> {
  if (typeof indexedDB === 'undefined') return;
  for (const one of await allPending()) {
    if (one.followup !== followup) continue;
    await send(one.followup, one.blob, one.hash);
    await within('readwrite', (files) => files.delete([one.followup, one.hash]));
  }
}

/** Shows what an earlier page kept and could not send. */
export async function recallFiles(followup: string): Promise<boolean> {
  if (typeof indexedDB === 'undefined') return false;
  const kept = (await allPending()).filter((one) => one.followup === followup && !here.has(one.hash));
  for (const one of kept) here.set(one.hash, URL.createObjectURL(one.blob));
  return kept.length > 0;
}

async function upload(followup: string, given: Blob): Promise<string> {
  const blob = await smaller(given);
  if (typeof crypto.subtle === 'undefined' || typeof indexedDB === 'undefined') return send(followup, blob, crypto.randomUUID?.() ?? String(Date.now()));
  const hash = await hashOf(blob);
  await within('readwrite', (files) => files.put({ hash, followup, blob } satisfies Pending));
  here.set(hash, URL.createObjectURL(blob));
  return hash;
}

/** Where a follow-up's photos and signatures go: kept on this device at once, sent with the record. */
export function useFiles(followup: string): FileStore {
  return useMemo(() => ({ upload: (file: Blob) => upload(followup, file), url: (hash: string) => here.get(hash) ?? `/api/v1/files/${hash}` }), [followup]);
}
