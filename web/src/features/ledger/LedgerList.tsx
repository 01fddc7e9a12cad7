import { useQuery } from '@tanstack/react-query';
import { read, type Schema } from '@/api';
import { Empty, Link, Loaded, Page, Section, Tag, useInLang } from '@/ui';
import './ledger.css';
import { useText } from './texts';

type Ledger = Schema<'LedgerInfo'>;

/** The sheets that the active packs keep, each pack's together. */
export default function LedgerList() {
  const t = useText();
  const inLang = useInLang();
  const found = useQuery(read('/api/v1/ledgers'));
  return (
    <Page>
      <Loaded query={found} rows={6}>
        {({ items }) =>
          items.length === 0 ? (
            <Section><Empty title={t('empty')}>{t('emptyText')}</Empty></Section>
          ) : (
            [...new Set(items.map((l) => l.pack))].map((pack) => {
              const of = items.filter((l) => l.pack === pack);
              return (
                <Section key={pack} title={inLang(of[0]?.pack_name)}>
                  <ul className="hf-ledgers">{of.map((l) => <One key={l.code} of={l} />)}</ul>
                </Section>
              );
            })
          )
        }
      </Loaded>
    </Page>
  );
}

function One({ of }: { of: Ledger }) {
  const t = useText();
  const inLang = useInLang();
  return (
    <li>
      <Link to={`/ledgers/${of.pack}/${of.code}`}>{inLang(of.name)}</Link>
      <Tag>{t(`period.${of.period ?? 'all'}`)}</Tag>
      <div className="hf-quiet">{inLang(of.description)}</div>
      {of.source && <div className="hf-quiet hf-ledger-source">{of.source}</div>}
    </li>
  );
}
