import { FilterOutlined } from '@ant-design/icons';
import { Badge, Button, DatePicker, Drawer, Input, Select, Switch } from 'antd';
import dayjs from 'dayjs';
import { useEffect, useState } from 'react';
import { StaffPick, UnitPick } from './Directory';
import { useUiText } from './own-texts';
import { usePhone } from './screen';
import { useQueryState } from './url';

/** One filter: `key` is its name in the address, and as a rule in the API. */
export type Filter = { key: string; label: string; width?: number } & (
  | { kind: 'text' | 'unit' | 'staff' | 'month' | 'date' | 'flag' }
  | { kind: 'choice'; options: { value: string; label: string }[] }
  | { kind: 'choices'; options: { value: string; label: string }[] }
  | { kind: 'dates'; from: string; to: string }
);

const namesOf = (f: Filter) => (f.kind === 'dates' ? [f.from, f.to] : [f.key]);

/** The filters in force, by name, as the address has them; `choices` joined by commas. */
export function useFilters(filters: Filter[]): Record<string, string | undefined> {
  const [query] = useQueryState();
  return Object.fromEntries(filters.flatMap(namesOf).filter((n) => query[n]).map((n) => [n, query[n]]));
}

/** Filters bound to the address: a filtered list can be bookmarked and sent to others. */
export function FilterBar({ filters, extra }: { filters: Filter[]; extra?: React.ReactNode }) {
  const t = useUiText();
  const phone = usePhone();
  const [open, setOpen] = useState(false);
  const [, change] = useQueryState();
  const active = Object.keys(useFilters(filters)).length;
  const clear = active > 0 && (
    <Button type="link" size="small" onClick={() => change(Object.fromEntries(filters.flatMap(namesOf).map((n) => [n, undefined])))}>{t('clearFilters')}</Button>
  );
  const texts = filters.filter((f) => f.kind === 'text');
  const others = filters.filter((f) => f.kind !== 'text');
  if (!phone) {
    return (
      <div className="hf-filters" role="search">
        {filters.map((f) => <Control key={f.key} filter={f} />)}
        {clear}
        <span className="hf-grow" />
        {extra}
      </div>
    );
  }
  return (
    <div className="hf-filters" role="search">
      {texts.map((f) => <Control key={f.key} filter={f} wide />)}
      {others.length > 0 && (
        <Badge count={active} size="small">
          <Button icon={<FilterOutlined />} onClick={() => setOpen(true)}>{t('filters')}</Button>
        </Badge>
      )}
      {extra}
      <Drawer open={open} onClose={() => setOpen(false)} placement="bottom" size="auto" title={t('filters')} extra={clear}>
        <div className="hf-filter-sheet">
          {others.map((f) => (
            <label key={f.key}>
              <span>{f.label}</span>
              <Control filter={f} wide />
            </label>
          ))}
        </div>
      </Drawer>
    </div>
  );
}

function Control({ filter, wide }: { filter: Filter; wide?: boolean }) {
  const [query, change] = useQueryState();
  const value = query[filter.key];
  const set = (next: string | undefined) => change({ [filter.key]: next || undefined });
  const style = { width: wide ? '100%' : (filter.width ?? 150) };
  const named = { 'aria-label': filter.label, placeholder: filter.label, style };
  switch (filter.kind) {
    case 'text':
      return <TextFilter {...named} value={value ?? ''} set={set} />;
    case 'unit':
      return <UnitPick {...named} value={value} onChange={set} />;
    case 'staff':
      return <StaffPick {...named} value={value} onChange={set} />;
    case 'choice':
      return <Select {...named} allowClear value={value ?? null} onChange={(next: string | null) => set(next ?? undefined)} options={filter.options} popupMatchSelectWidth={false} />;
    case 'choices':
      return (
        <Select {...named} mode="multiple" maxTagCount="responsive" allowClear value={value ? value.split(',') : []} onChange={(next: string[]) => set(next.join(','))} options={filter.options} popupMatchSelectWidth={false} />
      );
    case 'month':
      return <DatePicker {...named} picker="month" value={value ? dayjs(`${value}-01`) : null} onChange={(at) => set(at?.format('YYYY-MM'))} />;
    case 'date':
      return <DatePicker {...named} value={value ? dayjs(value) : null} onChange={(at) => set(at?.format('YYYY-MM-DD'))} />;
    case 'dates':
      return <DatesFilter filter={filter} style={{ width: wide ? '100%' : (filter.width ?? 240) }} />;
    case 'flag':
      return (
        <span className="hf-flag">
          <Switch size="small" aria-label={filter.label} checked={value === 'true'} onChange={(on) => set(on ? 'true' : undefined)} />
          {!wide && <span aria-hidden>{filter.label}</span>}
        </span>
      );
  }
}

function DatesFilter({ filter, style }: { filter: Filter & { kind: 'dates' }; style: React.CSSProperties }) {
  const t = useUiText();
  const [query, change] = useQueryState();
  const at = (name: string) => (query[name] ? dayjs(query[name]) : null);
  return (
    <DatePicker.RangePicker
      style={style}
      aria-label={filter.label}
      placeholder={[`${filter.label} ${t('from')}`, t('to')]}
      allowEmpty={[true, true]}
      value={[at(filter.from), at(filter.to)]}
      onChange={(range) => change({ [filter.from]: range?.[0]?.format('YYYY-MM-DD'), [filter.to]: range?.[1]?.format('YYYY-MM-DD') })}
    />
  );
}

function TextFilter({ value, set, ...named }: { value: string; set: (text: string | undefined) => void; 'aria-label': string; placeholder: string; style: React.CSSProperties }) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    if (typed === value) return;
    const timer = setTimeout(() => set(typed.trim()), 350);
    return () => clearTimeout(timer);
  });
  return <Input {...named} allowClear value={typed} onChange={(e) => setTyped(e.target.value)} onPressEnter={() => set(typed.trim())} />;
}
