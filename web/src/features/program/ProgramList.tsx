import { useQuery } from '@tanstack/react-query';
import { read, useMay, type Schema } from '@/api';
import { Empty, Link, Loaded, Page, Tag, useInLang } from '@/ui';
import './program.css';
import { useSentences } from './sentence';
import { useText } from './texts';
import { Timeline } from './Timeline';

export default function ProgramList() {
  const t = useText();
  const may = useMay();
  const found = useQuery(read('/api/v1/programs'));
  return (
    <Page>
      <Loaded query={found} rows={10}>
        {({ items }) => items.length === 0
          ? <Empty title={t('empty')} action={may('program.manage') && <Link to="/settings/packs">{t('toPacks')}</Link>}>{t('emptyText')}</Empty>
          : <ul className="hf-programs">{items.map((p) => <Card key={p.code} program={p} />)}</ul>}
      </Loaded>
    </Page>
  );
}

function Card({ program: p }: { program: Schema<'Program'> }) {
  const t = useText();
  const pick = useInLang();
  const say = useSentences();
  return (
    <li className="hf-program" data-off={p.active ? undefined : true}>
      <h2><Link to={`/programs/${p.code}`}>{pick(p.name)}</Link>{!p.active && <Tag shade="warn">{t('off')}</Tag>}{p.settings.length > 0 && <Tag shade="calm">{t('adjusted')}</Tag>}</h2>
      <ul>{p.steps.slice(0, 3).map((s) => <li key={s.code}>{say.step(p, s)}</li>)}{p.steps.length > 3 && <li className="hf-quiet">… +{p.steps.length - 3}</li>}</ul>
      <Timeline program={p} small />
      <footer>
        <span>{t('target')} <strong>{t('percent', { n: p.target })}</strong></span>
        <span>{t('tries')} <strong>{t('times', { n: p.tries })}</strong></span>
        {p.review > 0 && <span>{t('review')} <strong>{t('percent', { n: p.review })}</strong></span>}
      </footer>
    </li>
  );
}
