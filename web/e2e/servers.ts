import { execFileSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { binary, end, launch } from './product';

/** One running product with a demonstration in it. */
export interface Server {
  database: 'SQLite' | 'PostgreSQL';
  url: string;
  /** Stops (STOP) and continues (CONT) it: a network that is cut. */
  pid: number;
}

declare module 'vitest' {
  export interface ProvidedContext {
    servers: Server[];
  }
}

const days = '45';

async function start(database: Server['database'], address: string, folder: string): Promise<{ child: ChildProcess; server: Server }> {
  const { child, url } = await launch(['demo', '--database', address, '--days', days, '--listen', '127.0.0.1:0'], /Huifang is up: (http:\S+)/, folder);
  return { child, server: { database, url, pid: child.pid ?? 0 } };
}

/** A fresh database in the PostgreSQL of the tests, and how to drop it. */
export function postgres(address: string): { address: string; drop: () => void } {
  const name = `console_${process.pid}_${Date.now().toString(36)}`;
  const sql = (text: string) => execFileSync('psql', [address, '-q', '-c', text], { stdio: ['ignore', 'ignore', 'inherit'] });
  sql(`CREATE DATABASE ${name}`);
  return { address: address.replace('/postgres?', `/${name}?`), drop: () => sql(`DROP DATABASE ${name} WITH (FORCE)`) };
}

/** Starts the product on SQLite, and on PostgreSQL where HUIFANG_TEST_POSTGRES names one. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (!existsSync(binary)) throw new Error(`${binary} is missing: make build`);
  if (process.env.CI && !process.env.HUIFANG_TEST_POSTGRES) throw new Error('HUIFANG_TEST_POSTGRES is not set');
  const folder = mkdtempSync(join(tmpdir(), 'huifang-e2e-'));
  const other = process.env.HUIFANG_TEST_POSTGRES ? postgres(process.env.HUIFANG_TEST_POSTGRES) : undefined;
  const running = await Promise.all([start('SQLite', join(folder, 'demo.db'), folder), ...(other ? [start('PostgreSQL', other.address, folder)] : [])]);
  project.provide('servers', running.map(({ server }) => server));
  return async () => {
    await Promise.all(running.map(({ child }) => end(child)));
    other?.drop();
    rmSync(folder, { recursive: true, force: true });
  };
}
