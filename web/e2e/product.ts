import { spawn, type ChildProcess } from 'node:child_process';

/** The built product. */
export const binary = process.env.HUIFANG_BINARY ?? new URL('../../bin/huifang', import.meta.url).pathname;

/** A product that runs, and what it said when it began. */
export interface Running {
  child: ChildProcess;
  url: string;
  said: string;
}

/** Starts the product in a folder of its own; answers when it has said all that `until` finds. */
export function launch(command: string[], until: RegExp, folder: string): Promise<Running> {
  const child = spawn(binary, command, { cwd: folder, env: { ...process.env, LANG: 'en_US.UTF-8' } });
  return new Promise((resolve, reject) => {
    let said = '';
    const heard = (chunk: Buffer) => {
      said += chunk.toString();
      const url = until.exec(said)?.[1];
      if (url) resolve({ child, url, said });
    };
    child.stdout.on('data', heard);
    child.stderr.on('data', heard);
    child.on('exit', (code) => reject(new Error(`the server ended with ${code}: ${said}`)));
  });
}

/** Ends it; by force where it does not want to, or is told to die at once. */
export function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
  return new Promise((ended) => {
    if (child.exitCode !== null || child.signalCode !== null) return ended();
    child.removeAllListeners('exit').once('exit', () => ended());
    child.kill('SIGCONT');
    child.kill(signal);
    setTimeout(() => child.kill('SIGKILL'), 5000).unref();
  });
}
