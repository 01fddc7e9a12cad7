import { MergeOutlined, PlusOutlined, TableOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { messagesOf, readPages, RequestFailed, ask, useMay } from '@/api';
import { Cell, Conflict, DataTable, Empty, FilterBar, Link, Page, Phone, StaffName, Tag, useAttributeText, useFilters, useGo, useInLang, useKinds, useLang, usePhone, useQueryState, useSay, useUnits, useWord, type Column, type Filter } from '@/ui';
import { changeOf, type Contact } from './change';
import { ContactForm, useConflictFields } from './ContactForm';
import { useText } from './texts';

type Plain = 'name' | 'code' | 'address' | 'email';

export default function ContactList() {
  const t = useText();
  const word = useWord();
  const may = useMay();
  const go = useGo();
  const say = useSay();
  const phone = usePhone();
  const [query, change] = useQueryState();
  const kinds = useKinds('contacts');
  const [creating, setCreating] = useState(false);
  const editing = query.edit === 'true' && may('contact.manage') && !phone;
  const sheet = useSheet();
  const own: Filter[] = [
    { key: 'text', label: t('find'), kind: 'text', width: 240 },
    { key: 'kind', label: t('kind'), kind: 'choice', options: kinds.options },
    { key: 'owner', label: word('owner', t('owner')), kind: 'staff' },
  ];
  const filters = useFilters(own);
  const columns = useColumns(editing, sheet);
  const filtered = Object.values(filters).some(Boolean) || query.unit;
  const many = word('contacts', t('title'));
  return (
    <Page
      title={many}
      intro={editing ? t('sheetHint') : undefined}
      actions={may('contact.manage') && (
        <>
          {!phone && <Button icon={<TableOutlined />} type={editing ? 'primary' : 'default'} ghost={editing} aria-pressed={editing} onClick={() => change({ edit: editing ? undefined : 'true' })}>{t(editing ? 'sheetOff' : 'sheet')}</Button>}
          <Button icon={<MergeOutlined />} onClick={() => go('/contacts/duplicates')}>{t('duplicates.find')}</Button>
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setCreating(true)}>{t('create', { word: word('contact', t('one')) })}</Button>
        </>
      )}
    >
      <FilterBar filters={own} />
      <div className={editing ? 'hf-sheet-on' : undefined}>
        <DataTable
          name="contacts"
          query={readPages('/api/v1/contacts', { params: { query: { limit: 100, ...(query.unit && { unit: [query.unit] }), ...filters } } })}
          columns={columns}
          rowKey={(c) => c.id}
          {...(!editing && { onRow: (c: Contact) => go(`/contacts/${c.id}`) })}
          card={(c) => <Card contact={c} />}
          empty={filtered ? <Empty title={t('emptyFound', { word: many })}>{t('emptyFoundText')}</Empty> : <Empty title={t('empty', { word: many })} action={may('event.ingest') && <Link to="/imports">{t('import')}</Link>}>{t('emptyText')}</Empty>}
        />
      </div>
      {creating && <ContactForm unit={query.unit} close={() => setCreating(false)} done={(c) => { setCreating(false); say.done(t('created')); go(`/contacts/${c.id}`); }} />}
      {sheet.dialog}
    </Page>
  );
}

interface Sheet {
  now: (row: Contact) => Contact;
  save: (row: Contact, key: Plain | 'kind', value: string) => Promise<string | undefined>;
  saveAttribute: (row: Contact, name: string, value: string) => Promise<string | undefined>;
  dialog: React.ReactNode;
}

/** Changes of single cells: what was saved is shown at once, and a conflict asks. */
function useSheet(): Sheet {
  const lang = useLang();
  const fields = useConflictFields();
  const [saved, setSaved] = useState<Record<string, Contact>>({});
  const [conflict, setConflict] = useState<{ error: RequestFailed; mine: Contact }>();
  const now = (row: Contact) => {
    const kept = saved[row.id];
    return kept && kept.version > row.version ? kept : row;
  };
  const keep = (c: Contact) => setSaved((all) => ({ ...all, [c.id]: c }));
  const send = async (mine: Contact) => {
    try {
      keep(await ask('put', '/api/v1/contacts/{id}', { params: { path: { id: mine.id } }, body: changeOf(mine) }));
      return undefined;
    } catch (error) {
      if (error instanceof RequestFailed && error.current()) setConflict({ error, mine });
      return messagesOf(error, lang).join(' ');
    }
  };
  const dialog = conflict && (
    <Conflict
      error={conflict.error}
      mine={conflict.mine}
      fields={fields}
      keepMine={(version) => { setConflict(undefined); void send({ ...conflict.mine, version }); }}
      takeTheirs={(theirs) => { setConflict(undefined); keep(theirs); }}
      close={() => setConflict(undefined)}
    />
  );
  return {
    now, dialog,
    save: (row, key, value) => send({ ...now(row), [key]: value }),
    saveAttribute: (row, name, value) => send({ ...now(row), attributes: { ...now(row).attributes, [name]: value || undefined } }),
  };
}

function useColumns(editing: boolean, sheet: Sheet): Column<Contact>[] {
  const t = useText();
  const word = useWord();
  const pick = useInLang();
  const kinds = useKinds('contacts');
  const units = useUnits();
  const text = useAttributeText();
  const attributes = useMemo(() => kinds.everyAttribute, [kinds]);
  const plain = (key: Plain, label: string, more: Partial<Column<Contact>>, shown?: (c: Contact) => React.ReactNode): Column<Contact> => ({
    key, title: label, ...more,
    render: (row) => {
      const c = sheet.now(row);
      if (editing) return <Cell field={label} value={c[key] ?? ''} save={(value) => sheet.save(row, key, value)} />;
      return shown ? shown(c) : c[key];
    },
  });
  return [
    plain('name', t('name'), { fixed: true, width: 170 }, (c) => <span className="hf-row"><Link to={`/contacts/${c.id}`}>{c.name}</Link>{c.do_not_contact && <Tag shade="warn">{t('silentYes')}</Tag>}</span>),
    plain('code', t('code'), { width: 130 }),
    {
      key: 'kind', title: t('kind'), width: 110, hidden: kinds.all.length < 2,
      render: (row) => (editing ? <Cell field={t('kind')} value={sheet.now(row).kind} shown={kinds.name(sheet.now(row).kind)} options={kinds.options} save={(value) => sheet.save(row, 'kind', value)} /> : kinds.name(sheet.now(row).kind)),
    },
    { key: 'phones', title: t('phones'), width: 180, render: (c) => <Phone phone={c.phones[0]} contact={c.id} /> },
    plain('address', t('address'), { width: 220 }),
    { key: 'unit', title: word('unit', t('unit')), width: 130, render: (c) => units.name(c.unit) },
    { key: 'steward', title: word('steward', t('steward')), width: 110, render: (c) => <StaffName id={c.steward} /> },
    { key: 'owner', title: word('owner', t('owner')), width: 110, hidden: true, render: (c) => <StaffName id={c.owner} /> },
    plain('email', t('email'), { width: 200, hidden: true }),
    { key: 'quiet', title: t('quiet'), width: 120, hidden: true, render: (c) => c.quiet },
    ...attributes.map((a): Column<Contact> => ({
      key: `attribute.${a.name}`, title: pick(a.label) || a.name, width: 140, hidden: true,
      render: (row) => {
        const value = (sheet.now(row).attributes as Record<string, unknown> | undefined)?.[a.name];
        if (!editing || (a.type !== 'text' && a.type !== 'choice')) return text(a, value);
        return <Cell field={pick(a.label)} value={String(value ?? '')} shown={text(a, value)} {...(a.type === 'choice' && { options: a.values.map((v) => ({ value: v.code, label: pick(v.name) })) })} save={(next) => sheet.saveAttribute(row, a.name, next)} />;
      },
    })),
  ];
}

function Card({ contact: c }: { contact: Contact }) {
  const t = useText();
  const units = useUnits();
  const kinds = useKinds('contacts');
  return (
    <>
      <div className="hf-card-top"><Link to={`/contacts/${c.id}`}>{c.name}</Link>{c.do_not_contact && <Tag shade="warn">{t('silentYes')}</Tag>}</div>
      <div className="hf-quiet">{[c.code, kinds.all.length > 1 && kinds.name(c.kind), units.name(c.unit), c.address].filter(Boolean).join(' · ')}</div>
      {c.phones[0] && <Phone phone={c.phones[0]} contact={c.id} />}
    </>
  );
}
