import { useQuery } from '@tanstack/react-query';
import { read } from '@/api';
import { Empty, Link, Loaded, Page, useInLang } from '@/ui';
import { useText } from './texts';

export default function FormList() {
  const t = useText();
  const pick = useInLang();
  const found = useQuery(read('/api/v1/forms'));
  return (
    <Page title={t('title')}>
      <Loaded query={found} rows={8}>
        {({ items }) => items.length === 0 ? <Empty title={t('empty')}>{t('emptyText')}</Empty> : (
          <div className="hf-table hf-scroll">
            <table className="hf-sheet-table">
              <thead><tr><th scope="col">{t('one')}</th><th scope="col">{t('versions')}</th></tr></thead>
              <tbody>{items.map((f) => <tr key={f.code}><th scope="row"><Link to={`/settings/forms/${f.code}`}>{pick(f.name)}</Link> <span className="hf-quiet">{f.code}</span></th><td className="hf-quiet">{t('version', { n: f.version })}</td></tr>)}</tbody>
            </table>
          </div>
        )}
      </Loaded>
    </Page>
  );
}
