import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './ui/base.css';
import './ui/record/record.css';
import './shell/shell.css';
import { App } from './shell/App';
import { carryNonce } from './shell/nonce';

carryNonce();

// A part of the console that is gone: a new version was installed meanwhile.
window.addEventListener('vite:preloadError', (event) => {
  const key = 'huifang.reloaded';
  if (Date.now() - Number(sessionStorage.getItem(key) ?? 0) < 30_000) return;
  sessionStorage.setItem(key, String(Date.now()));
  event.preventDefault();
  window.location.reload();
});

const root = document.getElementById('root');
if (root) createRoot(root).render(<StrictMode><App /></StrictMode>);
