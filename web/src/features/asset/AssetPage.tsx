import { EditOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { read, useMay } from '@/api';
import { AttributeFacts, Facts, History, Link, Loaded, LoadedPage, Page, Phone, Section, Tag, useKinds, useParam, useSay, useUnits, useWord } from '@/ui';
import { AssetForm } from './AssetForm';
import type { Asset } from './change';
import { useText } from './texts';

export default function AssetPage() {
  const id = useParam('id');
  const up = useUp();
  const found = useQuery(read('/api/v1/assets/{id}', { params: { path: { id } } }));
  return <LoadedPage query={found} up={up}>{(asset) => <Shown key={id} asset={asset} />}</LoadedPage>;
}

function useUp() {
  const t = useText();
  const word = useWord();
  return { to: '/assets', label: word('assets', word('asset', t('title'))) };
}

function Shown({ asset }: { asset: Asset }) {
  const t = useText();
  const word = useWord();
  const may = useMay();
  const say = useSay();
  const units = useUnits();
  const kinds = useKinds('assets');
  const [editing, setEditing] = useState(false);
  return (
    <Page
      up={useUp()}
      title={asset.name || asset.code}
      aside={asset.kind && <Tag>{kinds.name(asset.kind)}</Tag>}
      actions={may('contact.manage') && <Button icon={<EditOutlined />} onClick={() => setEditing(true)}>{t('edit')}</Button>}
    >
      <div className="hf-record">
        <div>
          <Section title={t('facts')}>
            <Facts items={[{ label: t('code'), value: asset.code }, { label: t('name'), value: asset.name }, { label: word('unit', t('unit')), value: units.name(asset.unit) }]} />
            <div className="hf-facts-more"><AttributeFacts types={kinds.attributes(asset.kind)} values={asset.attributes as Record<string, unknown>} /></div>
          </Section>
          <Section title={t('owner', { word: word('contact', t('contact')) })}>{asset.contact ? <Owner id={asset.contact} /> : <p className="hf-quiet">{t('none')}</p>}</Section>
        </div>
        <History asset={asset.id} />
      </div>
      {editing && <AssetForm asset={asset} close={() => setEditing(false)} done={() => { setEditing(false); say.done(t('saved')); }} />}
    </Page>
  );
}

function Owner({ id }: { id: string }) {
  const found = useQuery(read('/api/v1/contacts/{id}', { params: { path: { id } } }));
  return (
    <Loaded query={found} rows={1}>
      {(c) => <div className="hf-stack-tight"><Link to={`/contacts/${c.id}`}>{c.name}</Link><span className="hf-quiet">{[c.code, c.address].filter(Boolean).join(' · ')}</span>{c.phones[0] && <span><Phone phone={c.phones[0]} contact={c.id} /></span>}</div>}
    </Loaded>
  );
}
