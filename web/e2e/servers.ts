import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

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

const binary = process.env.HUIFANG_BINARY ?? new URL('../../bin/huifang', import.meta.url).pathname;
const days = '45';

function start(database: Server['database'], address: string): Promise<{ child: ChildProcess; server: Server }> {
  const child = spawn(binary, ['demo', '--database', address, '--days', days, '--listen', '127.0.0.1:0'], { env: { ...process.env, LANG: 'en_US.UTF-8' } });
  return new Promise((resolve, reject) => {
    let said = '';
    const heard = (chunk: Buffer) => {
      said += chunk.toString();
      const url = /Huifang is up: (http:\S+)/.exec(said)?.[1];
      if (url) resolve({ child, server: { database, url, pid: child.pid ?? 0 } });
    };
    child.stdout.on('data', heard);
    child.stderr.on('data', heard);
    child.on('exit', (code) => reject(new Error(`the server ended with ${code}: ${said}`)));
  });
}

/** A fresh database in the PostgreSQL of the tests, and how to drop it. */
function postgres(address: string): { address: string; drop: () => void } {
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
  const running = await Promise.all([start('SQLite', join(folder, 'demo.db')), ...(other ? [start('PostgreSQL', other.address)] : [])]);
  project.provide('servers', running.map(({ server }) => server));
  return async () => {
    await Promise.all(running.map(({ child }) => new Promise((ended) => {
      child.removeAllListeners('exit').once('exit', ended);
      child.kill('SIGCONT');
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), 5000).unref();
    })));
    other?.drop();
    rmSync(folder, { recursive: true, force: true });
  };
}
