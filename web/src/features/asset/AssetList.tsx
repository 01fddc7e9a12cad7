import { PlusOutlined, TableOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { ask, messagesOf, readPages, RequestFailed, useMay } from '@/api';
import { Cell, Conflict, DataTable, Empty, FilterBar, Link, Loading, Page, useAttributeText, useFilters, useGo, useInLang, useKinds, useLang, usePhone, useQueryState, useSay, useUnits, useWord, type Column, type Filter } from '@/ui';
import { AssetForm, useConflictFields } from './AssetForm';
import { changeOf, type Asset } from './change';
import { ContactName } from './ContactPick';
import { useText } from './texts';

export default function AssetList() {
  const t = useText();
  const word = useWord();
  const may = useMay();
  const go = useGo();
  const say = useSay();
  const phone = usePhone();
  const units = useUnits();
  const [query, change] = useQueryState();
  const kinds = useKinds('assets');
  const [creating, setCreating] = useState(false);
  const editing = query.edit === 'true' && may('contact.manage') && !phone;
  const sheet = useSheet();
  const own: Filter[] = [{ key: 'text', label: t('find'), kind: 'text', width: 240 }, { key: 'kind', label: t('kind'), kind: 'choice', options: kinds.options }];
  const filters = useFilters(own);
  const columns = useColumns(editing, sheet);
  const many = word('assets', word('asset', t('title')));
  const filtered = Object.values(filters).some(Boolean) || query.unit;
  return (
    <Page
      title={many}
      intro={editing ? t('sheetHint') : undefined}
      actions={may('contact.manage') && (
        <>
          {!phone && <Button icon={<TableOutlined />} type={editing ? 'primary' : 'default'} ghost={editing} aria-pressed={editing} onClick={() => change({ edit: editing ? undefined : 'true' })}>{t(editing ? 'sheetOff' : 'sheet')}</Button>}
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setCreating(true)}>{t('create', { word: word('asset', t('one')) })}</Button>
        </>
      )}
    >
      <FilterBar filters={own} />
      <div className={editing ? 'hf-sheet-on' : undefined}>
        {!kinds.ready ? <Loading rows={8} /> : <DataTable
          name="assets"
          query={readPages('/api/v1/assets', { params: { query: { limit: 100, ...(query.unit && { unit: [query.unit] }), ...filters } } })}
          columns={columns}
          rowKey={(a) => a.id}
          {...(!editing && { onRow: (a: Asset) => go(`/assets/${a.id}`) })}
          card={(a) => (
            <>
              <div className="hf-card-top"><Link to={`/assets/${a.id}`}>{a.name || a.code}</Link></div>
              <div className="hf-quiet">{[a.name && a.code, kinds.name(a.kind), units.name(a.unit)].filter(Boolean).join(' · ')} <ContactName id={a.contact} /></div>
            </>
          )}
          empty={filtered ? <Empty title={t('emptyFound', { word: many })}>{t('emptyFoundText')}</Empty> : <Empty title={t('empty', { word: many })} action={may('event.ingest') && <Link to="/imports">{t('import')}</Link>}>{t('emptyText')}</Empty>}
        />}
      </div>
      {creating && <AssetForm unit={query.unit} close={() => setCreating(false)} done={(a) => { setCreating(false); say.done(t('created')); go(`/assets/${a.id}`); }} />}
      {sheet.dialog}
    </Page>
  );
}

interface Sheet {
  now: (row: Asset) => Asset;
  send: (mine: Asset) => Promise<string | undefined>;
  dialog: React.ReactNode;
}

/** Changes of single cells: what was saved is shown at once, and a conflict asks. */
function useSheet(): Sheet {
  const lang = useLang();
  const fields = useConflictFields();
  const [saved, setSaved] = useState<Record<string, Asset>>({});
  const [conflict, setConflict] = useState<{ error: RequestFailed; mine: Asset }>();
  const keep = (a: Asset) => setSaved((all) => ({ ...all, [a.id]: a }));
  const send = async (mine: Asset) => {
    try {
      keep(await ask('put', '/api/v1/assets/{id}', { params: { path: { id: mine.id } }, body: changeOf(mine) }));
      return undefined;
    } catch (error) {
      if (error instanceof RequestFailed && error.current()) setConflict({ error, mine });
      return messagesOf(error, lang).join(' ');
    }
  };
  return {
    send,
    now: (row) => {
      const kept = saved[row.id];
      return kept && kept.version > row.version ? kept : row;
    },
    dialog: conflict && (
      <Conflict
        error={conflict.error}
        mine={conflict.mine}
        fields={fields}
        keepMine={(version) => { setConflict(undefined); void send({ ...conflict.mine, version }); }}
        takeTheirs={(theirs) => { setConflict(undefined); keep(theirs); }}
        close={() => setConflict(undefined)}
      />
    ),
  };
}

function useColumns(editing: boolean, sheet: Sheet): Column<Asset>[] {
  const t = useText();
  const word = useWord();
  const pick = useInLang();
  const units = useUnits();
  const text = useAttributeText();
  const kinds = useKinds('assets');
  const valueOf = (a: Asset, name: string) => (a.attributes as Record<string, unknown> | undefined)?.[name];
  return [
    {
      key: 'code', title: t('code'), fixed: true, width: 160,
      render: (row) => (editing ? <Cell field={t('code')} value={sheet.now(row).code} save={(code) => sheet.send({ ...sheet.now(row), code })} /> : <Link to={`/assets/${row.id}`}>{sheet.now(row).code}</Link>),
    },
    { key: 'name', title: t('name'), width: 180, render: (row) => (editing ? <Cell field={t('name')} value={sheet.now(row).name ?? ''} save={(name) => sheet.send({ ...sheet.now(row), name })} /> : sheet.now(row).name) },
    { key: 'kind', title: t('kind'), width: 120, render: (row) => (editing ? <Cell field={t('kind')} value={sheet.now(row).kind} shown={kinds.name(sheet.now(row).kind)} options={kinds.options} save={(kind) => sheet.send({ ...sheet.now(row), kind })} /> : kinds.name(sheet.now(row).kind)) },
    { key: 'contact', title: word('contact', t('contact')), width: 150, render: (a) => a.contact && <Link to={`/contacts/${a.contact}`}><ContactName id={a.contact} /></Link> },
    { key: 'unit', title: word('unit', t('unit')), width: 150, render: (a) => units.name(a.unit) },
    ...kinds.everyAttribute.map((at, i): Column<Asset> => ({
      key: `attribute.${at.name}`, title: pick(at.label) || at.name, width: 140, hidden: i >= 4,
      render: (row) => {
        const a = sheet.now(row);
        const value = valueOf(a, at.name);
        if (!editing || (at.type !== 'text' && at.type !== 'choice')) return text(at, value);
        return <Cell field={pick(at.label) || at.name} value={String(value ?? '')} shown={text(at, value)} {...(at.type === 'choice' && { options: at.values.map((v) => ({ value: v.code, label: pick(v.name) })) })} save={(next) => sheet.send({ ...a, attributes: { ...a.attributes, [at.name]: next || undefined } })} />;
      },
    })),
  ];
}
