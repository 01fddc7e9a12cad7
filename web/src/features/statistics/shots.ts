import type { Shot } from '../../../e2e/shot';

export const shots: Shot[] = [
  { name: 'statistics', path: '/statistics?month=2026-10' },
  { name: 'statistics-staff', path: '/statistics?month=2026-10&by=lead' },
  { name: 'statistics-none', path: '/statistics?month=2001-01' },
  { name: 'statistics-records', path: '/statistics/records?month=2026-10&figure=dissatisfied' },
  { name: 'month-sheet', path: '/statistics/month?month=2026-10' },
];
