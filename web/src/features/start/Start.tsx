import { CheckCircleFilled } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { read } from '@/api';
import { Link, Page, useGo, useUnits, useWord } from '@/ui';
import { StaffStep } from './StaffStep';
import { UnitStep } from './UnitStep';
import { useText } from './texts';

/** What a new organization does first, and what of it is done. */
export default function Start() {
  const t = useText();
  const go = useGo();
  const word = useWord();
  const units = useUnits();
  const staff = useQuery(read('/api/v1/staff', { params: { query: { limit: 20 } } }));
  const imports = useQuery(read('/api/v1/imports', { params: { query: { limit: 50 } } }));
  const people = staff.data?.items ?? [];
  const runs = imports.data?.items.length ?? 0;
  return (
    <Page wide={false} intro={t('intro')} actions={<Button type={runs > 0 ? 'primary' : 'default'} onClick={() => go('/today')}>{t('finish')}</Button>}>
      <ol className="hf-steps">
        <Step n={1} title={t('units.title', { word: word('units', t('staff.unit')) })} done={units.all.length > 1}><UnitStep units={units.all} /></Step>
        <Step n={2} title={t('staff.title')} done={people.length > 1}><StaffStep people={people} units={units.all} /></Step>
        <Step n={3} title={t('data.title')} done={runs > 0}>
          <p>{t('data.hint')}</p>
          {runs > 0 && <p className="hf-quiet">{t('data.now', { count: runs })}</p>}
          <div className="hf-row"><Button type={runs > 0 ? 'default' : 'primary'} onClick={() => go('/imports')}>{t('data.go')}</Button><Link to="/imports?kind=contacts">{t('data.contacts')}</Link></div>
        </Step>
      </ol>
    </Page>
  );
}

function Step({ n, title, done, children }: { n: number; title: string; done: boolean; children: ReactNode }) {
  const t = useText();
  return (
    <li className="hf-section">
      <div className="hf-section-head">
        {done ? <CheckCircleFilled className="hf-step-done" aria-label={t('done')} /> : <span className="hf-step-number" aria-hidden>{n}</span>}
        <h2>{title}</h2>
      </div>
      <div className="hf-stack">{children}</div>
    </li>
  );
}
